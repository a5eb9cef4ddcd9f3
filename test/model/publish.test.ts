/** Which commands publish, and where to. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { documentFromText } from '../../agent/model/document.ts';
import { publishCommand } from '../../agent/model/pipeline/publish.ts';
import { scriptsOf } from '../../agent/model/script.ts';

const wanted: Record<string, string | undefined> = {
  'npm publish --tag next': 'npm',
  'npm run publish': undefined,
  'npm npm publish': undefined,
  'yarn publish': 'npm',
  'yarn npm publish': 'npm',
  'yarn npm login': undefined,
  'bun publish --dry-run': undefined,
  'twine upload dist/*': 'PyPI',
  'python3.12 -m twine upload dist/*': 'PyPI',
  'python3 -m build': undefined,
  'uv publish': 'PyPI',
  'cargo publish -p one': 'crates.io',
  'gem push a.gem': 'RubyGems',
  'gem publish': undefined,
  'dotnet nuget push a.nupkg': 'NuGet',
  'dotnet push': undefined,
  'nuget push a.nupkg': 'NuGet',
  'flutter pub publish': 'pub.dev',
  'dart publish': undefined,
  'docker push registry/a:1': 'other',
  'gh release upload v1 a.zip': 'other',
  'gh release view v1': undefined,
  'gh release': undefined,
};

for (const [line, registry] of Object.entries(wanted)) {
  it(`${line} publishes to ${registry ?? 'nothing'}`, () => {
    const [script] = scriptsOf(documentFromText('a.sh', `${line}\n`));
    assert.deepEqual(script?.commands.map(publishCommand), [registry]);
  });
}

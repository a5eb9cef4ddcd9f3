import { draftsOf } from '../../model/secrets/drafts.ts';
import { providers } from '../../model/secrets/providers/index.ts';
import type { Provider } from '../../model/secrets/types.ts';
import { defineRule, type RuleMeta } from '../rule.ts';

const ids = metasOf(providers);
const names = new Set(ids.map(({ id }) => id));

export default defineRule({
  meta: {
    id: 'provider-tokens',
    title: 'Credential of a service',
    category: 'secret',
    severity: 'high',
    confidence: 'high',
    why: 'Whoever can read the repository, now or later, can act as its owner at that service.\nLeaked keys are found and used within minutes.',
    fix: 'Revoke it at the service first, then take it out of the file and of the commits not yet pushed.',
    sources: [
      'https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns',
    ],
  },
  ids,
  reads: 'text',
  check: (document, context) => draftsOf(document, names, context),
});

/** One page for each id; rows that share an id are kinds of one credential, and the first speaks for them. */
function metasOf(rows: readonly Provider[]): RuleMeta[] {
  const metas = new Map<string, RuleMeta>();
  for (const row of rows) {
    const known = metas.get(row.id);
    if (known) {
      if (!known.sources.includes(row.source)) known.sources.push(row.source);
      continue;
    }
    metas.set(row.id, {
      id: row.id,
      title: row.title,
      category: 'secret',
      severity: row.severity,
      confidence: row.confidence,
      why: whyOf(row),
      fix: `${row.rotate}. Then take it out of the file, and out of commits not yet pushed.`,
      sources: [row.source],
    });
  }
  return [...metas.values()];
}

function whyOf({ severity }: Provider): string {
  if (severity === 'info')
    return 'It is made to be published. It is listed so that nobody has to wonder;\ncheck that it is limited to what it is for.';
  if (severity === 'low')
    return 'It opens a test mode or is half of a pair. It moves nothing by itself,\nbut it seldom stands alone, and the habit leaks the live one next.';
  return 'Whoever can read the repository, now or later, can act as its owner at that service.\nLeaked keys are found and used within minutes.';
}

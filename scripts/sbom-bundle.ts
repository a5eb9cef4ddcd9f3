/**
 * Bundles CycloneDX's command line for npm into one CommonJS file that runs from any folder, without node_modules.
 * It looks up four paths relative to its own source files; a bundle has none of these, so each is replaced by what it
 * would have found. Every replacement must match exactly once: after an update of the generator the build fails
 * instead of shipping a file that breaks at the user's.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');

export interface SbomBundleSettings {
  outfile: string;
  minify: boolean;
}

/** Writes the bundle. */
export async function buildSbom(settings: SbomBundleSettings): Promise<void> {
  await build(sbomBuildOptions(settings));
}

export function sbomBuildOptions({ outfile, minify }: SbomBundleSettings): BuildOptions {
  return {
    absWorkingDir: root,
    // The package exports nothing, so its files are named by path.
    entryPoints: [join(modules, '@cyclonedx/cyclonedx-npm/bin/cyclonedx-npm-cli.js')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    minify,
    legalComments: 'none',
    logLevel: 'warning',
    // Validators and the XML writer are optional; a require that fails is what the generator expects without them.
    external: ['libxmljs2', 'ajv', 'ajv-formats', 'ajv-formats-draft2019', 'xmlbuilder2'],
    plugins: [sbomPlugin()],
  };
}

interface Replacement {
  file: RegExp;
  changes: readonly (readonly [from: string, to: string])[];
}

/** The esbuild plugin that does the replacements. */
export function sbomPlugin(): Plugin {
  return {
    name: 'cyclonedx-paths',
    setup(context) {
      const replacements = replacementsOf();
      const left = new Set(replacements);
      for (const replacement of replacements) {
        context.onLoad({ filter: replacement.file }, ({ path }) => {
          left.delete(replacement);
          return { contents: apply(path, readFileSync(path, 'utf8'), replacement), loader: 'js' };
        });
      }
      context.onEnd(() => ({
        errors: [...left].map(({ file }) => ({ text: `No file matches ${file.source}: adapt scripts/sbom-bundle.ts` })),
      }));
    },
  };
}

function apply(path: string, source: string, { changes }: Replacement): string {
  let text = source;
  for (const [from, to] of changes) {
    if (text.split(from).length !== 2)
      throw new Error(`${path}: "${from}" must occur once; adapt scripts/sbom-bundle.ts`);
    text = text.replace(from, () => to);
  }
  return text;
}

function replacementsOf(): Replacement[] {
  const tool = toolManifest('@cyclonedx/cyclonedx-npm');
  const library = toolManifest('@cyclonedx/cyclonedx-library');
  const manifestPath = "(module.path, '..', 'package.json')";
  return [
    {
      file: /[\\/]cyclonedx-npm[\\/]dist[\\/]cli\.js$/,
      changes: [[`(0, _helpers_1.loadJsonFile)((0, node_path_1.resolve)${manifestPath})`, `(${tool})`]],
    },
    {
      file: /[\\/]cyclonedx-npm[\\/]dist[\\/]builders\.js$/,
      changes: [
        [`node_path_1.default.resolve${manifestPath}, Enums_1.ComponentType.Application]`, application(tool, library)],
        // Folders above the bundle are the user's: what lies there is not what made this document.
        ["require.resolve.paths('__some_none-native_package__') ?? []", '[]'],
        ['(0, _helpers_1.loadJsonFile)(packageJsonPath)', 'packageJsonPath'],
      ],
    },
    {
      file: /[\\/]cyclonedx-library[\\/]dist\.node[\\/]resources\.node\.js$/,
      // Only validation reads it, which is never asked for.
      changes: [["(0, node_path_1.resolve)(__dirname, '..', 'res')", "(0, node_path_1.resolve)(__dirname, 'res')"]],
    },
  ];
}

function application(tool: string, library: string): string {
  return `${tool}, Enums_1.ComponentType.Application], [${library}, Enums_1.ComponentType.Library]`;
}

/** The fields from which the generator describes itself, as an object literal. */
function toolManifest(name: string): string {
  const manifest = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')) as Record<string, unknown>;
  const fields = ['name', 'version', 'description', 'license', 'author', 'homepage', 'repository', 'bugs', 'engines'];
  const kept = fields.filter((field) => manifest[field] !== undefined).map((field) => [field, manifest[field]]);
  return JSON.stringify(Object.fromEntries(kept));
}

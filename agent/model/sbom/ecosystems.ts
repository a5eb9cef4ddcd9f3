/** A kind of project whose components `pregate sbom` does not read, and the files that say it is there. */
export interface Unread {
  /** `Python`, `Go`. */
  name: string;
  /** Paths relative to the root, as git lists them. */
  paths: string[];
}

/** Manifests and locks by base name, as each ecosystem's own documentation calls them. */
const kinds: [name: string, file: RegExp][] = [
  [
    'Python',
    /^(requirements[^/]*\.txt|pyproject\.toml|poetry\.lock|uv\.lock|pdm\.lock|pylock(\..+)?\.toml|Pipfile(\.lock)?|setup\.py)$/,
  ],
  ['Go', /^go\.(mod|sum|work)$/],
  ['Rust', /^Cargo\.(toml|lock)$/],
  ['Java', /^(pom\.xml|build\.gradle(\.kts)?|gradle\.lockfile)$/],
  ['Ruby', /^(Gemfile(\.lock)?|gems\.rb|gems\.locked)$/],
  ['PHP', /^composer\.(json|lock)$/],
  ['.NET', /^([^/]+\.(cs|fs|vb)proj|packages\.lock\.json)$/],
];

/** Which ecosystems besides npm a repository's paths belong to: what an SBOM of its npm project leaves out. */
export function unreadEcosystems(paths: readonly string[]): Unread[] {
  const own = paths.filter((path) => !/(^|\/)(node_modules|vendor|\.venv|testdata|fixtures)\//.test(path));
  return kinds.flatMap(([name, file]) => {
    const found = own.filter((path) => file.test(path.slice(path.lastIndexOf('/') + 1)));
    return found.length > 0 ? [{ name, paths: found }] : [];
  });
}

/** `Python (requirements.txt, pyproject.toml) and Go (go.mod and 3 more)`: for one line to a person. */
export function unreadText(unread: readonly Unread[]): string {
  return unread
    .map(({ name, paths }) => {
      const more = paths.length > 2 ? ` and ${paths.length - 2} more` : '';
      return `${name} (${paths.slice(0, 2).join(', ')}${more})`;
    })
    .join(', ');
}

/** What is said where there is no npm project to describe: what else is there, and that it is unknown. */
export function nothingToDescribe(folder: string, unread: readonly Unread[], projects: readonly string[]): string {
  const where = folder === '' ? 'here' : `in ${folder}`;
  if (unread.length > 0)
    return `pregate sbom reads npm projects only and there is none ${where}: the components of ${unreadText(unread)} are unknown, not clean`;
  const [first] = projects;
  if (first === undefined) return `pregate sbom reads npm projects only, and the index has no package.json`;
  return `there is no package.json ${where}, but in ${projects.slice(0, 3).join(', ')}: pregate sbom --project ${first}`;
}

import { asText, get, itemsOf, parseJson, parseToml } from '../tree/index.ts';
import type { Document } from '../types.ts';
import { normaliseName, type Requirements } from './requirements.ts';

/** What this module asks of a rule's context. */
export interface PinSources {
  document(path: string): Document | undefined;
  all(kind: 'requirements'): readonly Requirements[];
}

const locks = ['uv.lock', 'poetry.lock', 'pdm.lock'];

/**
 * Versions of a project that other files of the repository hold: locks beside the file or at the root first, then
 * other requirements and constraints files. More than one version means that no answer is safe.
 */
export function pinsIn(file: Requirements, name: string, sources: PinSources): Set<string> {
  const own = file.document.path.slice(0, file.document.path.lastIndexOf('/') + 1);
  for (const folder of new Set([own, ''])) {
    for (const lock of locks) {
      const document = sources.document(folder + lock);
      const version = document && lockedVersion(document, name);
      if (version !== undefined) return new Set([version]);
    }
    const pipfile = sources.document(`${folder}Pipfile.lock`);
    const version = pipfile && pipfileVersion(pipfile, name);
    if (version !== undefined) return new Set([version]);
  }
  const others = sources.all('requirements').filter((each) => each !== file);
  const pins = others.flatMap((each) => each.requirements.filter((one) => one.name === name && one.kind === 'exact'));
  return new Set(pins.map((pin) => pin.version!));
}

/** Names such as `requirements-dev.txt`, `test-requirements.txt`, `docs/requirements.txt`: nothing that ships. */
export function isDevelopmentFile(path: string): boolean {
  return /(?:^|[-_./])(?:dev|develop|development|tests?|testing|docs?|lint|examples?|ci)(?:[-_./]|$)/i.test(path);
}

/**
 * True when a version surely fits a specifier. Only plain release numbers are compared; anything else is "not surely".
 * Source: the version specifiers specification of the Python packaging guide (PEP 440).
 */
export function satisfiesPlainly(version: string, specifier: string): boolean {
  const release = plain(version);
  if (!release) return false;
  const clauses = specifier
    .replace(/[()\s]/g, '')
    .split(',')
    .filter(Boolean);
  return clauses.every((clause) => {
    const match = /^(~=|==|!=|<=|>=|<|>)(\d[\d.]{0,50}?)(\.\*)?$/.exec(clause);
    const bound = match && plain(match[2]!);
    if (!bound) return false;
    const [, operator, , star] = match;
    const order = compare(release, bound);
    const prefix = bound.every((part, index) => (release[index] ?? 0) === part);
    if (operator === '==') return star ? prefix : order === 0;
    if (operator === '!=') return star ? !prefix : order !== 0;
    if (star) return false;
    if (operator === '~=') return order >= 0 && bound.slice(0, -1).every((part, i) => (release[i] ?? 0) === part);
    if (operator === '>=') return order >= 0;
    if (operator === '<=') return order <= 0;
    return operator === '<' ? order < 0 : order > 0;
  });
}

function lockedVersion(document: Document, name: string): string | undefined {
  const found = itemsOf(get(parseToml(document).roots[0], 'package')).filter(
    (item) => normaliseName(asText(get(item, 'name')) ?? '') === name,
  );
  return found.length === 1 ? asText(get(found[0], 'version')) : undefined;
}

function pipfileVersion(document: Document, name: string): string | undefined {
  const root = parseJson(document).roots[0];
  const node = get(get(root, 'default'), name) ?? get(get(root, 'develop'), name);
  return /^==([^\s,;*]{1,100})$/.exec(asText(get(node, 'version')) ?? '')?.[1];
}

function plain(version: string): number[] | undefined {
  if (!/^v?\d{1,9}(?:\.\d{1,9}){0,6}$/.test(version)) return undefined;
  return version.replace(/^v/, '').split('.').map(Number);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

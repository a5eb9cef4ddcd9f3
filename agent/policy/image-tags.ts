/** One name an image is pushed under. `mutable` is null when it is made while the pipeline runs. */
export interface Tag {
  ref: string;
  mutable: boolean | null;
}

/** Image references in a `docker push` or `docker build --push` command line. */
export function imageTagsOf(command: string): Tag[] {
  // An expression may hold blanks, and is one word to the shell.
  const words: string[] = command.match(/(?:\$\{\{[^}]{0,200}\}\}|[^\s])+/g) ?? [];
  const named: string[] = [];
  words.forEach((word, index) => {
    const glued = /^(?:--tag=|-t=)(.+)$/.exec(word)?.[1];
    if (glued) named.push(glued);
    else if ((word === '-t' || word === '--tag') && words[index + 1]) named.push(words[index + 1] as string);
  });
  if (named.length > 0) return named.map(tagOf);
  const push = words.indexOf('push');
  const image = push === -1 ? undefined : words.slice(push + 1).find((word) => !word.startsWith('-'));
  return image === undefined ? [] : [tagOf(image)];
}

/** Tags as build actions take them: separated by commas or lines. */
export function tagsIn(list: string): Tag[] {
  const refs = list.split(/[\n,]/).map((ref) => ref.trim());
  return refs.filter((ref) => ref !== '' && !ref.startsWith('#')).map(tagOf);
}

const moving = new Set(
  'latest stable edge dev develop main master nightly canary next beta alpha rc staging prod production release'.split(
    ' ',
  ),
);

const unique =
  /(github\.sha|github\.run_id|github\.run_number|GITHUB_SHA|GITHUB_RUN_ID|CI_COMMIT_SHA|CI_COMMIT_SHORT_SHA|CI_PIPELINE_ID|BITBUCKET_COMMIT|Build\.BuildId|CIRCLE_SHA1)/;

function tagOf(written: string): Tag {
  const ref = written.replace(/^["']|["']$/g, '');
  const tag = tagPart(ref);
  if (tag !== undefined && unique.test(tag)) return { ref, mutable: false };
  if (tag === undefined ? /[${]/.test(lastPart(ref)) : /[${]/.test(tag)) return { ref, mutable: null };
  if (tag === undefined || moving.has(tag.toLowerCase())) return { ref, mutable: true };
  // A version with three parts is used once by convention; `1` and `1.2` follow the newest.
  if (/^v?\d+(\.\d+)?$/.test(tag)) return { ref, mutable: true };
  if (/^v?\d+\.\d+\.\d+/.test(tag) || /^(sha-)?[0-9a-f]{7,64}$/.test(tag)) return { ref, mutable: false };
  return { ref, mutable: null };
}

function lastPart(ref: string): string {
  return ref
    .replace(/\$\{\{[^}]{0,200}\}\}/g, '$')
    .split('/')
    .at(-1) as string;
}

/** What follows the colon after the last slash outside expressions; undefined when nothing does. */
function tagPart(ref: string): string | undefined {
  let depth = 0;
  let colon = -1;
  for (let at = 0; at < ref.length; at++) {
    const character = ref[at];
    if (character === '{') depth++;
    else if (character === '}') depth--;
    else if (depth === 0 && character === '/') colon = -1;
    else if (depth === 0 && character === ':') colon = at;
  }
  return colon === -1 ? undefined : ref.slice(colon + 1);
}

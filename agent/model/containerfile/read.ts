import { ownText } from '../document.ts';
import type { Document, Problem, Range } from '../types.ts';
import { argumentDefaults, expand } from './expand.ts';
import { parseImage } from './image.ts';
import { readInstructions } from './lines.ts';
import type { Containerfile, ImageUse, Instruction, Stage } from './types.ts';

const cache = new WeakMap<Document, Containerfile | false>();
const maxLength = 1_000_000;

/**
 * The container file a document is, recognised by its name (`Dockerfile`, `Containerfile`, `Dockerfile.dev`,
 * `app.Dockerfile`); undefined for anything else. Broken files give what could be read.
 */
export function containerfileOf(document: Document): Containerfile | undefined {
  let found = cache.get(document);
  if (found === undefined) {
    found = isContainerfile(document) ? read(document) : false;
    cache.set(document, found);
  }
  return found || undefined;
}

function isContainerfile(document: Document): boolean {
  if (document.kind !== 'file' || document.encoding === 'binary') return false;
  const name = document.path.slice(document.path.lastIndexOf('/') + 1).toLowerCase();
  if (/\.(?:md|txt|dockerignore|containerignore|j2|jinja2?|tmpl|tpl|erb|lock|json|ya?ml)$/.test(name)) return false;
  return /^(?:docker|container)file(?:[.-][\w.-]+)?$/.test(name) || /\.(?:docker|container)file$/.test(name);
}

function read(document: Document): Containerfile {
  const problems: Problem[] = [];
  const file: Containerfile = { document, documents: [document], stages: [], instructions: [], images: [], problems };
  if (ownText(document).length > maxLength) {
    const message = 'This container file is larger than 1 MB and was not read.';
    problems.push({ code: 'containerfile-too-large', message, path: document.path, fatal: true });
    return file;
  }
  const { instructions, syntax } = readInstructions(ownText(document));
  file.instructions = instructions;
  if (syntax) addImage(file, 'syntax', syntax.text, syntax.range);
  const defaults = argumentDefaults(instructions);
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') addStage(file, instruction, defaults);
    else attach(file, instruction);
  }
  return file;
}

function attach(file: Containerfile, instruction: Instruction): void {
  const stage = file.stages.at(-1);
  if (!stage) return;
  instruction.stage = stage;
  stage.instructions.push(instruction);
  for (const flag of instruction.flags) {
    if (flag.name === 'from' && /^(?:COPY|ADD)$/.test(instruction.keyword))
      addSource(file, 'copy-from', flag.value, flag.valueRange);
    if (flag.name !== 'mount') continue;
    const from = /(?:^|,)from=([^,]+)/.exec(flag.value);
    if (!from?.[1]) continue;
    const start = flag.valueRange[0] + from.index + from[0].length - from[1].length;
    addSource(file, 'run-mount', from[1], [start, start + from[1].length]);
  }
}

/** `--from` names an earlier stage, its number, a build context or an image; a plain word is not taken for an image. */
function addSource(file: Containerfile, site: ImageUse['site'], text: string, range: Range): void {
  if (findStage(file, text) || /^\d+$/.test(text)) return;
  if (!/[/:@.$]/.test(text)) return;
  addImage(file, site, text, range);
}

function addStage(file: Containerfile, from: Instruction, defaults: Map<string, string | undefined>): void {
  const words = [...from.arguments.text.matchAll(/\S+/g)];
  const image = words[0];
  const named = words[1]?.[0].toLowerCase() === 'as' ? words[2]?.[0].toLowerCase() : undefined;
  const stage: Stage = { index: file.stages.length, from, instructions: [] };
  if (image) {
    const range: Range = [
      from.arguments.offsetAt(image.index),
      from.arguments.offsetAt(image.index + image[0].length - 1) + 1,
    ];
    const text = image[0].replace(/^(["'])(.*)\1$/, '$2');
    const resolved = expand(text, defaults);
    const base = findStage(file, resolved ?? text);
    if (base) stage.base = base;
    else if (text.toLowerCase() !== 'scratch') stage.image = addImage(file, 'from', text, range, resolved);
  }
  if (named) stage.name = named;
  file.stages.push(stage);
  from.stage = stage;
}

function findStage(file: Containerfile, text: string): Stage | undefined {
  const name = text.toLowerCase();
  return file.stages.find((stage) => stage.name === name);
}

function addImage(
  file: Containerfile,
  site: ImageUse['site'],
  text: string,
  range: Range,
  resolved?: string,
): ImageUse {
  const dynamic = text.includes('$');
  const reference = parseImage(dynamic ? (resolved ?? '') : text);
  const use: ImageUse = { document: file.document, text, range, reference, site, referenceRange: range };
  if (dynamic && resolved !== undefined) use.resolved = resolved;
  file.images.push(use);
  return use;
}

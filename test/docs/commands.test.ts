/** What the documentation tells a person to type exists: commands, their options, npm scripts, linked files and settings. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Command, parseArguments } from '../../agent/cli/command.ts';
import { parseConfig } from '../../agent/config/parse.ts';
import { commandNames } from '../../agent/main.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = [...globSync(['*.md', 'docs/**/*.md'], { cwd: root })].filter((page) => page !== 'CHANGELOG.md');
const scripts = Object.keys(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).scripts);
const read = (page: string) => readFileSync(path.join(root, page), 'utf8');

/** Code of a page: fenced and indented blocks line by line, and what stands between back quotes. */
function* codeOf(text: string): Generator<string> {
  let fenced = false;
  for (const line of text.split('\n')) {
    if (/^\s*```/.test(line)) fenced = !fenced;
    else if (fenced || /^ {4}/.test(line)) yield line.trim();
    else for (const [, code = ''] of line.matchAll(/`([^`]+)`/g)) yield code.trim();
  }
}

/** The words of each call of Pregate in a line of code, without comments, redirections and the marks of what is optional. */
function* callsOf(code: string): Generator<string[]> {
  const start = /^(?:\$ |exec |git push 2>&1 \| |run: |- run: |script: )*(?:node dist\/pregate\.cjs|pregate) /;
  for (const part of code.split(/\s+(?:&&|\|\||;)\s+/)) {
    const call = part.replace(/^git push 2>&1 \| /, '');
    if (!start.test(call)) continue;
    const [words = ''] = call.replace(start, '').split(/\s+(?:#|\||>|2>)\s*|\s{3,}/);
    yield (words.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^["'[]|["'\],.]$|[\]]/g, ''));
  }
}

async function commandOf(name: string): Promise<Command> {
  const files: Record<string, string> = { fix: 'fix-one' };
  return (await import(`../../agent/cli/${files[name] ?? name}.ts`)).command;
}

/** What the command would say to these words; undefined when it takes them, or they stand for something else. */
async function mistakeIn([name = '', ...words]: string[]): Promise<string | undefined> {
  if (name.startsWith('-') || name.startsWith('<') || name === '…') return undefined;
  if (!commandNames.includes(name)) return `no command ${name}`;
  if (words.includes('--help')) return undefined;
  try {
    parseArguments(await commandOf(name), words);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('what the documentation says can be typed', () => {
  it('every command line is known to the command it calls', async () => {
    const wrong: string[] = [];
    let calls = 0;
    for (const page of pages) {
      for (const code of codeOf(read(page))) {
        for (const call of callsOf(code)) {
          calls++;
          const mistake = await mistakeIn(call);
          if (mistake !== undefined) wrong.push(`${page}: ${mistake}: ${code}`);
        }
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(calls > 100, `${calls} calls were read`);
  });

  it('every npm script exists', () => {
    for (const page of pages) {
      for (const [, name = ''] of read(page).matchAll(/npm run ([\w-]+)/g))
        assert.ok(scripts.includes(name), `${page}: ${name}`);
    }
  });

  it('every relative link leads to a file, and to a heading where it names one', () => {
    const wrong: string[] = [];
    for (const page of pages) {
      for (const [, link = ''] of read(page).matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(link)) continue;
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? page : path.join(path.dirname(page), file);
        if (!existsSync(path.join(root, target))) wrong.push(`${page}: ${link}`);
        else if (anchor !== undefined && !anchorsOf(read(target)).includes(anchor)) wrong.push(`${page}: ${link}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('every whole configuration is valid', () => {
    let found = 0;
    for (const page of pages) {
      for (const [, body = ''] of read(page).matchAll(/```yaml\n(version: 1\n(?!keys:)[\s\S]*?)```/g)) {
        found++;
        assert.deepEqual(parseConfig(Buffer.from(body), 'pregate.yaml').problems, [], `${page}: ${body}`);
      }
    }
    assert.ok(found > 0);
  });
});

/** Anchors of the headings of a page, as the forges make them. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

import { generateSecret } from '../support/secrets.ts';
import type { SignerName } from './keys.ts';
import { replaceObject, type TreeFile } from './objects.ts';
import { type CommitPlan, put, type Settings, type World } from './world.ts';

/** A commit that is being planned on top of what is in `files`. */
export interface Draft {
  gitDir: string;
  files: Map<string, TreeFile>;
  plan: CommitPlan;
  /** Another commit that must follow, such as the one that takes the secret out again. */
  next?: (files: Map<string, TreeFile>) => void;
  /** What must happen locally once the commit exists, such as a replacement for it. */
  after?: (oid: string) => void;
}

/** One way to plant something in a commit. What it plants is written to `plan.planted` by whoever calls it. */
export type Kind = (world: World, draft: Draft) => void;

/** A new value of a kind that both gates know: the developer's with checksum or length, the server's by its pattern. */
export function credential(world: World): string {
  const kinds: [name: string, seed: number][] = [
    ['github-token', 1],
    ['github-token', 2],
    ['github-token', 4],
    ['npm-token', 1],
    ['gitlab-token', 1],
    ['stripe-secret-key', 1],
    ['docker-token', 1],
    ['slack-token', 1],
  ];
  const [name, variant] = kinds[world.random.below(kinds.length)] as [string, number];
  // Seeds name the variants of a kind in turn, so a multiple of all their counts keeps the variant and changes the value.
  world.count++;
  return generateSecret(name, variant + 60 * (world.seed * 1000 + world.count));
}

export function fresh(world: World, extension: string): string {
  world.count++;
  const folder = ['src', 'config', 'docs/notes', 'deep/er/and deeper'][world.random.below(4)];
  return `${folder}/file-${world.count}.${extension}`;
}

function withText(extension: string, encode: (value: string) => Buffer | string): Kind {
  return (world, draft) => put(draft.gitDir, draft.files, fresh(world, extension), encode(credential(world)));
}

const utf16le = (text: string): Buffer => Buffer.from(text, 'utf16le');
const utf16be = (text: string): Buffer => utf16le(text).swap16();
const mark = '\ufeff';

/** Each of these must be refused wherever signatures are asked for. */
export const badSignatures: Record<string, Kind> = {
  unsigned: (_, { plan }) => {
    plan.signer = undefined;
  },
  'unknown key': (_, { plan }) => {
    plan.signer = 'stranger';
  },
  "somebody else's key": (world, { plan }) => {
    plan.signer = 'bob';
    plan.committer = world.keys.signers.alice.email;
  },
  'key that is no longer valid': (_, { plan }) => {
    plan.signer = 'retired';
  },
  'pattern that does not fit': (_, { plan }) => {
    plan.signer = 'robot';
    plan.committer = 'build-7@ci.example.org';
  },
  'signature of other content': (_, { plan }) => {
    plan.forged = 'tampered';
  },
  'signature for another purpose': (_, { plan }) => {
    plan.forged = 'namespace';
  },
};

/** Each of these must be refused always: a credential reaches the server. */
export const secrets: Record<string, Kind> = {
  'secret in a file': withText('env', (value) => `NAME=service\nTOKEN=${value}\n`),
  'secret in a file without line end': withText('txt', (value) => value),
  'secret in a file with CRLF': withText('ini', (value) => `[auth]\r\ntoken = ${value}\r\n`),
  'secret in UTF-16LE': withText('txt', (value) => utf16le(`${mark}token: ${value}\r\n`)),
  'secret in UTF-16BE': withText('txt', (value) => utf16be(`${mark}token: ${value}\r\n`)),
  'secret in UTF-16 without a mark': withText('ps1', (value) =>
    utf16le(`$token = "${value}"\r\nWrite-Host "ready"\r\n`),
  ),
  'secret in a binary file': withText('bin', (value) =>
    Buffer.concat([Buffer.from([0, 1, 2, 255, 254, 0]), Buffer.from(` ${value} `), Buffer.from([0, 0, 200, 7])]),
  ),
  'secret between bytes that are not UTF-8': withText('txt', (value) =>
    Buffer.concat([Buffer.from([0xe9, 0x20]), Buffer.from(`token ${value}\n`), Buffer.from([0xff, 0x0a])]),
  ),
  'private key': (world, { gitDir, files }) => {
    world.count++;
    const key = generateSecret('private-key', 1 + 2 * (world.seed * 1000 + world.count));
    put(gitDir, files, fresh(world, 'pem'), `${key}\n`);
  },
  'secret in a workflow': (world, { gitDir, files }) => {
    const steps = `jobs:\n  go:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: login ${credential(world)}\n`;
    put(gitDir, files, `.github/workflows/w${world.count}.yml`, `on: push\npermissions: {}\n${steps}`);
  },
  'secret in a manifest': (world, { gitDir, files }) => {
    const value = { name: 'example', private: true, config: { token: credential(world) } };
    put(gitDir, files, `pkg${world.count}/package.json`, `${JSON.stringify(value, null, 2)}\n`);
  },
  'secret added and removed again': (world, draft) => {
    const name = fresh(world, 'env');
    put(draft.gitDir, draft.files, name, `TOKEN=${credential(world)}\n`);
    draft.next = (files) => void files.delete(name);
  },
  'secret added and overwritten': (world, draft) => {
    const name = fresh(world, 'env');
    put(draft.gitDir, draft.files, name, `TOKEN=${credential(world)}\n`);
    draft.next = (files) => put(draft.gitDir, files, name, 'TOKEN=\n');
  },
  'secret in the message': (world, { plan }) => {
    plan.message = `Rotate the key\n\nIt was ${credential(world)} before.\n`;
  },
  'secret in the subject': (world, { plan }) => {
    plan.message = `Use ${credential(world)}\n`;
  },
  'secret in a file name': (world, { gitDir, files }) =>
    put(gitDir, files, `backup/${credential(world)}.txt`, 'empty\n'),
  'secret in a folder name': (world, { gitDir, files }) =>
    put(gitDir, files, `${credential(world)}/index.txt`, 'empty\n'),
  'secret in a name that is not UTF-8': (world, { gitDir, files }) =>
    put(gitDir, files, `caf\xe9 ${credential(world)}`, 'empty\n'),
  'secret in a file whose name is not UTF-8': (world, { gitDir, files }) =>
    put(gitDir, files, `na\xefve\n${world.count}.env`, `TOKEN=${credential(world)}\n`),
  'secret in the target of a link': (world, { gitDir, files }) =>
    put(gitDir, files, fresh(world, 'link'), `https://x/${credential(world)}`, '120000'),
  'secret that attributes hide': (world, { gitDir, files }) => {
    put(gitDir, files, '.gitattributes', '* -diff -text binary\n');
    put(gitDir, files, fresh(world, 'dat'), `token ${credential(world)}\n`);
  },
  'secret with a suppression in the same push': withText(
    'env',
    (value) => `# pregate-ignore-next-line github-token, npm-token -- not a real one\nTOKEN=${value}\n`,
  ),
  'secret in what the same push excludes': (world, { gitDir, files, plan }) => {
    plan.settings = { ...plan.settings, exclude: [...plan.settings.exclude, 'third-party/**'] };
    put(gitDir, files, `third-party/${fresh(world, 'env')}`, `TOKEN=${credential(world)}\n`);
  },
  'secret behind a replacement': (world, draft) => {
    const name = fresh(world, 'env');
    put(draft.gitDir, draft.files, name, `TOKEN=${credential(world)}\n`);
    const real = (draft.files.get(name) as TreeFile).oid;
    put(draft.gitDir, draft.files, name, 'TOKEN=\n');
    const clean = (draft.files.get(name) as TreeFile).oid;
    draft.files.set(name, { oid: real, mode: '100644' });
    draft.after = () => replaceObject(draft.gitDir, real, clean);
  },
};

/** None of these may be refused for what it holds. */
export const harmless: Record<string, Kind> = {
  'action that is not pinned': (world, { gitDir, files }) => {
    const job = '  go:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: acme/deploy@v2\n';
    put(gitDir, files, '.github/workflows/build.yml', `# ${world.count++}\non: push\npermissions: {}\njobs:\n${job}`);
  },
  'token that is too short': withText('env', (value) => `TOKEN=${value.slice(0, 14)}\n`),
  'token with a gap': withText('md', (value) => `It looks like ${value.slice(0, 20)} … ${value.slice(20)}.\n`),
  'public key': (world, { gitDir, files }) =>
    put(gitDir, files, fresh(world, 'pub'), `${world.keys.signers.alice.publicKey}\n`),
  'old token in an edited file': (world, { gitDir, files }) =>
    put(gitDir, files, 'legacy/service.env', `# edit ${world.count++}\nTOKEN=${world.legacy}\nRETRIES=4\n`),
  'commit of a machine': (_, { plan }) => {
    plan.signer = 'robot';
  },
  'commit from before the key retired': (_, { plan }) => {
    plan.signer = 'retired';
    plan.time = 1_720_000_000;
  },
  'commit of the other developer': (_, { plan }) => {
    plan.signer = 'bob';
  },
  'conflict markers that a later commit removes': (world, draft) => {
    const name = fresh(world, 'conflict');
    put(draft.gitDir, draft.files, name, conflict(world));
    draft.next = (files) => void files.delete(name);
  },
  'link out of the repository': (world, { gitDir, files }) =>
    put(gitDir, files, fresh(world, 'link'), '/etc/passwd', '120000'),
  submodule: (world, { files }) => files.set(`vendor/module-${world.count++}`, { oid: 'd'.repeat(40), mode: '160000' }),
  'message in Latin-1': (_, { plan }) => {
    plan.message = 'Größe ändern\n\nsk_live_ is what Stripe keys begin with, ghp_ those of GitHub.\n';
  },
};

export function conflict(world: World): string {
  const bar = (character: string) => character.repeat(7);
  return `${bar('<')} HEAD\nmine ${world.count++}\n${bar('=')}\ntheirs\n${bar('>')} topic\n`;
}

/** What a commit may do to the gate's own settings. `weaker` is judged from the settings, not from this name. */
export const settingsChanges: Record<string, (world: World, settings: Settings) => Settings> = {
  'turns a rule down': (_, settings) => ({ ...settings, rules: { ...settings.rules, 'npm-range': 'warn' } }),
  'turns a rule off': (_, settings) => ({ ...settings, rules: { ...settings.rules, 'template-injection': 'off' } }),
  'turns a rule up': (_, settings) => ({ ...settings, rules: { ...settings.rules, 'unpinned-images': 'enforce' } }),
  'forgets a rule': (_, settings) => ({ ...settings, rules: {} }),
  'excludes a folder': (world, settings) => ({
    ...settings,
    exclude: [...settings.exclude, `old-${world.count++}/**`],
  }),
  'excludes less': (_, settings) => ({ ...settings, exclude: settings.exclude.slice(0, -1) }),
  'asks for signatures': (_, settings) => ({ ...settings, required: true }),
  'no longer asks for signatures': (_, settings) => ({ ...settings, required: false }),
  'accepts a finding': (world, settings) => ({ ...settings, baseline: [...settings.baseline, entry(world)] }),
  'accepts a finding less': (_, settings) => ({ ...settings, baseline: settings.baseline.slice(1) }),
  'allows a signer': (world, settings) => ({
    ...settings,
    signers: [...settings.signers, `mallory-${world.count++}@example.org ${world.keys.signers.stranger.publicKey}`],
  }),
};

function entry(world: World): string {
  return JSON.stringify({
    rule: 'npm-range',
    path: `pkg-${world.count++}/package.json`,
    reason: 'known',
    key: 'a'.repeat(43),
  });
}

/** The keys whose signatures are good under their own address today. */
export const goodSigners: readonly SignerName[] = ['alice', 'bob', 'robot'];

import { chooseFours } from './fours.ts';
import { distinguished, hooks } from './generic/behind.ts';
import { calls } from './generic/calls.ts';
import { commands } from './generic/commands.ts';
import { keyWords } from './generic/key-words.ts';
import type { Keywords } from './keywords.ts';
import { officialRules } from './official.ts';
import { entries, written } from './providers/index.ts';
import { type Entry, isBeside, tokensOf } from './providers/table.ts';
import { firstBytes } from './structure/bare-key.ts';
import { hiddenKeywords, namesInside } from './structure/hidden.ts';
import type { Provider } from './types.ts';
import type { Action } from './vocabulary.ts';

/** The keywords of all finders and what each leads to, as text that can lie in a bundle. */
export interface Compiled {
  keywords: Keywords;
  /**
   * One line for each keyword, in their order; words divided by tabs: `p12` a written row, `t3:0`
   * the first token of a table's entry, `v3:rest` (`V` for an ordinary word) the vendor of an entry when `rest` follows
   * the keyword, `oname` an official rule, `hname` an encoding, `aname` an action.
   */
  targets: string;
  /** Rule ids of the tables' entries, divided by spaces. */
  ids: string;
}

/** Vendors' names are long and many: the tree holds their beginnings, and what follows is compared where one stands. */
const stem = 5;

/** Beginnings that stand in every other line of source code (counted in npm packages): the tree holds those names whole. */
const common = new Set(
  `abstr activ after alpha ampli assem autho bases baset bette block boxs brows build catch chain chann check chron
  clear click close cloud codec codes colum confi confl const conta conte conve count cover creat crypt curre custo datas
  deeps detec devel direc disco docke docpa docum enabl ether etsy filep files fligh fresh front funct getre getst githu graph
  green guard hello hooks insta inter intri itera langu lease light linea lineb linke linkp local locat mandr marke
  matte media messa named never notif opene opens opent packa packe paral paste paylo phras platf portk posit postm power
  predi print priva produ prope pscal quick recur redir remov rende satis scale secur segme semap sendp servi short signa
  singl sourc space speak split sport stack stats statu story strea strip table tails tempo tenab termi testi testr textm
  ticke trans trave turns twitt typef types users verce verif versi visua warra world write`.split(/\s+/),
);

/** First words of names that are in every file: only the whole name is worth a look. */
const busy = new Set(
  'content stream position message location close package channel remove column detect warrant payload function redirect'.split(
    ' ',
  ),
);

/** What of a vendor's word lies in the tree, and what has to follow it; one pair for each spelling of a common word. */
function stemsOf(word: string): [stem: string, rest: string][] {
  const first = word.indexOf('_') === -1 ? word : word.slice(0, word.indexOf('_'));
  const short = first.slice(0, stem);
  if (short.length === stem && /^[a-z0-9]+$/.test(short) && !common.has(short)) return [[short, word.slice(stem)]];
  if (first === word) return [[word, '']];
  if (first.length >= stem && !busy.has(first)) return [[first, word.slice(first.length)]];
  // A joint at the end is what makes the word one.
  const joints = word.endsWith('_') ? ['_', '-'] : ['', '_', '-', ' '];
  return joints.map((joint) => {
    const spelling = word.replace('_', joint);
    const end = /^[a-z0-9]+$/.test(spelling.slice(0, stem)) ? Math.max(stem, first.length) + 2 : stem;
    return [spelling.slice(0, end), spelling.slice(end)];
  });
}

/** How the rest of a name may begin: up to its first joint, or behind that where it is the first character. */
function beginnings(rest: string): string[] {
  const [first = '', second = ''] = rest.split('_');
  if (first !== '' || second === '') return [first];
  return ['', '_', '-', ' '].map((joint) => joint + second);
}

/** A prefix that is not a word is rare enough after some characters; the row's pattern reads all of it anyway. */
function prefixOf(keyword: string): string {
  const short = keyword.slice(0, stem + 1);
  return /[a-z0-9][^a-z]/.test(short) && !/^[a-z]{1,3}[^a-z]/.test(short) ? short : keyword;
}

const actions: Record<string, Action> = {
  '://': 'url',
  '-----begin': 'pem',
  mnemonic: 'mnemonic',
  'hdwalletprovider(': 'mnemonic',
  'fromphrase(': 'mnemonic',
  'seed phrase': 'mnemonic',
  seed_phrase: 'mnemonic',
  seedphrase: 'mnemonic',
  'recovery phrase': 'mnemonic',
  'insert into': 'insert',
  'replace into': 'insert',
  // The three ways in which base64 shows "-----BEGIN", by its place in a group of three bytes.
  ls0tls1crudjtib: 'encoded-pem',
  '0tls0tqkvhsu4g': 'encoded-pem',
  tls0tlujfr0loi: 'encoded-pem',
  eyj: 'jwt',
  'basic ': 'basic',
  'bearer ': 'bearer',
  'kind: secret': 'kubernetes',
  'kind: "secret"': 'kubernetes',
  '"kind":"secret"': 'kubernetes',
  '"kind": "secret"': 'kubernetes',
  'client-key-data': 'kubeconfig',
  '---- begin ssh2 enc': 'ssh2',
  'auths"': 'auths',
  'auths\\"': 'auths',
  "auths'": 'auths',
  'auths:': 'auths',
  "'kty'": 'jwk',
  "kty: '": 'jwk',
  '"kty"': 'jwk',
  '"kty\\"': 'jwk',
  'kty: "': 'jwk',
  'putty-user-key-file-': 'putty',
};

/** Reads every table and collects the keywords. Slow: a build does it once. */
export function compile(): Compiled {
  const found = new Map<string, { word: string; told: number; targets: string[] }>();
  const at = (keyword: string, target: string, told = keyword.length): void => {
    const key = `${told} ${keyword}`;
    const before = found.get(key);
    if (before) before.targets.push(target);
    else found.set(key, { word: keyword, told, targets: [target] });
  };
  for (const [index, row] of written.entries()) for (const keyword of row.keywords) at(keyword, `p${index}`);
  for (const [index, entry] of entries().entries()) addEntry(entry, index, at);
  for (const rule of officialRules) for (const keyword of rule.keywords) at(keyword, `o${rule.name}`);
  for (const [keyword, encoding] of hiddenKeywords(everyToken())) at(keyword, `h${encoding}`);
  for (const keyword of Object.keys(firstBytes)) at(keyword, 'abare-key');
  for (const keyword of namesInside.keys()) at(keyword, 'ainside');
  for (const keyword of keyWords) at(keyword, 'ageneric');
  for (const keyword of Object.keys(calls)) at(keyword, 'acall');
  for (const keyword of Object.keys(commands)) at(keyword, 'acommand');
  for (const keyword of hooks) at(keyword, 'ahook');
  for (const keyword of distinguished) at(keyword, 'adn');
  for (const [keyword, action] of Object.entries(actions)) at(keyword, `a${action}`);
  const list = [...found.values()];
  return {
    keywords: chooseFours(list),
    targets: list.map(({ targets }) => targets.join('\t')).join('\n'),
    ids: [...new Set(entries().map(({ id }) => id))].join(' '),
  };
}

/** The keywords of an entry of the tables: prefixes of its tokens, and beginnings of its names where they lead to a value. */
function addEntry(entry: Entry, index: number, at: (keyword: string, target: string, told?: number) => void): void {
  for (const [kind, row] of tokensOf(entry).entries())
    for (const keyword of row.keywords) at(keyword, `t${index}:${kind}`, prefixOf(keyword).length);
  if (!isBeside(entry)) return;
  for (const { word, ordinary } of entry.names) {
    for (const [short, rest] of stemsOf(word)) {
      const target = `${ordinary ? 'V' : 'v'}${index}:${rest}`;
      for (const longer of beginnings(rest)) at(short + longer, target, short.length);
    }
  }
}

/** Every row that is found by its own prefix. */
function everyToken(): Provider[] {
  return [...written, ...entries().flatMap(tokensOf)];
}

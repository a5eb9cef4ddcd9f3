/**
 * The words the whole agent shares: documents, trees with source ranges, rules, findings and fixes.
 * Everything here is plain data. Words for people, LSP and SARIF are made at the edge, from these.
 */

/** Half-open interval of UTF-16 offsets into `Document.text`. */
export type Range = readonly [start: number, end: number];

/**
 * A path inside the repository, with `/` between its parts and no leading `./`.
 * Git's paths are bytes: bytes that are not UTF-8 stand in it as lone surrogates U+DC80..U+DCFF, so that it converts
 * back exactly (`path.ts`). It is never printed as it is: `displayPath` escapes it.
 */
export type RepoPath = string;

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be' | 'binary';

/** What a document is. A symbolic link's text is its target, a message's path is `COMMIT_EDITMSG` or `commit:<oid>`. */
export type DocumentKind = 'file' | 'symlink' | 'message' | 'path-name';

export interface Document {
  path: RepoPath;
  kind: DocumentKind;
  bytes: Uint8Array;
  /**
   * The decoded view of `bytes`; Latin-1 for `binary`, so that every byte is one character. Behind it stands what a reader
   * of another encoding would see in the same bytes.
   */
  text: string;
  /** Where that begins, when there is something: parsers read up to here (`ownText`). */
  ownLength?: number;
  encoding: Encoding;
  /** Size of the whole object in bytes; larger than `bytes.length` when `partial`. */
  size: number;
  /** Only head and tail were read: the verdict must say so. */
  partial: boolean;
  /** The commit that introduced it and the object it was read from, when it comes from history. */
  commit?: string;
  oid?: string;
  /**
   * So many bytes were looked at, were silent, and are not kept: `bytes` and `text` are empty. Only where nobody asks for
   * them any more.
   */
  forgotten?: number;
  /** Git's file mode, octal text such as `100644`, when known. */
  mode?: string;
}

/** A 1-based line and column in UTF-16 units, as editors and SARIF count. */
export interface Position {
  line: number;
  column: number;
}

export interface Span extends Position {
  endLine: number;
  endColumn: number;
}

/** A parsed node of YAML, JSON or TOML. Every dialect gives the same three shapes. */
export type Node = MapNode | SeqNode | ScalarNode;

export interface MapNode {
  kind: 'map';
  range: Range;
  entries: Entry[];
  flow: boolean;
}

export interface Entry {
  key: ScalarNode;
  /** `undefined` for `key:` without a value. */
  value: Node | undefined;
}

export interface SeqNode {
  kind: 'seq';
  range: Range;
  items: Node[];
  flow: boolean;
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export interface ScalarNode {
  kind: 'scalar';
  range: Range;
  value: string | number | bigint | boolean | null;
  /** The value as text: what a string holds after unescaping, and the source text of anything else. */
  text: string;
  style: ScalarStyle;
  /** Offset in the document of character `index` of `text`; exact for plain and literal scalars, nearest otherwise. */
  offsetAt(index: number): number;
}

/** A parse result. `root` is undefined where nothing could be read; problems never stop the caller. */
export interface Tree {
  /** One per YAML document; JSON and TOML give exactly one. */
  roots: Node[];
  problems: Problem[];
}

/** Something that could not be done. Never thrown, always shown; `fatal` closes a gate. */
export interface Problem {
  /** Kebab-case, stable: what a person looks up. */
  code: string;
  /** One line: what is wrong, what was not done, what to do. */
  message: string;
  path?: RepoPath;
  range?: Range;
  fatal: boolean;
}

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';
export type Confidence = 'high' | 'medium' | 'low';
export type Category = 'secret' | 'dependency' | 'pipeline' | 'repository';

export interface Edit {
  path: RepoPath;
  range: Range;
  text: string;
  /** The file need not exist: then it is made with this text. */
  create?: true;
}

/** A change a person can accept. It is offered only after `proveFix` has applied and re-checked it. */
export interface Fix {
  title: string;
  edits: Edit[];
  /** Behaviour stays the same: may be applied without asking (`fix all`, `--fix`). */
  safe: boolean;
}

export interface Related {
  path: RepoPath;
  range: Range;
  message: string;
}

/** What a rule returns. The engine adds identity, position and suppression. */
export interface Draft {
  /** One of the rule's further `ids`; the rule's own id when absent. */
  rule?: string;
  path: RepoPath;
  range: Range;
  /** One line: what, then the consequence. Never a character of a secret. */
  message: string;
  severity?: Severity;
  confidence?: Confidence;
  related?: Related[];
  /** Called only when somebody wants the fix: detection stays fast. */
  fixes?: () => Fix[];
  /** A command a person may run instead of an edit, for example `npm install --package-lock-only`. */
  command?: string;
  /** A credential whose checksum is right: it was issued, so no comment can say that it is none. */
  proven?: true;
  /**
   * What makes this finding the same finding after lines have moved: the reference, the package, the key.
   * For a secret it is the secret's value, which is hashed at once and never kept.
   */
  identity: string;
}

export interface Suppression {
  by: 'comment' | 'baseline' | 'config';
  reason: string;
  /** ISO date after which it no longer counts. */
  expires?: string;
  /** Where it stands, so that a person can open it. */
  path: RepoPath;
  range?: Range;
  /** The suppression itself is part of the change being judged, not of its base. */
  introduced: boolean;
}

export interface Finding {
  rule: string;
  category: Category;
  severity: Severity;
  confidence: Confidence;
  message: string;
  path: RepoPath;
  range: Range;
  span: Span;
  related: Related[];
  command?: string;
  /** Of a secret: where it is made void, and how, as its rule says. */
  ending?: string;
  /** Salted HMAC of rule, path and identity: the same finding has the same fingerprint, and says nothing else. */
  fingerprint: string;
  /** Keyed hash of a secret's value alone: equal wherever, and under whichever rule, the same value stands. */
  secret?: string;
  /** A credential whose checksum is right (see `Draft.proven`). */
  proven?: true;
  /** Of history: whether HEAD still has it. */
  present?: boolean;
  /** The commit that brought it, when the scope is history. */
  commit?: string;
  /** It was not there in the base version of the same file. `undefined` where there is no base to compare with. */
  introduced?: boolean;
  suppressed?: Suppression;
  fixes?: () => Fix[];
}

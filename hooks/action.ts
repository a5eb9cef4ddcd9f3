/** One step of an installation, as planned: nothing has happened yet. */
export type Action =
  | {
      kind: 'write';
      path: string;
      /** What is there now; null when the file is new. */
      before: Buffer | null;
      beforeMode: number | null;
      after: Buffer;
      mode: number;
      /** A file of git's configuration, written as git does: under its lock. */
      lock?: true;
      /** One of two ways that serve beside each other: a repository with the other one alone is looked at all the same. */
      spare?: true;
      /** One line for a person: why. */
      why: string;
    }
  | { kind: 'keep'; from: string; to: string; why: string };

/** Something that keeps an installation from being complete. Fatal: nothing is written. */
export interface Notice {
  code: string;
  message: string;
  fatal: boolean;
  /** What mends it, as it can be typed. */
  remedy?: string;
}

export interface Part {
  actions: Action[];
  notices: Notice[];
}

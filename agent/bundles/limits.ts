/** What a bundle may be at most; beyond it the gate closes rather than reading a part. */
export const limits = { files: 10_000, fileBytes: 16_000_000, totalBytes: 64_000_000, depth: 50 } as const;

/** Why a bundle was not read; the message is one line for a person, `code` the one of the problem. */
export class BundleError extends Error {
  readonly code: string;

  constructor(message: string, code = 'bundle-unreadable') {
    super(message);
    this.code = code;
  }
}

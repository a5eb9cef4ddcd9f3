import { documentFromBytes } from '../model/document.ts';
import type { Document } from '../model/types.ts';
import type { CommitMessage, RawTag } from './commit.ts';

/** The message of a commit as a document, and behind it what else of the commit could hide something. */
export function commitMessage(oid: string, commit: CommitMessage): Document {
  // A name that is not ASCII may be written in another encoding, which the commit's own header names.
  const message = /[^\x00-\x7f]/.test(commit.messageText) ? Buffer.from(commit.messageText) : commit.message;
  const bytes = withFurther(message, commit.further);
  return documentFromBytes(`commit:${oid}`, bytes, { kind: 'message', commit: oid, oid });
}

/** The same for an annotated tag. */
export function tagMessage(oid: string, tag: RawTag): Document {
  return documentFromBytes(`tag:${tag.name}`, withFurther(tag.message, tag.further), { kind: 'message', oid });
}

/** Headers come behind the message, so that its lines keep their numbers. */
function withFurther(message: Buffer, further: string): Buffer {
  return further === '' ? message : Buffer.concat([message, Buffer.from(`\n${further}\n`)]);
}

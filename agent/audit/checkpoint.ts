import type { KeyObject } from 'node:crypto';
import { strictBase64 } from '../sign/wire.ts';
import { type NoteKey, openNote, parseNote, signNote } from './note.ts';

/** What a log promises at one moment (C2SP tlog-checkpoint): so many entries, with this root. */
export interface Checkpoint {
  origin: string;
  size: number;
  root: Buffer;
}

/** The signed note of a checkpoint. */
export function signCheckpoint(checkpoint: Checkpoint, key: NoteKey & { privateKey: KeyObject }): string {
  const { origin, size, root } = checkpoint;
  return signNote(`${origin}\n${size}\n${root.toString('base64')}\n`, key);
}

/** The checkpoint of a note that this key has signed for this origin; undefined when anything is not so. */
export function openCheckpoint(note: string, key: NoteKey, origin: string): Checkpoint | undefined {
  const text = openNote(note, key);
  const checkpoint = text === undefined ? undefined : parseText(text);
  return checkpoint?.origin === origin ? checkpoint : undefined;
}

/** The checkpoint as the note says it, whoever signed it: to be shown, never to be trusted. */
export function readCheckpoint(note: string): Checkpoint | undefined {
  const parsed = parseNote(note);
  return parsed && parseText(parsed.text);
}

function parseText(text: string): Checkpoint | undefined {
  const [origin, size, root64] = text.split('\n');
  const root = strictBase64(root64 ?? '');
  if (!origin || !/^(0|[1-9]\d{0,14})$/.test(size ?? '') || root?.length !== 32) return undefined;
  return { origin, size: Number(size), root };
}

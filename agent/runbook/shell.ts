import { quote } from '../../hooks/stub.ts';

/** A word for a POSIX shell: as it is when every shell takes it literally, in quotes otherwise. */
export function word(text: string): string {
  return /^[A-Za-z0-9_./@:%+][A-Za-z0-9_./@:%+=,-]*$/.test(text) ? text : quote(text);
}

import type { Collected, PushRef } from '../../agent/gate/types.ts';
import type { Repo, Sandbox } from './support.ts';

let counter = 0;

/** A repository whose `main` is pushed to a bare remote `origin`. */
export function pushed(box: Sandbox): Repo {
  counter += 1;
  const r = box.repository(`r${counter}`);
  box.repository(`r${counter}.git`, '--bare');
  r.git('remote', 'add', 'origin', box.at(`r${counter}.git`));
  r.commit('README', 'hello\n');
  r.git('push', '-q', '-u', 'origin', 'main');
  r.git('remote', 'set-head', 'origin', 'main');
  return r;
}

export const zero = '0'.repeat(40);

export function line(r: Repo, local: string, remoteRef: string, remoteOid = zero): PushRef {
  const localRef = local.startsWith('refs/') || local === 'HEAD' ? local : `refs/heads/${local}`;
  return { localRef, localOid: r.git('rev-parse', local), remoteRef, remoteOid };
}

export function push(r: Repo, ...refs: PushRef[]): Promise<Collected> {
  return r.collect({ kind: 'outgoing', remote: 'origin', url: r.git('remote', 'get-url', 'origin'), refs });
}

/** Every text that a scanner of secrets gets to see. */
export function seen(collected: Collected): string {
  return [...collected.targets, ...collected.history].map((document) => document.text).join('\0');
}

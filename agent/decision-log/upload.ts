import { gzipSync } from 'node:zlib';
import { ask } from '../bundles/http.ts';
import { BundleError } from '../bundles/limits.ts';
import type { UserConfig } from '../bundles/user-config.ts';
import { closeFile, markSent, readLog } from './store.ts';

/** Events of one request at most, and characters of them. */
const batch = { events: 500, characters: 2_000_000 } as const;

/**
 * Sends everything that was not sent yet to a decision-log service (openpolicyagent.org/docs/management-decision-logs,
 * "Decision Log Service API"): gzip, `POST /logs`, arrays of events. A file counts as sent when the service has taken all
 * of it, so a broken upload sends some events twice, and none never. Throws `BundleError`.
 */
export async function uploadLog(
  url: string,
  user: UserConfig,
  env: NodeJS.ProcessEnv,
): Promise<{ sent: number; damaged: number }> {
  const target = new URL(/\/logs(\/[^/]+)?\/?$/.test(new URL(url).pathname) ? url : `${url.replace(/\/+$/, '')}/logs`);
  closeFile(env);
  let sent = 0;
  let damaged = 0;
  for (const file of readLog(env)) {
    if (file.sent || file.name === 'decisions.jsonl') continue;
    for (const events of batches(file.events)) {
      const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
      const body = gzipSync(JSON.stringify(events));
      const answer = await ask(
        target,
        user,
        { method: 'POST', headers, body, maxBytes: 100_000, timeout: 30_000 },
        env,
      );
      if (answer.status < 200 || answer.status > 299) {
        throw new BundleError(`${target.host} answers ${answer.status}; ${sent} events were sent, the others wait`);
      }
      sent += events.length;
    }
    damaged += file.damaged;
    markSent(file.name, env);
  }
  return { sent, damaged };
}

function batches(events: readonly Record<string, unknown>[]): Record<string, unknown>[][] {
  const out: Record<string, unknown>[][] = [];
  let size = Infinity;
  for (const event of events) {
    const length = JSON.stringify(event).length;
    const last = out.at(-1);
    if (last && last.length < batch.events && size + length <= batch.characters) last.push(event);
    else {
      out.push([event]);
      size = 0;
    }
    size += length;
  }
  return out;
}

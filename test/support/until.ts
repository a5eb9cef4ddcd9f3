import { setTimeout as sleep } from 'node:timers/promises';

/** Long, because only a failure waits for its end: what comes on a quiet machine in a second takes twenty on a busy one. */
const limit = 60_000;

/** Waits until something holds. Throws an error that names it when it does not within a minute. */
export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = Date.now() + limit; Date.now() < end; await sleep(50)) if (await holds()) return;
  throw new Error(`did not happen: ${what}`);
}

/** Waits until a server answers an address with a status that is fine. */
export function answers(address: string): Promise<void> {
  const up = () =>
    fetch(address).then(
      (response) => response.ok,
      () => false,
    );
  return until(up, `an answer from ${address}`);
}

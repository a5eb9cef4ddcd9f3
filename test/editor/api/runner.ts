/** A test runner for the inside of VS Code: it needs no package, prints one line per test, and throws when one failed. */

type Test = { name: string; body: () => Promise<void> | void; limit: number };

const tests: Test[] = [];
/** Long, because only a failure waits for its end: the window shares two processors with three other test files. */
const DEFAULT_LIMIT_MS = 60_000;

/** Declares a test. `limit` are the milliseconds it may take. */
export function test(name: string, body: Test['body'], limit = DEFAULT_LIMIT_MS): void {
  tests.push({ name, body, limit });
}

/** Runs what was declared, in order, and forgets it. Rejects with the names of the failed tests. */
export async function runTests(): Promise<void> {
  const failed: string[] = [];
  for (const one of tests.splice(0)) {
    const started = Date.now();
    try {
      await withLimit(one);
      console.log(`ok   ${one.name} (${Date.now() - started} ms)`);
    } catch (error) {
      failed.push(one.name);
      console.error(`FAIL ${one.name}\n${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  if (failed.length > 0) throw new Error(`${failed.length} of the tests failed: ${failed.join('; ')}`);
}

/** Waits until a function gives something other than undefined, false or an empty list, and returns that. */
export async function eventually<T>(
  what: string,
  read: () => T | Promise<T>,
  limit = DEFAULT_LIMIT_MS,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + limit;
  let last: unknown;
  while (Date.now() < deadline) {
    last = await read();
    if (last && !(Array.isArray(last) && last.length === 0)) return last as NonNullable<T>;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what} did not come within ${limit} ms; the last value was ${JSON.stringify(last)}`);
}

async function withLimit({ body, limit, name }: Test): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} took longer than ${limit} ms`)), limit);
  });
  try {
    await Promise.race([body(), late]);
  } finally {
    clearTimeout(timer);
  }
}

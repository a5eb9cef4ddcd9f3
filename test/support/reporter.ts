/**
 * Reporter for one test file: silent on success, the whole story of each failure, and one last plain line
 * `N passed, N failed, N skipped` that `scripts/test.ts` adds up.
 */
import type { EventData } from 'node:test';

type TestEvent = { type: string; data: EventData.TestFail & { message?: string } };

export default async function* reporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  for await (const event of source) {
    if (event.type === 'test:stderr' && process.env['VERBOSE']) yield event.data.message ?? '';
    if (event.type === 'test:stdout') yield event.data.message ?? '';
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { data } = event;
    // A suite is counted through its tests; a file that could not be loaded has no tests and is counted itself.
    const isSuite = data.details?.type === 'suite';
    if (event.type === 'test:pass') {
      if (data.skip !== undefined) {
        skipped++;
        yield `skipped ${data.name}${typeof data.skip === 'string' ? `: ${data.skip}` : ''}\n`;
      } else if (!isSuite && !isFile(data)) passed++;
      continue;
    }
    if (isSuite || data.details?.error?.cause?.toString().includes('subtest')) continue;
    failed++;
    const error = data.details.error as Error & { cause?: unknown };
    const cause =
      error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : String(error.cause ?? error.message);
    yield `✗ ${data.name}\n  ${data.file ?? ''}:${data.line ?? ''}\n${indent(cause)}\n`;
  }
  yield `${passed} passed, ${failed} failed, ${skipped} skipped\n`;
}

function isFile(data: { name: string; file?: string }): boolean {
  return data.file !== undefined && data.name === data.file;
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

/**
 * Reporter for one test file: silent on success, the whole story of each failure, and one last plain line
 * `N passed, N failed, N skipped` that `scripts/test.ts` adds up.
 */
import type { EventData } from 'node:test';

type Failed = EventData.TestFail & { message?: string };
type TestEvent = { type: string; data: Failed };

export default async function* reporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of source) {
    if (type === 'test:stdout' || (type === 'test:stderr' && process.env['VERBOSE'])) yield data.message ?? '';
    else if (type === 'test:pass' && data.skip !== undefined) {
      counts.skipped++;
      yield `skipped ${data.name}${typeof data.skip === 'string' ? `: ${data.skip}` : ''}\n`;
    } else if (type === 'test:pass' && !isSuite(data) && !isFile(data)) counts.passed++;
    else if (type === 'test:fail' && !isSuite(data) && !isOfSubtests(data)) {
      counts.failed++;
      yield `✗ ${data.name}\n  ${data.file ?? ''}:${data.line ?? ''}\n${indent(causeOf(data))}\n`;
    }
  }
  yield `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`;
}

/** A suite is counted through its tests; a file that could not be loaded has no tests and is counted itself. */
function isSuite({ details }: Failed): boolean {
  return details?.type === 'suite';
}

/** It failed because tests within it did, and those tell their own story. */
function isOfSubtests({ details }: Failed): boolean {
  return details?.error?.cause?.toString().includes('subtest') ?? false;
}

function causeOf({ details }: Failed): string {
  const { cause, message } = details.error;
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause ?? message);
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

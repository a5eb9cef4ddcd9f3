import { Worker } from 'node:worker_threads';
import { flagsOf, type OwnPattern } from '../config/patterns.ts';
import { entropy } from '../model/secrets/checks.ts';
import { scanSecrets } from '../model/secrets/index.ts';
import { describe } from '../model/secrets/match.ts';
import type { Document, Draft, Problem } from '../model/types.ts';
import type { OwnFindings } from '../rules/custom-secret.ts';
import { workerSource } from './worker-source.ts';

export interface PatternSearch {
  /** Looks for all patterns in a document. Never throws; the same document is looked at once. */
  search(document: Document): Promise<OwnFindings>;
  /** Ends the thread, after what it is asked already. */
  close(): void;
}

/** How long one pattern may search one document. A sound one needs a thousandth of it. */
const patience = 2000;

/**
 * Runs the patterns of `pregate.yaml` in a thread of their own. One that does not end is stopped with the thread and
 * named in a fatal problem: what it looks for was not checked, so no gate may pass; the others go on in a new thread.
 */
export function startPatterns(patterns: readonly OwnPattern[], milliseconds = patience): PatternSearch {
  const known = new WeakMap<Document, Promise<OwnFindings>>();
  const stopped = new Map<number, Problem>();
  let last: Promise<unknown> = Promise.resolve();
  let thread: Thread | undefined;

  async function searchNow(document: Document): Promise<OwnFindings> {
    const broken: Problem[] = [];
    for (;;) {
      const skip = [...stopped.keys()];
      thread ??= startThread(patterns);
      const answer = await thread.ask(document.text, skip, milliseconds);
      if (answer.found) {
        return { drafts: draftsOf(document, patterns, answer.found), problems: [...stopped.values(), ...broken] };
      }
      thread.stop();
      thread = undefined;
      const pattern = patterns[answer.running];
      if (!pattern) {
        broken.push(failure(document));
        return { drafts: [], problems: [...stopped.values(), ...broken] };
      }
      stopped.set(answer.running, tooLong(pattern, document, milliseconds));
    }
  }

  return {
    search(document) {
      let findings = known.get(document);
      if (!findings) {
        // One after the other: the thread has one text at a time, so that its time is the time of one pattern.
        findings = last.then(() => searchNow(document));
        last = findings;
        known.set(document, findings);
      }
      return findings;
    },
    close: () => {
      // A search that is under way still gets its answer: without it the patterns would count as not run.
      void last.then(() => {
        thread?.stop();
        thread = undefined;
      });
    },
  };
}

interface Answer {
  /** Triples of pattern, start and end; undefined when the thread did not answer. */
  found?: readonly number[];
  /** The pattern that was running then; -1 for none. */
  running: number;
}

interface Thread {
  ask(text: string, skip: readonly number[], milliseconds: number): Promise<Answer>;
  stop(): void;
}

function startThread(patterns: readonly OwnPattern[]): Thread {
  const state = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(workerSource, {
    eval: true,
    workerData: {
      state,
      patterns: patterns.map(({ regex, ignoreCase, keywords }) => ({ regex, flags: flagsOf(ignoreCase), keywords })),
    },
    // Nothing of the process is its business.
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  worker.unref();
  return {
    ask: (text, skip, milliseconds) =>
      new Promise((resolve) => {
        let timer: NodeJS.Timeout;
        const end = (answer: Answer) => {
          clearTimeout(timer);
          for (const name of ['message', 'error', 'exit']) worker.removeAllListeners(name);
          worker.on('error', () => undefined);
          worker.unref();
          resolve(answer);
        };
        // Each pattern has its own time; what matters is that the same one is not still running.
        const watch = (before: number) => {
          timer = setTimeout(() => {
            const [running, turn] = [Atomics.load(state, 0), Atomics.load(state, 1)];
            if (turn !== before || running === 0) watch(turn);
            else end({ running: running - 1 });
          }, milliseconds);
        };
        worker.ref();
        worker.once('message', (found: number[]) => end({ found, running: -1 }));
        worker.once('error', () => end({ running: Atomics.load(state, 0) - 1 }));
        worker.once('exit', () => end({ running: Atomics.load(state, 0) - 1 }));
        watch(-1);
        worker.postMessage({ text, skip });
      }),
    stop: () => void worker.terminate(),
  };
}

function draftsOf(document: Document, patterns: readonly OwnPattern[], found: readonly number[]): Draft[] {
  const drafts: Draft[] = [];
  const { hits } = scanSecrets(document);
  for (let at = 0; at < found.length; at += 3) {
    const [index, start, end] = found.slice(at, at + 3) as [number, number, number];
    const pattern = patterns[index] as OwnPattern;
    const value = document.text.slice(start, end);
    if (value.length < pattern.minLength || entropy(value) < pattern.entropy) continue;
    // What is known by its own rule already is one finding, not two.
    if (hits.some(({ range, confidence }) => confidence !== 'low' && range[0] < end && start < range[1])) continue;
    drafts.push({
      path: document.path,
      range: [start, end],
      message: describe(`${pattern.message}, pattern ${pattern.id}`, value.length),
      severity: pattern.severity,
      confidence: pattern.confidence,
      identity: value,
    });
  }
  return drafts;
}

function tooLong(pattern: OwnPattern, { path }: Document, milliseconds: number): Problem {
  return {
    code: 'pattern-stopped',
    message: `The pattern ${pattern.id} of secrets.patterns in pregate.yaml was stopped: it did not end within ${milliseconds / 1000} s. What it looks for was not checked. Bound its repetitions, and give it keywords.`,
    path,
    fatal: true,
  };
}

function failure({ path }: Document): Problem {
  return {
    code: 'pattern-failed',
    message: 'The patterns of secrets.patterns in pregate.yaml could not be run. What they look for was not checked.',
    path,
    fatal: true,
  };
}

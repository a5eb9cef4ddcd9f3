import type { Diagnostic } from 'vscode-languageserver/node';
import type { AgentSettings, StateData } from '../protocol.ts';
import { blockingFingerprints } from '../report/facts.ts';
import { diagnosticsOf } from './convert.ts';
import { createMonitor, type Monitor, type MonitorOptions } from './monitor.ts';
import { reasonsByPath } from './reasons.ts';
import { repositoryState } from './state.ts';
import { filePathOf, fileUriOf } from './uri.ts';
import { findingsByPath } from './workspace-report.ts';

export interface Repositories {
  /** Begins to watch a repository; one that is known stays as it is. */
  add(root: string): Monitor;
  all(): Monitor[];
  /** The repository a file or folder lies in; the first one without an address. */
  at(uri: string | undefined, rootOf: (folder: string) => string | undefined): Monitor | undefined;
  state(trusted: boolean): StateData;
  /** Findings of staged and outgoing files, by URI. */
  diagnostics(settings: AgentSettings, pageUri: (rule: string) => string): Map<string, Diagnostic[]>;
  /** Stops watching those that `keep` refuses. */
  retain(keep: (root: string) => boolean): void;
}

export function createRepositories(options: MonitorOptions): Repositories {
  const monitors = new Map<string, Monitor>();
  return {
    add: (root) => {
      let monitor = monitors.get(root);
      if (!monitor) {
        monitor = createMonitor(root, options);
        monitors.set(root, monitor);
      }
      return monitor;
    },
    all: () => [...monitors.values()],
    at: (uri, rootOf) => {
      const file = uri === undefined ? undefined : filePathOf(uri);
      const root = file === undefined ? undefined : rootOf(file);
      const [first] = monitors.values();
      return root === undefined ? first : (monitors.get(root) ?? first);
    },
    state: (trusted) => ({ trusted, repositories: [...monitors.values()].map((one) => repositoryState(one.facts())) }),
    diagnostics: (settings, pageUri) => {
      const out = new Map<string, Diagnostic[]>();
      for (const monitor of monitors.values()) {
        const { root, staged, outgoing } = monitor.facts();
        const blocking = new Set(
          [staged, outgoing].flatMap((one) => (one ? [...blockingFingerprints(one.decision).keys()] : [])),
        );
        const all = (staged ?? outgoing)?.findings ?? [];
        for (const [path, findings] of findingsByPath(staged, outgoing)) {
          const uri = fileUriOf(root, path);
          if (uri === undefined) continue;
          const uriOf = (other: string) => fileUriOf(root, other);
          const options = { blocking, advice: settings.advice, pageUri, related: noDocument, all, uriOf };
          out.set(uri, diagnosticsOf(findings, options));
        }
        for (const [path, drawn] of reasonsByPath(staged, outgoing)) {
          const uri = fileUriOf(root, path);
          if (uri !== undefined) out.set(uri, [...(out.get(uri) ?? []), ...drawn]);
        }
      }
      return out;
    },
    retain: (keep) => {
      for (const [root, monitor] of monitors) {
        if (keep(root)) continue;
        monitor.dispose();
        monitors.delete(root);
      }
    },
  };
}

/** Reports hold no documents, so the places a finding refers to are shown when its file is opened. */
function noDocument(): undefined {
  return undefined;
}

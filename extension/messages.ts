import type { PlaceData } from '../agent/protocol.ts';

export const tabs = ['gates', 'sbom', 'metrics'] as const;
export type Tab = (typeof tabs)[number];

/** What the page may ask for. Anything else that arrives is dropped. */
export type PageMessage =
  | { type: 'ready'; tab: Tab }
  | { type: 'tab'; tab: Tab }
  | { type: 'refresh' }
  | { type: 'open'; place: PlaceData }
  | { type: 'metrics'; log?: string; days?: number }
  | { type: 'explain'; rule: string }
  | { type: 'exportSbom' };

/** Reads a message of the page. A web view is a boundary: every field is checked, nothing is taken on trust. */
export function parseMessage(raw: unknown): PageMessage | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const { type, tab, place, rule, log, days } = raw as Record<string, unknown>;
  if (type === 'refresh' || type === 'exportSbom') return { type };
  if ((type === 'ready' || type === 'tab') && isTab(tab)) return { type, tab };
  if (type === 'metrics') return metricsMessage(log, days);
  if (type === 'explain' && typeof rule === 'string' && /^[a-z0-9-]{1,80}$/.test(rule)) return { type, rule };
  if (type === 'open' && isPlace(place)) return { type, place };
  return undefined;
}

const isTab = (value: unknown): value is Tab => tabs.includes(value as Tab);

/** Which log, by its id, and how many days back. What is neither is left out. */
function metricsMessage(log: unknown, days: unknown): PageMessage {
  return {
    type: 'metrics',
    ...(typeof log === 'string' && /^(all|[0-9a-f]{32})$/.test(log) ? { log } : {}),
    ...(typeof days === 'number' && Number.isSafeInteger(days) && days >= 0 ? { days } : {}),
  };
}

function isPlace(value: unknown): value is PlaceData {
  if (typeof value !== 'object' || value === null) return false;
  const { uri, label, commit, range } = value as Record<string, unknown>;
  if (typeof uri !== 'string' || !uri.startsWith('file:') || typeof label !== 'string') return false;
  if (commit !== undefined && !(typeof commit === 'string' && /^[0-9a-f]{40,64}$/.test(commit))) return false;
  return range === undefined || isRange(range);
}

function isRange(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { start, end } = value as Record<string, unknown>;
  return [start, end].every((one) => {
    if (typeof one !== 'object' || one === null) return false;
    const { line, character } = one as Record<string, unknown>;
    return Number.isSafeInteger(line) && Number.isSafeInteger(character) && (line as number) >= 0;
  });
}

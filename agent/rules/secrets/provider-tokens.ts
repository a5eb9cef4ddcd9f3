import { draftsOf } from '../../model/secrets/drafts.ts';
import { entries, written } from '../../model/secrets/providers/index.ts';
import { entryIds } from '../../model/secrets/vocabulary.ts';
import type { Severity } from '../../model/types.ts';
import { defineRule, type RuleMeta } from '../rule.ts';

let metas: RuleMeta[] | undefined;
let known: Set<string> | undefined;

export default defineRule({
  meta: {
    id: 'provider-tokens',
    title: 'Credential of a service',
    category: 'secret',
    severity: 'high',
    confidence: 'high',
    why: 'Whoever can read the repository, now or later, can act as its owner at that service.\nLeaked keys are found and used within minutes.',
    fix: 'Revoke it at the service first, then take it out of the file and of the commits not yet pushed.',
    sources: [
      'https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns',
    ],
  },
  /** Reading all tables takes longer than a clean commit: only what reports or explains a finding pays for it. */
  get ids(): readonly RuleMeta[] {
    metas ??= metasOf();
    return metas;
  },
  names,
  reads: 'text',
  check: (document, context) => draftsOf(document, names(), context),
});

function names(): Set<string> {
  known ??= new Set([...written.map(({ id }) => id), ...entryIds()]);
  return known;
}

/** What a page needs of a row, whatever it is written in. */
interface Described {
  id: string;
  title: string;
  severity: Severity;
  confidence: 'high' | 'medium' | 'low';
  rotate: string;
  source: string;
  page?: string;
}

/** A row whose vendor says nothing in public has a dash for its page. */
const unpublished = 'https://-';

/** One entry for each id; rows that share an id are kinds of one credential, and the first speaks for them. */
function metasOf(): RuleMeta[] {
  const found = new Map<string, RuleMeta>();
  for (const row of [...written, ...entries().map(described)] as Described[]) {
    const before = found.get(row.id);
    if (before) {
      if (row.source !== unpublished && !before.sources.includes(row.source)) before.sources.push(row.source);
      continue;
    }
    found.set(row.id, {
      id: row.id,
      title: row.title,
      category: 'secret',
      severity: row.severity,
      confidence: row.confidence,
      why: whyOf(row),
      fix: `${row.rotate}. Then take it out of the file, and out of commits not yet pushed.`,
      sources: row.source === unpublished ? [] : [row.source],
      ...(row.page === undefined ? {} : { page: row.page }),
    });
  }
  return [...found.values()];
}

function described({ id, vendor, kinds, rotate, source }: ReturnType<typeof entries>[number]): Described {
  const [first] = kinds;
  return {
    id,
    title: `${vendor} ${first?.title}`,
    severity: first?.severity ?? 'high',
    confidence: first?.confidence ?? 'medium',
    rotate,
    source,
    page: 'docs/secrets-providers.md',
  };
}

function whyOf({ severity }: Described): string {
  if (severity === 'info')
    return 'It is made to be published. It is listed so that nobody has to wonder;\ncheck that it is limited to what it is for.';
  if (severity === 'low')
    return 'It opens a test mode or is half of a pair. It moves nothing by itself,\nbut it seldom stands alone, and the habit leaks the live one next.';
  return 'Whoever can read the repository, now or later, can act as its owner at that service.\nLeaked keys are found and used within minutes.';
}

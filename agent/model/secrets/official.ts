import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { rules as presetRules } from '@secretlint/secretlint-rule-preset-recommend';
import type { SecretLintRuleContext, SecretLintRuleCreator } from '@secretlint/types';
import type { Document, Problem, Range } from '../types.ts';

/** What an official rule reported: where, and nothing of what. */
export interface OfficialReport {
  /** Official id without its scope: `github`, `database-connection-string`. */
  rule: string;
  range: Range;
}

/** An official rule and the text without which it cannot report anything. */
export interface OfficialRule {
  name: string;
  creator: SecretLintRuleCreator;
  keywords: readonly string[];
  /** Needs `user:password@` behind `://`, which the URL finder sees. */
  url?: true;
}

/** Rules whose patterns begin with their keyword, after no letter, and go on for 16 characters or more. */
const prefixed = new Set(
  `cloudflare stripe vercel github shopify sendgrid databricks docker figma grafana gitlab groq huggingface hashicorp-vault
  linear notion 1password tailscale`.split(/\s+/),
);

/** A rule need not run for this place of its keyword: `loadApi` is no token of Databricks. */
export function cannotReport({ name }: OfficialRule, text: string, start: number, end: number): boolean {
  if (!prefixed.has(name)) return false;
  if (start > 0 && /[A-Za-z]/.test(text[start - 1] as string)) return true;
  return !/^[\w./+=-]{16}/.test(text.slice(end, end + 16));
}

/** What the rules on URLs read in front of `://`. */
const schemes: Record<string, RegExp> = {
  basicauth: /(?:https?|ftps?)$/,
  'database-connection-string': /(?:mongodb(?:\+srv)?|mysqlx?|postgres(?:ql)?)$/i,
};

/** A rule on URLs need not run for the `://` at `at`: it reads other schemes. */
export function cannotRead({ name }: OfficialRule, text: string, at: number): boolean {
  return schemes[name]?.test(text.slice(Math.max(0, at - 16), at)) === false;
}

const keywords: Record<string, readonly string[]> = {
  aws: ['secretaccesskey', 'secret_accesskey', 'secretaccess_key', 'secret_access_key'],
  gcp: ['private_key_id'],
  npm: ['npm_', '_authtoken=', 'x-oauth-basic'],
  slack: ['xoxb-', 'xoxp-', 'xapp-', 'xoxa-', 'xoxo-', 'xoxr-', 'hooks.slack.com/'],
  // These two need `user:password@` behind `://` instead of a keyword.
  basicauth: [],
  openai: ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 't3blbkfj'],
  anthropic: ['sk-ant-'],
  groq: ['gsk_'],
  huggingface: ['hf_'],
  linear: ['lin_api_'],
  notion: ['ntn_'],
  privatekey: ['-----begin'],
  sendgrid: ['sg.'],
  shopify: ['shppa_', 'shpca_', 'shpat_', 'shpss_'],
  stripe: ['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_'],
  github: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
  gitlab: ['glpat-'],
  grafana: ['glc_', 'glsa_'],
  '1password': ['ops_ey'],
  'database-connection-string': [],
  'hashicorp-vault': ['hvs.', 'hvb.', 'hvr.'],
  vercel: ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'],
  databricks: ['dapi'],
  docker: ['dckr_pat_'],
  figma: ['figd_'],
  cloudflare: ['cfk_', 'cfut_', 'cfat_'],
  tailscale: ['tskey-'],
};

/**
 * The preset's detectors. Its comment filter is left out: suppression is done on findings (`agent/suppress.ts`).
 * The names come from the table above, so that text without any of these keywords does not even load the preset.
 */
export const officialRules: readonly OfficialRule[] = Object.entries(keywords).map(([name, words]) => ({
  name,
  keywords: words,
  get creator() {
    return creatorOf(name);
  },
  ...(words.length === 0 ? { url: true as const } : {}),
}));

function creatorOf(name: string): SecretLintRuleCreator {
  const creator = presetRules.find(({ meta }) => nameOf(meta.id) === name);
  if (!creator) throw new Error(`secretlint's preset has no rule ${name}`);
  return creator as SecretLintRuleCreator;
}

/**
 * Runs official rules through secretlint's core and takes their reports as they are made.
 * `lintSource` answers with a promise, but calls every rule before it returns; only its own clean-up (duplicates in
 * quadratic time, comments, masking) is deferred, and none of that is wanted here. So our one rule receives the
 * source from core, hands it to the official rules that the gate let through, and keeps the ranges.
 */
export function runOfficial(
  document: Document,
  names: ReadonlySet<string>,
): { reports: OfficialReport[]; problems: Problem[] } {
  const reports: OfficialReport[] = [];
  const problems: Problem[] = [];
  const shift = document.text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const extension = /\.[^./]{1,20}$/.exec(document.path)?.[0] ?? '';
  // Its marks cost more than the rules themselves: https://github.com/secretlint/secretlint/issues/1633
  secretLintProfiler.setEnabled(false);
  const options: GateOptions = {
    rules: officialRules.filter(({ name }) => names.has(name) && isPure(name, extension)),
    report: (rule, [start, end]) => reports.push({ rule, range: [start + shift, end + shift] }),
    failed: (rule) => problems.push(failure(rule, document)),
  };
  lintSource({
    source: { content: document.text, filePath: document.path || 'untitled', ext: extension, contentType: 'text' },
    options: {
      noPhysicFilePath: true,
      maskSecrets: true,
      config: { rules: [{ id: gate.meta.id, rule: gate as SecretLintRuleCreator, options }] },
    },
  }).catch(() => undefined);
  return { reports, problems };
}

interface GateOptions {
  rules: readonly OfficialRule[];
  report: (rule: string, range: Range) => void;
  failed: (rule: string) => void;
}

const gate: SecretLintRuleCreator<GateOptions> = {
  messages: {},
  meta: {
    id: 'secretlint-rule-pregate',
    type: 'scanner',
    recommended: false,
    supportedContentTypes: ['text'],
  },
  create(context, options) {
    return {
      file(source) {
        for (const rule of options.rules) {
          const { name } = rule;
          try {
            // The message and its data hold the value: the context given to the official rule lets neither through.
            const tap: SecretLintRuleContext = {
              ...context,
              report: (descriptor) => options.report(name, descriptor.range),
              ignore: () => undefined,
            };
            void rule.creator.create(tap, {}).file?.(source);
          } catch {
            options.failed(name);
          }
        }
      },
    };
  },
};

/** The GCP rule reads `.p12` files from disk by their path: never here, where the path is of another version of the file. */
function isPure(name: string, extension: string): boolean {
  return name !== 'gcp' || extension.toLowerCase() === '.json';
}

function nameOf(id: string): string {
  return id.replace('@secretlint/secretlint-rule-', '');
}

function failure(rule: string, document: Document): Problem {
  return {
    code: 'secret-rule-failed',
    message: `secretlint's rule ${rule} failed on this file; it was not looked through for that kind of secret`,
    path: document.path,
    fatal: true,
  };
}

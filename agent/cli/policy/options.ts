/** The options of `policy eval`, `test`, `check` and `bench`: those of `opa` by the same names, and why some are not here. */
import type { Action, Option, Refused } from '../command.ts';

const flag = (help: string, short?: string): Option => ({ type: 'boolean', help, ...(short ? { short } : {}) });
const value = (value: string, help: string, short?: string): Option => ({
  type: 'string',
  value,
  help,
  ...(short ? { short } : {}),
});
const many = (option: Option): Option => ({ ...option, many: true });

const loading: Record<string, Option> = {
  ignore: many(value('PATTERN', 'files and folders to leave out, by name or path; may be repeated or hold commas')),
  capabilities: value('FILE', 'only the builtins that this capabilities.json lists'),
  schema: value('FILE|DIR', 'JSON Schema of the input, or a folder of those that METADATA names', 's'),
  'v0-compatible': flag('read files as Rego v0'),
  'v1-compatible': flag('read files as Rego v1, which is the default; beside --v0-compatible it changes nothing'),
};
const sources: Record<string, Option> = {
  data: many(value('PATH', 'policy and data: a file or folder; may be repeated', 'd')),
  bundle: many(value('DIR|TAR.GZ', 'a bundle; may be repeated (default without --data: the built-in gates)', 'b')),
  ...loading,
};
const asked: Record<string, Option> = {
  input: value('FILE', 'JSON or YAML document that the policy sees as input; - is standard input', 'i'),
  'stdin-input': flag('the input is what standard input says', 'I'),
  stdin: flag('the query is what standard input says'),
  package: value('PACKAGE', 'names in the query are looked for in this package too'),
  import: many(value('PATH', 'import of the query, such as data.app or data.app as a; may be repeated')),
  at: value('DATE', 'the instant that time.now_ns gives (default: now)'),
};
const paths: Record<string, Option> = {
  bundle: flag('the paths are bundles', 'b'),
  ...loading,
};
const errors = value('N', 'errors of the compiler to print (default 10, 0 for all)', 'm');
const count = (help: string): Option => value('N', help);
const json = flag('print one JSON document, problems included');

const memory = value('SIZE', 'most that the values of an evaluation may take: 64MB, 2GB (default 1GB)');
const target: Option = value('rego', 'rego is the only one; policy.wasm of a bundle is run by preview', 't');
const partial: Refused = {
  short: 'p',
  why: 'there is no partial evaluation; preview --why tells what an answer depends on',
};
const whole: Refused = { why: 'there is no partial evaluation' };
const oneRun: Refused = { why: 'coverage is one run; what an index leaves out counts as not reached' };
const uncounted: Refused = { why: 'allocations are not counted by Node' };
const noServer: Refused = { why: 'no server is started' };
const unknowns: Refused = { short: 'u', why: 'there is no partial evaluation, so nothing is unknown to a query' };
const optimize: Refused = { short: 'O', why: 'there is no optimizer; the answer is the same without' };
const speed = 'it changes how opa finds the answer and not the answer';

export const regoActions: Record<'eval' | 'test' | 'check' | 'bench', Action> = {
  eval: {
    usage: ['policy eval [--data PATH]… [--input FILE] [--format FORMAT] [--explain MODE] QUERY'],
    options: {
      ...sources,
      ...asked,
      format: value('FORMAT', 'json (default), pretty, values, bindings, raw or discard', 'f'),
      explain: value('MODE', 'notes, fails, full or off, each line with its place and values'),
      'var-values': flag('explain: tell the values of variables, which is always done'),
      fail: flag('exit 1 when the answer is undefined'),
      'fail-defined': flag('exit 1 when there is an answer'),
      coverage: flag('which parts of the policy were reached'),
      metrics: flag('how long loading, compiling and evaluating took'),
      profile: flag('where evaluation spends its time, by line'),
      'profile-limit': value('N', 'profile: lines to show (default 10, 0 for all)'),
      'profile-sort': many(value('FIELD', 'profile: total_time_ns, num_eval, num_redo, num_gen_expr, file or line')),
      count: count('evaluate so many times; metrics are told as percentiles'),
      strict: flag('unused variables and imports are errors', 'S'),
      'strict-builtin-errors': flag('the first error of a builtin stops the evaluation'),
      'show-builtin-errors': flag('errors of builtins are told, where they only make an expression undefined'),
      timeout: value('DURATION', 'longest evaluation: 500ms, 2s, 1m'),
      'max-memory': memory,
      target,
      json,
    },
    refused: {
      partial,
      unknowns,
      optimize,
      'pretty-limit': { why: 'nothing is cut' },
      instrument: { why: "it counts steps of opa's own evaluator; --metrics and --profile tell times" },
      entrypoint: { short: 'e', why: 'it is for the optimizer' },
      'coverage-runs': oneRun,
      'disable-early-exit': { why: speed },
      'disable-indexing': { why: speed },
      'optimize-store-for-read-speed': { why: speed },
      'disable-inlining': whole,
      'shallow-inlining': whole,
      'nondeterminstic-builtins': whole,
    },
  },
  test: {
    usage: ['policy test [--run REGEX] [--coverage] [--threshold PERCENT] [--verbose] PATH…'],
    options: {
      data: many(value('PATH', 'a further file or folder; may be repeated', 'd')),
      ...paths,
      run: value('REGEX', 'only tests whose path fits', 'r'),
      verbose: flag('name every test, what it printed and how long it took', 'v'),
      format: value('FORMAT', 'pretty (default), json, or with --bench gobench', 'f'),
      'var-values': flag('below the expression that failed, the value of each of its parts'),
      coverage: flag('print which parts were reached as JSON, and no tests, as opa does', 'c'),
      threshold: value('PERCENT', 'exit 1 when less of the policy is covered'),
      timeout: value('DURATION', 'longest test: 500ms, 2s (default 5s, 30s with --bench)'),
      'max-memory': memory,
      count: count('run the tests so many times'),
      bench: flag('measure each test'),
      'exit-zero-on-skipped': flag('skipped tests are no failure', 'z'),
      'fail-on-empty': flag('no test is a failure, which it always is'),
      'max-errors': errors,
      sort: value('ORDER', 'json: none or duration'),
      at: asked['at'] as Option,
      target,
      json,
    },
    refused: {
      benchmem: uncounted,
      'coverage-runs': oneRun,
      explain: { why: 'each failed test names the expression that did not hold; --var-values tells its parts' },
      parallel: { short: 'p', why: 'tests run one after another' },
      watch: { short: 'w', why: 'the editor runs tests when a file is saved' },
    },
  },
  check: {
    usage: ['policy check [--strict] [--v0-compatible] [--format json] PATH…'],
    options: {
      ...paths,
      format: value('FORMAT', 'pretty (default) or json, on standard error as opa does', 'f'),
      'max-errors': errors,
      strict: flag('unused variables and imports are errors', 'S'),
      json,
    },
    refused: {
      'v0-v1': { why: 'check twice, with and without --v0-compatible' },
    },
  },
  bench: {
    usage: ['policy bench [--data PATH]… [--input FILE] QUERY'],
    options: {
      ...sources,
      ...asked,
      format: value('FORMAT', 'pretty (default), json or gobench', 'f'),
      fail: flag('exit 1 when the answer is undefined (default; --fail=false measures it)'),
      metrics: flag('percentiles of the evaluation (default; --metrics=false leaves them out)'),
      count: count('measure so many times'),
      samples: value('N', 'evaluations in each measurement (default: as many as fit in a second)'),
      target,
      json,
    },
    refused: {
      partial,
      unknowns,
      benchmem: uncounted,
      'config-file': { ...noServer, short: 'c' },
      e2e: { why: 'no server is started; npm run bench -- engines measures one' },
      'optimize-store-for-read-speed': { why: speed },
      'shutdown-grace-period': noServer,
      'shutdown-wait-period': noServer,
    },
  },
};

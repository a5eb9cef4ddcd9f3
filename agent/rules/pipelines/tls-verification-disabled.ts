import { fetchedUrl } from '../../model/script/fetch.ts';
import { type Command, effective, type Script, type Word } from '../../model/script.ts';
import { asText, entriesOf } from '../../model/tree/index.ts';
import type { Draft, MapNode, Range } from '../../model/types.ts';
import { defineRule, type RuleContext } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'tls-verification-disabled',
    title: 'Certificate check switched off',
    category: 'pipeline',
    severity: 'high',
    confidence: 'high',
    why: 'Without the check, anybody on the way can answer in the server’s place, read what is sent and change what comes back.\nIn a pipeline that is the source, the dependencies and the tokens.',
    fix: 'Remove the switch; give the tool the authority’s certificate instead (--cacert, NODE_EXTRA_CA_CERTS, REQUESTS_CA_BUNDLE, GIT_SSL_CAINFO).',
    sources: ['https://cwe.mitre.org/data/definitions/295.html', 'https://curl.se/docs/sslcerts.html'],
  },
  reads: 'script',
  *check(script, context) {
    for (const command of script.commands) yield* judgeCommand(script, command);
    yield* judgeEnvironment(script, context);
  },
});

function* judgeCommand(script: Script, command: Command): Generator<Draft> {
  for (const { name, value } of command.assignments) {
    if (isOff(name, value.text)) yield draft(script, value.range, `${name}=${value.text}`);
  }
  const run = effective(command);
  if (!run) return;
  if (/^(?:export|env|set|setx|declare)$/.test(run.name) || command.words.some((word) => /^\w+=/.test(word.text))) {
    for (const word of command.words) {
      const pair = /^(\w+)=(.*)$/.exec(word.text);
      if (pair?.[1] && isOff(pair[1], pair[2] ?? '')) yield draft(script, word.range, word.text);
    }
  }
  const flag = flagOf(run.name, run.args);
  // `config set strict-ssl false` names the setting in one word and turns it off in the next.
  const off = flag && /^(?:http\b.*sslverify|strict-ssl)$/i.test(flag.text) ? '=false' : '';
  if (flag && !isLocal(command)) yield draft(script, flag.range, `${run.name} ${flag.text}${off}`);
}

function draft(script: Script, range: Range, what: string): Draft {
  return {
    path: script.document.path,
    range,
    message: `${what} accepts any certificate: whoever is on the way can read and change the traffic`,
    severity: script.origin === 'file' ? 'medium' : 'high',
    identity: what,
  };
}

const switches: Record<string, RegExp> = {
  GIT_SSL_NO_VERIFY: /^(?:1|true|yes)$/i,
  NODE_TLS_REJECT_UNAUTHORIZED: /^0$/,
  PYTHONHTTPSVERIFY: /^0$/,
  npm_config_strict_ssl: /^false$/i,
  NPM_CONFIG_STRICT_SSL: /^false$/i,
  YARN_ENABLE_STRICT_SSL: /^(?:0|false)$/i,
  GOINSECURE: /^.+$/,
  CURL_INSECURE: /^(?:1|true)$/i,
};

function isOff(name: string, value: string): boolean {
  return Object.hasOwn(switches, name) && (switches[name] as RegExp).test(value.replace(/^["']|["']$/g, ''));
}

function flagOf(name: string, args: Word[]): Word | undefined {
  const find = (pattern: RegExp) => args.find((word) => pattern.test(word.text));
  switch (name) {
    case 'curl':
      return find(/^(?:--insecure|--proxy-insecure|-[a-zA-Z#]{0,20}k[a-zA-Z#]{0,20})$/);
    case 'wget':
      return find(/^--no-check-certificate$/);
    case 'git':
      return find(/^http(?:\..*)?\.sslVerify=(?:false|0)$/i) ?? configured(args, /^http(?:\..*)?\.sslverify$/i);
    case 'npm':
    case 'yarn':
    case 'pnpm':
      return find(/^--(?:no-strict-ssl|strict-ssl=false)$/) ?? configured(args, /^strict-ssl$/);
    case 'pip':
    case 'pip3':
      return find(/^--trusted-host(?:=|$)/);
    case 'kubectl':
    case 'oc':
      return find(/^--insecure-skip-tls-verify(?:=true)?$/);
    case 'helm':
      return find(/^--(?:insecure-skip-tls-verify|kube-insecure-skip-tls-verify)$/);
    case 'docker':
    case 'podman':
    case 'skopeo':
    case 'buildah':
      return find(/^--(?:(?:src-|dest-)?tls-verify=false|insecure-registry)/);
    default:
      if (/^(?:iwr|irm|invoke-webrequest|invoke-restmethod)$/i.test(name)) return find(/^-SkipCertificateCheck$/i);
      return undefined;
  }
}

/** `config set strict-ssl false`, `config --global http.sslVerify false`. */
function configured(args: Word[], key: RegExp): Word | undefined {
  if (args[0]?.text !== 'config') return undefined;
  const at = args.findIndex((word) => key.test(word.text));
  return at !== -1 && /^(?:false|0)$/i.test(args[at + 1]?.text ?? '') ? args[at] : undefined;
}

/** A server on this machine, or a service of the job by its bare name, has no certificate that could be checked. */
function isLocal(command: Command): boolean {
  const url = fetchedUrl(command);
  return url.local || /^https:\/\/[\w-]+(?::\d+)?(?:\/|$)/i.test(url.text);
}

/** Variables of the step, and once per job and workflow those that stand above it. */
function* judgeEnvironment(script: Script, context: RuleContext): Generator<Draft> {
  const { block, instruction } = script;
  if (instruction?.stage) {
    if (firstOf(context, script, (other) => other.instruction?.stage === instruction.stage))
      yield* judgeEnvInstructions(script);
    return;
  }
  if (!block) return;
  const { step, job } = block;
  yield* judgeMap(script, step?.env);
  if (!job) return;
  if (firstOf(context, script, (other) => other.block?.job === job)) yield* judgeMap(script, job.env);
  if (firstOf(context, script, () => true)) yield* judgeMap(script, job.workflow.env);
}

function firstOf(context: RuleContext, script: Script, belongs: (other: Script) => boolean): boolean {
  return context.all('script').find((other) => other.document === script.document && belongs(other)) === script;
}

function* judgeMap(script: Script, env: MapNode | undefined): Generator<Draft> {
  for (const { key, value } of entriesOf(env)) {
    const text = asText(value);
    if (text === undefined || !isOff(key.text, text)) continue;
    yield draft(script, [key.range[0], value?.range[1] ?? key.range[1]], `${key.text}=${text}`);
  }
}

function* judgeEnvInstructions(script: Script): Generator<Draft> {
  for (const instruction of script.instruction?.stage?.instructions ?? []) {
    if (instruction.keyword !== 'ENV' && instruction.keyword !== 'ARG') continue;
    for (const match of instruction.arguments.text.matchAll(/(?<!\w)(\w{1,100})(?:=|\s{1,20})("[^"]*"|'[^']*'|\S+)/g)) {
      if (!isOff(match[1] as string, match[2] as string)) continue;
      const start = instruction.arguments.offsetAt(match.index);
      yield draft(
        script,
        [start, instruction.arguments.offsetAt(match.index + match[0].length - 1) + 1],
        `${match[1]}=${match[2]}`,
      );
    }
  }
}

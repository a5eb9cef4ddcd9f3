import { alphanumeric, base64, base64Url, digits, hex, lower, upper } from '../random.ts';
import type { Credential } from './vendors.ts';

/**
 * Models, analytics, builds and packages: under the names that the vendors' own pages, clients and servers give them.
 * `stated`: the page says how long it is and of what it consists; `named`: it says what it is called or how it begins.
 */
type Part = string | readonly [alphabet: string, length: number];

const stated = (id: string, variable: string, ...parts: Part[]): Credential => ({ id, variable, parts, exact: true });
const named = (id: string, variable: string, ...parts: Part[]): Credential => ({ id, variable, parts, exact: false });

const x = (length: number): Part => [hex, length];
const a = (length: number): Part => [alphanumeric, length];
const b = (length: number): Part => [base64Url, length];
const s = (length: number): Part => [base64, length];
const l = (length: number): Part => [lower + digits, length];
const uuid: readonly Part[] = [x(8), '-', x(4), '-4', x(3), '-a', x(3), '-', x(12)];
const base32 = `${upper}234567`;
const dashed: readonly Part[] = [l(7), '-', l(7), '-', l(7), '-', l(7)];

export const modelsAndBuilds: readonly Credential[] = [
  stated('replicate-token', 'REPLICATE_API_TOKEN', 'r8_', a(37)),
  stated('openrouter-api-key', 'OPENROUTER_API_KEY', 'sk-or-v1-', x(64)),
  named('langsmith-api-key', 'LANGSMITH_API_KEY', 'lsv2_pt_', x(32), '_', x(10)),
  named('langsmith-api-key', 'LANGSMITH_API_KEY', 'lsv2_sk_', x(32), '_', x(10)),
  named('tavily-api-key', 'TAVILY_API_KEY', 'tvly-', a(32)),
  named('nvidia-api-key', 'NVIDIA_API_KEY', 'nvapi-', b(64)),
  named('docker-token', 'DOCKERHUB_TOKEN', 'dckr_pat_', b(27)),
  named('elevenlabs-api-key', 'ELEVEN_API_KEY', x(32)),
  stated('clearml-key', 'CLEARML_API_SECRET_KEY', a(50)),
  named('modal-token', 'MODAL_TOKEN_SECRET', 'as-', a(22)),
  named('context7-key', 'CONTEXT7_API_KEY', 'ctx7sk-', ...uuid),
  named('context7-key', 'CONTEXT7_API_KEY', 'ctx7op-', a(8), '_', a(16)),
  named('fal-api-key', 'FAL_KEY', ...uuid, ':', x(32)),
  named('pinecone-api-key', 'PINECONE_API_KEY', ...uuid),
  named('wandb-api-key', 'WANDB_API_KEY', 'wandb_v1_', a(77)),
  named('voiceflow-key', 'VOICEFLOW_API_KEY', 'VF.DM.', x(24), '.', a(16)),
  named('promptlayer-key', 'PROMPTLAYER_API_KEY', 'pl_', x(32)),
  named('helicone-api-key', 'HELICONE_API_KEY', 'sk-helicone-', ...dashed),
  named('helicone-api-key', 'HELICONE_API_KEY', 'sk-helicone-eu-', ...dashed),
  named('helicone-api-key', 'HELICONE_PROXY_KEY', 'sk-helicone-proxy-', ...dashed, '-', ...uuid),
  named('litellm-key', 'LITELLM_MASTER_KEY', 'sk-', b(22)),
  named('runway-secret', 'RUNWAYML_API_SECRET', 'key_', x(128)),
  named('statsig-key', 'STATSIG_SERVER_SECRET', 'secret-', a(43)),
  named('statsig-key', 'STATSIG_CONSOLE_API_KEY', 'console-', a(43)),
  named('guardsquare-token', 'APPSWEEP_API_KEY', 'gs_appsweep_', a(43)),
  stated('gocd-token', 'GOCD_ACCESS_TOKEN', x(40)),
  stated('openvsx-token', 'OVSX_PAT', 'ovsxp_', ...uuid),
  stated('sourcegraph-token', 'SRC_ACCESS_TOKEN', x(40)),
  named('packagist-token', 'PACKAGIST_API_TOKEN', x(20)),
  stated('sonar-token', 'SONAR_TOKEN', x(40)),
  named('argos-token', 'ARGOS_TOKEN', 'argos_', a(34)),
  named('shorebird-token', 'SHOREBIRD_TOKEN', Buffer.from('{"refresh_token":"').toString('base64'), s(180)),
  stated('woodpecker-token', 'WOODPECKER_AGENT_SECRET', [base32, 52], '===='),
  named('percy-token', 'PERCY_TOKEN', 'web_', x(64)),
  named('localstack-token', 'LOCALSTACK_AUTH_TOKEN', 'ls-', a(8), '-', a(4), '-', a(4), '-', a(4), '-', a(12)),
  named('depot-token', 'DEPOT_TOKEN', 'depot_project_', x(64)),
  named('clarifai-token', 'CLARIFAI_PAT', x(32)),
  named('dashscope-api-key', 'DASHSCOPE_API_KEY', 'sk-', x(32)),
  named('exa-api-key', 'EXA_API_KEY', ...uuid),
  named('together-api-key', 'TOGETHER_API_KEY', x(64)),
  named('browserbase-api-key', 'BROWSERBASE_API_KEY', 'bb_live_', a(27)),
  named('steel-key', 'STEEL_API_KEY', 'ste-', a(64)),
  named('portkey-api-key', 'PORTKEY_API_KEY', s(27), '='),
  named('friendli-token', 'FRIENDLI_TOKEN', 'flp_', a(46)),
  named('delighted-api-key', 'DELIGHTED_API_KEY', a(32)),
  named('expo-token', 'EXPO_TOKEN', b(40)),
  named('browserstack-key', 'BROWSERSTACK_ACCESS_KEY', a(20)),
  named('saucelabs-key', 'SAUCE_API_KEY', ...uuid),
  stated('semgrep-token', 'SEMGREP_APP_TOKEN', x(64)),
  named('transifex-token', 'TX_TOKEN', '1/', x(40)),
  named('linkup-key', 'LINKUP_API_KEY', ...uuid),
  named('ai21-api-key', 'AI21_API_KEY', a(32)),
  named('runpod-api-key', 'RUNPOD_API_KEY', 'rpa_', a(44)),
  named('serpapi-key', 'SERP_API_KEY', x(64)),
  named('xai-api-key', 'XAI_API_KEY', 'xai-', a(80)),
  named('perplexity-api-key', 'PERPLEXITY_API_KEY', 'pplx-', a(48)),
  named('fossa-api-key', 'FOSSA_API_KEY', x(32)),
  named('nx-cloud-token', 'NX_CLOUD_ACCESS_TOKEN', s(54), '=='),
  named('gradle-key', 'GRADLE_PUBLISH_KEY', a(32)),
  named('gradle-key', 'GRADLE_PUBLISH_SECRET', a(32)),
  named('knapsack-token', 'KNAPSACK_PRO_TEST_SUITE_TOKEN', x(32)),
  named('socket-token', 'SOCKET_CLI_API_TOKEN', 'sktsec_', b(50), '_api'),
  named('pypi-password', 'PYPI_TOKEN', 'pypi-', b(170)),
  named('zep-key', 'ZEP_API_KEY', 'z_1dWlk', b(60), '.', b(86)),
  named('stability-api-key', 'STABILITY_KEY', 'sk-', a(48)),
  named('cerebras-api-key', 'CEREBRAS_API_KEY', 'csk-', l(48)),
  named('clearbit-api-key', 'CLEARBIT_KEY', 'sk_', x(32)),
  stated('growthbook-key', 'GROWTHBOOK_ENCRYPTION_KEY', s(22), '=='),
  named('coveralls-token', 'COVERALLS_REPO_TOKEN', a(33)),
  named('endorlabs-key', 'ENDOR_API_CREDENTIALS_SECRET', b(40)),
  named('lambdatest-key', 'LT_ACCESS_KEY', a(50)),
];

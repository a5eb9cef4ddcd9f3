import { crc32 } from 'node:zlib';
import { alphanumeric, base32, base64, base64Url, digits, hex, lower, type Random, upper } from './random.ts';
import { byThemselves } from './secrets/read-clouds-commerce.ts';
import { readAddresses } from './secrets/read-tools-press.ts';

/** One format. `near` is what stands before the value where the value alone says nothing. */
export interface Shape {
  name: string;
  make: (random: Random) => string;
  near?: string;
  /** The page states prefix, length and alphabet, so that one character more, less or of another alphabet is none. */
  exact?: true;
}

type Part = string | readonly [alphabet: string, length: number];

/** A value that is literal parts and random parts in turn. */
function plain(name: string, ...parts: Part[]): Shape {
  return {
    name,
    make: (random) => parts.map((part) => (typeof part === 'string' ? part : random.text(part[0], part[1]))).join(''),
  };
}

function exact(shape: Shape): Shape {
  return { ...shape, exact: true };
}

function under(near: string, shape: Shape): Shape {
  return { ...shape, near };
}

/** Thirty random characters, or as many as told, then their CRC-32 in base 62, six digits. */
function checked(name: string, prefix: string, length = 30): Shape {
  return {
    name,
    make: (random) => {
      const body = random.text(alphanumeric, length);
      return `${prefix}${body}${base62(crc32(body), 6)}`;
    },
  };
}

function base62(value: number, width: number): string {
  const order = digits + upper + lower;
  let out = '';
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) out = order[rest % 62] + out;
  return out.padStart(width, '0');
}

function cloudflare(prefix: string): Shape {
  return {
    name: 'cloudflare-token',
    make: (random) => {
      const body = random.text(alphanumeric, 40);
      return `${prefix}${body}${crc32(body).toString(16).padStart(8, '0')}`;
    },
  };
}

const uuidParts: Part[] = [[hex, 8], '-', [hex, 4], '-4', [hex, 3], '-a', [hex, 3], '-', [hex, 12]];
const text32: Part = [alphanumeric, 32];
const hex32: Part = [hex, 32];
const hex40: Part = [hex, 40];
const hex64: Part = [hex, 64];

export const shapes: readonly Shape[] = [
  checked('github-token', 'ghp_'),
  exact(plain('netsapiens-key', 'nsu_', [alphanumeric, 48], [hex, 8])),
  checked('github-token', 'gho_'),
  checked('github-token', 'ghu_'),
  checked('github-token', 'ghs_'),
  plain('github-token', 'github_pat_', [alphanumeric, 22], '_', [alphanumeric, 59]),
  plain('gitlab-token', 'glpat-', [base64Url, 19], '7'),
  plain('gitlab-token', 'glpat-', [base64Url, 26], '4.0', [hex, 1], '.', [lower + digits, 9]),
  plain('gitlab-token', 'gldt-', [base64Url, 19], '3'),
  plain('gitlab-token', 'glrt-', [base64Url, 19], 'b'),
  plain('gitlab-token', 'glptt-', hex40),
  plain('gitlab-token', 'GR1348941', [base64Url, 19], 'c'),
  plain('atlassian-token', 'ATATT3xFfGF0', [base64Url, 171], '=', [`${digits}ABCDEF`, 8]),
  plain('bitbucket-app-password', 'ATBB', [alphanumeric, 24], [`${digits}ABCDEF`, 8]),
  plain('sourcegraph-token', 'sgp_', [hex, 16], '_', hex40),
  checked('npm-token', 'npm_'),
  plain('pypi-token', 'pypi-', 'AgEIcHlwaS5vcmc', [base64Url, 120], 'A'),
  plain('rubygems-token', 'rubygems_', [hex, 48]),
  plain('nuget-api-key', 'oy2', ['abcdefghijklmnop', 1], [`234567${lower}`, 42]),
  plain('crates-io-token', 'cio', text32),
  plain('docker-token', 'dckr_pat_', [base64Url, 26], 'x'),
  plain('docker-token', 'dckr_oat_', [base64Url, 31], 'x'),
  plain('clojars-token', 'CLOJARS_', [lower + digits, 60]),
  ...['ort', 'out', 'uut'].map((kind) => ({
    name: 'packagist-token',
    make: (random: Random) => {
      const token = `packagist_${kind}_${random.text(hex, 60)}`;
      return token + crc32(token).toString(16).padStart(8, '0');
    },
  })),
  plain('jfrog-token', 'AKCp', [alphanumeric, 69]),
  plain('sonar-token', 'sqp_', hex40),
  plain('aws-access-key', 'AKIA', [base32, 16]),
  under('TABLEAU_TOKEN_SECRET=', plain('tableau-token', [base64, 22], '==:', [alphanumeric, 32])),
  under('SharedAccessKey=', plain('azure-shared-access-key', [base64, 43], '=')),
  under('aws_secret_access_key = ', plain('aws-secret-access-key', [base64, 37], 'aZ9')),
  plain('google-api-key', 'AIza', [base64Url, 34], 'Q'),
  plain('google-oauth-client-secret', 'GOCSPX-', [base64Url, 27], 'k'),
  plain('google-oauth-token', 'ya29.', [base64Url, 150], 'w'),
  cloudflare('cfk_'),
  cloudflare('cfut_'),
  cloudflare('cfat_'),
  plain('digitalocean-token', 'dop_v1_', hex64),
  plain('heroku-api-key', 'HRKU-AA', [base64Url, 57], 'g'),
  plain('fly-token', 'fo1_', [base64Url, 42], 'a'),
  plain('vercel-token', 'vcp_', [alphanumeric, 56]),
  plain('netlify-token', 'nfp_', [alphanumeric, 36]),
  plain('supabase-token', 'sbp_', hex40),
  plain('planetscale-token', 'pscale_tkn_', [base64Url, 42], 'a'),
  plain('neon-api-key', 'napi_', [lower + digits, 64]),
  plain('alibaba-access-key', 'LTAI5t', [alphanumeric, 18]),
  plain('tencent-secret-id', 'AKID', text32),
  plain('openshift-token', 'sha256~', [base64Url, 42], 'a'),
  plain('azure-storage-key', [base64, 76], '+ASt', [base64, 5], 'A=='),
  under('AccountName=acme;AccountKey=', plain('azure-storage-key', [base64, 86], '==')),
  plain('azure-cosmos-key', [base64, 76], 'ACDb', [base64, 5], 'Q=='),
  plain('azure-service-bus-key', [base64, 33], '+ASbC', [base64, 5], '='),
  plain('azure-functions-key', [base64Url, 44], 'AzFu', [base64Url, 5], 'w=='),
  plain('azure-search-key', [alphanumeric, 42], 'AzSeB', [alphanumeric, 5]),
  plain('azure-openai-key', [alphanumeric, 52], 'JQQJ99', [alphanumeric, 26]),
  plain('azure-devops-token', [alphanumeric, 76], 'AZDO', [alphanumeric, 4]),
  plain('azure-client-secret', [alphanumeric, 3], '8Q~', [alphanumeric, 34]),
  under('?sv=2024-11-04&se=2030-01-01T00%3A00%3A00Z&sp=r&sig=', plain('azure-sas-token', [alphanumeric, 43], '%3D')),
  plain('openai-api-key', 'sk-proj-', [base64Url, 74], 'T3BlbkFJ', [base64Url, 73], 'A'),
  plain('openai-api-key', 'sk-', [alphanumeric, 20], 'T3BlbkFJ', [alphanumeric, 20]),
  plain('sk-api-key', 'sk-', [alphanumeric, 48]),
  plain('anthropic-api-key', 'sk-ant-', 'api03-', [base64Url, 93], 'AA'),
  plain('huggingface-token', 'hf_', [upper + lower, 34]),
  plain('groq-api-key', 'gsk_', [alphanumeric, 52]),
  plain('replicate-token', 'r8_', [alphanumeric, 37]),
  plain('perplexity-api-key', 'pplx-', [alphanumeric, 48]),
  plain('xai-api-key', 'xai-', [alphanumeric, 80]),
  plain('openrouter-api-key', 'sk-or-v1-', hex64),
  plain('langsmith-api-key', 'lsv2_pt_', hex32, '_', [hex, 10]),
  plain('nvidia-api-key', 'nvapi-', [base64Url, 63], 'a'),
  plain('pinecone-api-key', 'pcsk_', [alphanumeric, 6], '_', [alphanumeric, 63]),
  plain('fireworks-api-key', 'fw_', [alphanumeric, 24]),
  plain('elevenlabs-api-key', 'sk_', [hex, 48]),
  plain('cerebras-api-key', 'csk-', [lower + digits, 48]),
  plain('together-api-key', 'tgp_v1_', [base64Url, 42], 'a'),
  plain('tavily-api-key', 'tvly-', text32),
  plain('firecrawl-api-key', 'fc-', hex32),
  plain('e2b-api-key', 'e2b_', hex40),
  plain('apify-token', 'apify_api_', [alphanumeric, 36]),
  plain('langfuse-secret-key', 'sk-lf-', ...uuidParts),
  plain('slack-token', 'xoxb-', [digits, 12], '-', [digits, 13], '-', [alphanumeric, 24]),
  plain('slack-token', 'xoxp-', [digits, 12], '-', [digits, 12], '-', [digits, 13], '-', hex32),
  plain('slack-token', 'xapp', '-1-A', [upper + digits, 10], '-', [digits, 13], '-', hex64),
  plain('slack-webhook', 'hooks.slack.com/services/T', [upper + digits, 8], '/B', [upper + digits, 10], '/', [
    alphanumeric,
    24,
  ]),
  plain('discord-webhook', '/api/webhooks/1', [digits, 17], '/', [base64Url, 67], 'a'),
  under(
    'DISCORD_TOKEN=',
    plain('discord-bot-token', 'MT', [alphanumeric, 24], '.G', [alphanumeric, 5], '.', [base64Url, 37], 'a'),
  ),
  plain('telegram-bot-token', '7', [digits, 9], ':AA', [base64Url, 32], 'a'),
  under('TWILIO_AUTH_TOKEN=', plain('twilio-auth-token', hex32)),
  plain('sendgrid-api-key', 'SG.', [base64Url, 22], '.', [base64Url, 42], 'a'),
  under('MAILGUN_API_KEY=', plain('mailgun-api-key', 'key-', hex32)),
  plain('mailchimp-api-key', hex32, '-us12'),
  plain('brevo-api-key', 'xkeysib-', hex64, '-', [alphanumeric, 16]),
  plain('resend-api-key', 're_', [alphanumeric, 8], '_', [alphanumeric, 24]),
  plain('facebook-token', 'EAA', [alphanumeric, 170]),
  plain('stripe-secret-key', 'sk_live_51', [alphanumeric, 97]),
  plain('stripe-secret-key', 'rk_live_', [alphanumeric, 24]),
  plain('stripe-test-key', 'sk_test_', [alphanumeric, 24]),
  plain('stripe-webhook-secret', 'whsec_', text32),
  plain('publishable-key', 'pk_live_', [alphanumeric, 24]),
  plain('square-token', 'sq0atp-', [base64Url, 21], 'a'),
  plain('braintree-token', 'access_token$production$', [lower + digits, 16], '$', hex32),
  plain('shopify-token', 'shpat_', hex32),
  plain('plaid-token', 'access-production-', ...uuidParts),
  plain('flutterwave-secret-key', 'FLWSECK-', [hex, 32], '-X'),
  plain('mollie-api-key', 'live_', [alphanumeric, 30]),
  plain('lob-api-key', 'live_', [hex, 35]),
  plain('easypost-api-key', 'EZAK', [alphanumeric, 54]),
  plain('duffel-token', 'duffel_live_', [base64Url, 42], 'a'),
  plain('shippo-token', 'shippo_live_', hex40),
  {
    name: 'grafana-token',
    make: (random) => {
      const head = `glsa_${random.text(alphanumeric, 32)}`;
      const sum = Buffer.alloc(4);
      sum.writeUInt32LE(crc32(head));
      return `${head}_${sum.toString('hex')}`;
    },
  },
  plain('newrelic-key', 'NRAK-', [upper + digits, 27]),
  plain('newrelic-key', [hex, 36], 'NRAL'),
  plain('sentry-token', 'sntryu_', hex64),
  under('DD_API_KEY=', plain('datadog-key', hex32)),
  plain('dynatrace-token', 'dt0c01.', [upper + digits, 24], '.', [upper + digits, 64]),
  plain('circleci-token', 'CCIPAT_', [alphanumeric, 22], '_', hex40),
  plain('buildkite-token', 'bkua_', hex40),
  plain('octopus-api-key', 'API-', [upper + digits, 30]),
  plain('harness-token', 'pat.', [base64Url, 22], '.', [hex, 24], '.', [alphanumeric, 20]),
  plain('vault-token', 'hvs.', [base64Url, 94], 'a'),
  plain('terraform-cloud-token', [alphanumeric, 14], '.atlasv1.', [alphanumeric, 67]),
  plain('doppler-token', 'dp.pt.', [alphanumeric, 43]),
  plain('pulumi-token', 'pul-', hex40),
  plain('databricks-token', 'dapi', hex32),
  plain('tailscale-key', 'tskey-auth-k', [alphanumeric, 11], 'CNTRL-', [alphanumeric, 33]),
  plain(
    'onepassword-secret-key',
    'A3-',
    [upper + digits, 6],
    '-',
    [upper + digits, 11],
    '-',
    [upper + digits, 5],
    '-',
    [upper + digits, 5],
    '-',
    [upper + digits, 5],
  ),
  plain('postman-api-key', 'PMAK-', [hex, 24], '-', [hex, 34]),
  plain('infracost-api-key', 'ico-', text32),
  plain('prefect-api-key', 'pnu_', [alphanumeric, 36]),
  plain('launchdarkly-token', 'sdk-', ...uuidParts),
  plain('posthog-key', 'phx_', [alphanumeric, 43]),
  plain('age-secret-key', 'AGE-SECRET-KEY-1', ['QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58]),
  plain('age-secret-key', 'AGE-SECRET-KEY-PQ-1', ['QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58]),
  plain('yandex-token', 't1.', [base64Url, 90], '.', [base64Url, 85], 'a'),
  plain('yandex-token', 'y3_', [base64Url, 54], 'a'),
  plain('vault-token', 'hvs.', [alphanumeric, 24]),
  plain('sonar-token', 'sqb_', hex40),
  plain('maxmind-key', [alphanumeric, 6], '_', [alphanumeric, 29], '_mmk'),
  plain('firebase-key', 'AAAA', [base64Url, 7], ':APA91b', [base64Url, 133], 'k'),
  plain('headscale-key', 'hskey-api-', [base64Url, 12], '-', [base64Url, 63], 'k'),
  plain('netbird-token', 'nbp_', [alphanumeric, 36]),
  plain('plane-token', 'plane_api_', hex32),
  plain('outline-token', 'ol_api_', [alphanumeric, 38]),
  plain('langflow-key', 'sk-', [base64Url, 42], 'k'),
  plain('gotify-token', 'gtfy_app.', [base64Url, 42], 'k'),
  plain('daytona-key', 'dtn_', hex64),
  plain('n8n-key', 'n8n_api_', [hex, 80]),
  plain('portainer-key', 'ptr_', [base64, 43], '='),
  plain('dub-token', 'dub_', [alphanumeric, 24]),
  plain('calcom-key', 'cal_', hex32),
  plain('flagsmith-key', 'ser.', [alphanumeric, 22]),
  plain('wakatime-key', 'waka_', ...uuidParts),
  plain('metabase-key', 'mb_', [base64, 43], '='),
  under('GHOST_ADMIN_API_KEY=', plain('ghost-key', [hex, 24], ':', hex64)),
  plain('docker-swarm-token', 'SWMTKN-1-', [lower + digits, 50], '-', [lower + digits, 25]),
  plain('sourcegraph-token', 'sgp_local_', hex40),
  plain('notion-token', 'ntn_', [digits, 11], [alphanumeric, 35]),
  plain('linear-token', 'lin_api_', [alphanumeric, 40]),
  plain('figma-token', 'figd_', [base64Url, 39], 'a'),
  plain('airtable-token', 'pat', [alphanumeric, 14], '.', hex64),
  plain('contentful-token', 'CFPAT-', [base64Url, 42], 'a'),
  plain('hubspot-token', 'pat-na1-', ...uuidParts),
  plain('typeform-token', 'tfp_', [alphanumeric, 44]),
  plain('dropbox-token', 'sl.u.', [base64Url, 150], 'a'),
  plain('adobe-client-secret', 'p8e-', [base64Url, 31], 'a'),
  plain('clickup-token', 'pk_', [digits, 8], '_', [upper + digits, 32]),
  plain('readme-api-key', 'rdme_', [lower + digits, 70]),
  exact(checked('thunderstore-token', 'tss_')),
  exact(checked('polar-token', 'polar_oat_', 37)),
  exact(checked('polar-token', 'polar_pat_', 37)),
  exact(checked('polar-token', 'polar_at_o_', 37)),
  exact(checked('polar-token', 'polar_rt_u_', 37)),
  exact(checked('polar-token', 'polar_cs_', 37)),
  {
    name: 'matrix-token',
    exact: true,
    make: (random) => {
      const user = Buffer.from(random.text(lower, 9)).toString('base64').replace(/=+$/, '');
      const base = `syt_${user}_${random.text(lower + upper, 20)}`;
      return `${base}_${base62(crc32(base), 6)}`;
    },
  },
  exact(plain('weblate-token', 'wlu_', [alphanumeric, 36])),
  exact(plain('weblate-token', 'wlp_', [alphanumeric, 36])),
  exact(plain('lichess-token', 'lio_', text32)),
  plain('ory-token', 'ory_at_', [base64Url, 43], '.', [base64Url, 42], 'k'),
  plain('honeycomb-key', 'hcaik_', [lower + digits, 58]),
  under('OKTA_API_TOKEN=', plain('okta-token', '00', [base64Url, 39], 'a')),
  under('SNYK_TOKEN=', plain('snyk-token', ...uuidParts)),
  under('FASTLY_API_TOKEN=', plain('fastly-token', [base64Url, 31], 'a')),
  ...byThemselves,
  ...readAddresses,
];

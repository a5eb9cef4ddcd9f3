import { alphanumeric, base64, base64Url, digits, hex, lower, type Random, upper } from '../random.ts';

/**
 * Credentials as their vendors describe them, written without looking at the tables: rule id, the name under which
 * people keep it in the environment, and the value as literal text and (alphabet, length) in turn. `exact` values have a
 * length and an alphabet that the vendor states or that all its keys have, so that one character more or less is none.
 */
export interface Credential {
  id: string;
  variable: string;
  parts: readonly Part[];
  exact: boolean;
}

type Part = string | readonly [alphabet: string, length: number];

const exact = (id: string, variable: string, ...parts: Part[]): Credential => ({ id, variable, parts, exact: true });
const loose = (id: string, variable: string, ...parts: Part[]): Credential => ({ id, variable, parts, exact: false });

const x = (length: number): Part => [hex, length];
const a = (length: number): Part => [alphanumeric, length];
const b = (length: number): Part => [base64Url, length];
const s = (length: number): Part => [base64, length];
const lowerDigits = (length: number): Part => [lower + digits, length];
const upperDigits = (length: number): Part => [upper + digits, length];
const uuid: readonly Part[] = [x(8), '-', x(4), '-4', x(3), '-a', x(3), '-', x(12)];

export const credentials: readonly Credential[] = [
  exact('assemblyai-api-key', 'ASSEMBLYAI_API_KEY', x(32)),
  exact('cohere-api-key', 'COHERE_API_KEY', a(40)),
  exact('deepgram-api-key', 'DEEPGRAM_API_KEY', x(40)),
  exact('deepl-api-key', 'DEEPL_AUTH_KEY', ...uuid, ':fx'),
  exact('deepseek-api-key', 'DEEPSEEK_API_KEY', 'sk-', x(32)),
  exact('mistral-api-key', 'MISTRAL_API_KEY', a(32)),
  exact('serpapi-key', 'SERPAPI_KEY', x(64)),
  exact('scraperapi-key', 'SCRAPERAPI_KEY', x(32)),
  exact('wandb-api-key', 'WANDB_API_KEY', x(40)),
  exact('voyage-api-key', 'VOYAGE_API_KEY', 'pa-', b(43)),
  exact('zhipu-api-key', 'ZHIPU_API_KEY', x(32), '.', a(16)),
  exact('amplitude-key', 'AMPLITUDE_API_KEY', x(32)),
  exact('mixpanel-key', 'MIXPANEL_API_SECRET', x(32)),
  exact('klaviyo-api-key', 'KLAVIYO_PRIVATE_KEY', 'pk_', x(34)),
  exact('braze-api-key', 'BRAZE_REST_API_KEY', ...uuid),
  exact('mailersend-token', 'MAILERSEND_API_KEY', 'mlsn.', x(64)),
  exact('mailjet-key', 'MAILJET_SECRET_KEY', x(32)),
  exact('mailgun-api-key', 'MAILGUN_API_KEY', 'key-', x(32)),
  exact('mailgun-api-key', 'MAILGUN_API_KEY', x(32), '-', x(8), '-', x(8)),
  exact('postmark-token', 'POSTMARK_SERVER_TOKEN', ...uuid),
  exact('sparkpost-api-key', 'SPARKPOST_API_KEY', x(40)),
  exact('twilio-auth-token', 'TWILIO_AUTH_TOKEN', x(32)),
  exact('pushover-token', 'PUSHOVER_TOKEN', lowerDigits(30)),
  exact('plivo-token', 'PLIVO_AUTH_TOKEN', a(40)),
  exact('zulip-api-key', 'ZULIP_API_KEY', a(32)),
  exact('pusher-secret', 'PUSHER_APP_SECRET', x(20)),
  exact('cloudflare-api-key', 'CLOUDFLARE_API_TOKEN', b(40)),
  exact('fastly-token', 'FASTLY_API_TOKEN', b(32)),
  exact('hetzner-token', 'HCLOUD_TOKEN', a(64)),
  exact('linode-token', 'LINODE_TOKEN', x(64)),
  exact('vultr-api-key', 'VULTR_API_KEY', upperDigits(36)),
  exact('heroku-api-key', 'HEROKU_API_KEY', ...uuid),
  exact('scaleway-key', 'SCW_SECRET_KEY', ...uuid),
  exact('porkbun-api-key', 'PORKBUN_SECRET_API_KEY', 'sk1_', x(64)),
  exact('cloudsmith-api-key', 'CLOUDSMITH_API_KEY', x(40)),
  exact('ibm-cloud-api-key', 'IBMCLOUD_API_KEY', b(44)),
  exact('circleci-token', 'CIRCLE_TOKEN', x(40)),
  exact('codecov-token', 'CODECOV_TOKEN', ...uuid),
  exact('snyk-token', 'SNYK_TOKEN', ...uuid),
  exact('lokalise-token', 'LOKALISE_API_TOKEN', x(40)),
  exact('crowdin-token', 'CROWDIN_PERSONAL_TOKEN', x(80)),
  exact('saucelabs-key', 'SAUCE_ACCESS_KEY', ...uuid),
  exact('algolia-admin-key', 'ALGOLIA_ADMIN_KEY', x(32)),
  exact('influxdb-token', 'INFLUXDB_TOKEN', b(86), '=='),
  exact('astra-token', 'ASTRA_DB_TOKEN', 'AstraCS:', a(24), ':', x(64)),
  exact('mongodb-atlas-key', 'MONGODB_ATLAS_PRIVATE_KEY', ...uuid),
  exact('dbt-cloud-token', 'DBT_CLOUD_TOKEN', x(40)),
  exact('taxjar-token', 'TAXJAR_API_KEY', x(32)),
  exact('plaid-token', 'PLAID_SECRET', x(30)),
  exact('recurly-key', 'RECURLY_API_KEY', x(32)),
  exact('paystack-key', 'PAYSTACK_SECRET_KEY', 'sk_live_', x(40)),
  exact('ebay-secret', 'EBAY_CERT_ID', 'PRD-', x(12), '-', x(4), '-', x(4), '-', x(4), '-', x(4)),
  exact('woocommerce-key', 'WC_CONSUMER_SECRET', 'cs_', x(40)),
  exact('paddle-key', 'PADDLE_API_KEY', 'pdl_live_apikey_', lowerDigits(26), '_', a(22), '_', a(3)),
  exact('binance-secret', 'BINANCE_API_SECRET', a(64)),
  exact('coinmarketcap-key', 'COINMARKETCAP_API_KEY', ...uuid),
  exact('bscscan-key', 'ETHERSCAN_API_KEY', upperDigits(34)),
  exact('infura-key', 'INFURA_API_KEY', x(32)),
  exact('pinata-key', 'PINATA_SECRET_API_KEY', x(64)),
  exact('nasdaq-data-link-key', 'QUANDL_API_KEY', b(20)),
  exact('abuseipdb-key', 'ABUSEIPDB_API_KEY', x(80)),
  exact('openweather-key', 'OPENWEATHER_API_KEY', x(32)),
  exact('geocodio-key', 'GEOCODIO_API_KEY', x(39)),
  exact('ipstack-key', 'IPSTACK_ACCESS_KEY', x(32)),
  exact('virustotal-key', 'VIRUSTOTAL_API_KEY', x(64)),
  exact('shodan-key', 'SHODAN_API_KEY', a(32)),
  exact('yelp-key', 'YELP_API_KEY', b(128)),
  exact('rapidapi-key', 'RAPIDAPI_KEY', a(50)),
  exact('locationiq-key', 'LOCATIONIQ_TOKEN', 'pk.', x(32)),
  exact('datadog-key', 'DATADOG_API_KEY', x(32)),
  exact('datadog-key', 'DD_APP_KEY', x(40)),
  exact('bugsnag-key', 'BUGSNAG_API_KEY', x(32)),
  exact('rollbar-token', 'ROLLBAR_ACCESS_TOKEN', x(32)),
  exact('opsgenie-key', 'OPSGENIE_API_KEY', ...uuid),
  exact('sumologic-key', 'SUMOLOGIC_ACCESS_KEY', a(64)),
  exact('honeycomb-key', 'HONEYCOMB_API_KEY', a(22)),
  exact('uptimerobot-key', 'UPTIMEROBOT_API_KEY', 'u', [digits, 7], '-', x(24)),
  exact('splunk-token', 'SPLUNK_HEC_TOKEN', ...uuid),
  exact('auth0-secret', 'AUTH0_CLIENT_SECRET', b(64)),
  exact('okta-token', 'OKTA_API_TOKEN', '00', b(40)),
  exact('asana-token', 'ASANA_TOKEN', '1/', [digits, 16], ':', x(32)),
  exact('trello-token', 'TRELLO_TOKEN', x(64)),
  exact('todoist-token', 'TODOIST_API_TOKEN', x(40)),
  exact('toggl-token', 'TOGGL_API_TOKEN', x(32)),
  exact('pipedrive-token', 'PIPEDRIVE_API_TOKEN', x(40)),
  exact('zendesk-token', 'ZENDESK_API_TOKEN', a(40)),
  exact('hubspot-token', 'HUBSPOT_API_KEY', ...uuid),
  exact('bitly-token', 'BITLY_ACCESS_TOKEN', x(40)),
  exact('recaptcha-secret', 'RECAPTCHA_SECRET_KEY', '6L', b(38)),
  exact('mattermost-token', 'MATTERMOST_TOKEN', lowerDigits(26)),
  exact('zoho-secret', 'ZOHO_REFRESH_TOKEN', '1000.', x(32), '.', x(32)),
  exact('spotify-secret', 'SPOTIFY_CLIENT_SECRET', x(32)),
  exact('lastfm-key', 'LASTFM_API_KEY', x(32)),
  exact('newsapi-key', 'NEWSAPI_KEY', x(32)),
  exact('tmdb-key', 'TMDB_API_KEY', x(32)),
  exact('steam-key', 'STEAM_API_KEY', [`${digits}ABCDEF`, 32]),
  exact('twitch-secret', 'TWITCH_CLIENT_SECRET', lowerDigits(30)),
  exact('facebook-token', 'FACEBOOK_APP_SECRET', x(32)),
  exact('riot-key', 'RIOT_API_KEY', 'RGAPI-', ...uuid),
  exact('strava-secret', 'STRAVA_CLIENT_SECRET', x(40)),
  exact('pexels-key', 'PEXELS_API_KEY', a(56)),
  exact('wakatime-key', 'WAKATIME_API_KEY', 'waka_', ...uuid),
  exact('discourse-key', 'DISCOURSE_API_KEY', x(64)),
  exact('ghost-key', 'GHOST_CONTENT_API_KEY', x(26)),
  exact('ghost-key', 'GHOST_ADMIN_API_KEY', x(24), ':', x(64)),
  exact('coder-token', 'CODER_SESSION_TOKEN', a(10), '-', a(22)),
  exact('vault-token', 'VAULT_TOKEN', 's.', a(24)),
  exact('gitea-token', 'GITEA_TOKEN', x(40)),
  loose('meilisearch-key', 'MEILI_MASTER_KEY', b(43)),
  loose('unleash-token', 'UNLEASH_API_TOKEN', '*:production.', x(56)),
  exact('wandb-api-key', 'WANDB_API_KEY', 'local-', x(40)),
  exact('yandex-token', 'YANDEX_ACCESS_KEY_ID', 'YC', b(23)),
  exact('yandex-token', 'YANDEX_SECRET_KEY', 'YC', b(38)),
  exact('novu-key', 'NOVU_API_KEY', x(32)),
  exact('redmine-key', 'REDMINE_API_KEY', x(40)),
  exact('redash-key', 'REDASH_API_KEY', a(40)),
  exact('rest-framework-token', 'DRF_AUTH_TOKEN', x(40)),
  exact('consul-token', 'CONSUL_HTTP_TOKEN', ...uuid),
  exact('kubernetes-bootstrap-token', 'KUBEADM_TOKEN', lowerDigits(6), '.', lowerDigits(16)),
  exact('plausible-key', 'PLAUSIBLE_API_KEY', b(64)),
  exact('bitwarden-secret', 'BWS_ACCESS_TOKEN', '0.', ...uuid, '.', a(30), ':', s(22), '=='),
  exact('chatwoot-token', 'CHATWOOT_ACCESS_TOKEN', a(24)),
  loose('netbox-token', 'NETBOX_TOKEN', a(40)),
  loose('laravel-app-key', 'APP_KEY', 'base64:', s(43), '='),
  exact('nocodb-token', 'NOCODB_TOKEN', b(40)),
  exact('documenso-token', 'DOCUMENSO_API_TOKEN', 'api_', a(16)),
  exact('hoppscotch-token', 'HOPPSCOTCH_TOKEN', 'pat-', ...uuid),
  exact('jenkins-token', 'JENKINS_API_TOKEN', '11', x(32)),
  exact('gogs-token', 'GOGS_TOKEN', x(40)),
  loose('uptime-kuma-key', 'UPTIME_KUMA_API_KEY', 'uk1_', b(40)),
  loose('baseten-api-key', 'BASETEN_API_KEY', a(8), '.', a(32)),
  loose('adyen-api-key', 'ADYEN_API_KEY', 'AQE', s(120), '='),
  loose('jina-api-key', 'JINA_API_KEY', 'jina_', x(32), b(28)),
  loose('netlify-token', 'NETLIFY_AUTH_TOKEN', b(43)),
  loose('render-api-key', 'RENDER_API_KEY', 'rnd_', a(28)),
  loose('backblaze-key', 'BACKBLAZE_KEY', 'K00', [digits, 1], s(27)),
  loose('intercom-token', 'INTERCOM_ACCESS_TOKEN', 'dG9r', s(56)),
  loose('dwolla-secret', 'DWOLLA_SECRET', a(50)),
  loose('cloudinary-secret', 'CLOUDINARY_API_SECRET', b(27)),
  loose('kraken-key', 'KRAKEN_PRIVATE_KEY', s(86), '=='),
  loose('elastic-key', 'ELASTICSEARCH_API_KEY', s(60)),
  loose('telnyx-api-key', 'TELNYX_API_KEY', 'KEY', upperDigits(32), '_', a(22)),
];

/** A value, as the vendor would make one. Ends in a digit or letter, as nearly all do. */
export function makeCredential({ parts }: Credential, random: Random): string {
  const value = parts.map((part) => (typeof part === 'string' ? part : random.text(part[0], part[1]))).join('');
  return value.replace(/[_+/-]$/, 'k').replace(/[-_+/](={1,2})$/, 'k$1');
}

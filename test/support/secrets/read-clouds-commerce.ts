import { alphanumeric, base64, base64Url, digits, hex, lower, type Random, upper } from '../random.ts';
import type { Shape } from '../secret-shapes.ts';
import type { Credential } from './vendors.ts';

/**
 * Clouds, databases, messages and money: under the names that the vendors' own pages, clients and providers of Terraform
 * give them. `stated`: the page says how long it is and of what it consists; `named`: it says what it is called.
 */
type Part = string | readonly [alphabet: string, length: number];

const stated = (id: string, variable: string, ...parts: Part[]): Credential => ({ id, variable, parts, exact: true });
const named = (id: string, variable: string, ...parts: Part[]): Credential => ({ id, variable, parts, exact: false });

const x = (length: number): Part => [hex, length];
const a = (length: number): Part => [alphanumeric, length];
const b = (length: number): Part => [base64Url, length];
const s = (length: number): Part => [base64, length];
const u = (length: number): Part => [upper + digits, length];
const l = (length: number): Part => [lower + digits, length];
const uuid: readonly Part[] = [x(8), '-', x(4), '-4', x(3), '-a', x(3), '-', x(12)];
const jwt: readonly Part[] = ['eyJ', b(30), '.eyJ', b(180), '.', b(86)];

export const besideNames: readonly Credential[] = [
  named('ably-api-key', 'ABLY_API_KEY', a(6), '.', a(6), ':', b(43)),
  named('telegram-api-hash', 'TELEGRAM_API_HASH', x(32)),
  named('akamai-secret', 'AKAMAI_CLIENT_SECRET', s(43), '='),
  named('backblaze-key', 'B2_APPLICATION_KEY', 'K00', [digits, 1], s(27)),
  named('bunny-api-key', 'BUNNY_API_KEY', ...uuid),
  named('civo-api-key', 'CIVO_TOKEN', a(50)),
  named('cloudflare-api-key', 'CLOUDFLARE_API_KEY', x(37)),
  named('cloudamqp-key', 'CLOUDAMQP_APIKEY', ...uuid),
  named('digitalocean-token', 'DIGITALOCEAN_ACCESS_TOKEN', x(64)),
  named('digitalocean-spaces-key', 'SPACES_SECRET_ACCESS_KEY', s(43)),
  named('dnsimple-token', 'DNSIMPLE_TOKEN', a(32)),
  named('doppler-token', 'DOPPLER_TOKEN', 'dp.st.', a(43)),
  named('equinix-token', 'METAL_AUTH_TOKEN', a(32)),
  stated('exoscale-key', 'EXOSCALE_API_KEY', 'EXO', x(24)),
  stated('exoscale-key', 'EXOSCALE_API_SECRET', b(43)),
  named('fastly-token', 'FASTLY_API_KEY', b(32)),
  named('gcore-token', 'GCORE_API_KEY', x(256)),
  named('hostinger-token', 'HOSTINGER_API_TOKEN', a(48)),
  named('huaweicloud-key', 'HW_ACCESS_KEY', u(20)),
  named('huaweicloud-key', 'HW_SECRET_KEY', a(40)),
  named('kong-token', 'KONNECT_TOKEN', 'kpat_', a(48)),
  named('kong-token', 'KONNECT_SPAT', 'spat_', a(48)),
  named('linode-object-key', 'LINODE_OBJ_SECRET_KEY', a(40)),
  named('namecheap-api-key', 'NAMECHEAP_API_KEY', x(32)),
  named('naver-cloud-key', 'NCLOUD_ACCESS_KEY', a(20)),
  named('naver-cloud-key', 'NCLOUD_SECRET_KEY', a(40)),
  named('ovh-secret', 'OVH_APPLICATION_KEY', a(16)),
  named('ovh-secret', 'OVH_APPLICATION_SECRET', a(32)),
  named('ovh-secret', 'OVH_CONSUMER_KEY', a(32)),
  named('vercel-token', 'VERCEL_API_TOKEN', a(24)),
  named('astra-token', 'ASTRA_API_TOKEN', 'AstraCS:', a(24), ':', x(64)),
  named('clickhouse-key', 'CLICKHOUSE_TOKEN_SECRET', '4b1d', a(38)),
  named('cockroach-key', 'COCKROACH_API_KEY', 'CCDB1_', a(22), '_', a(40)),
  named('confluent-secret', 'CONFLUENT_CLOUD_API_KEY', u(16)),
  named('confluent-secret', 'CONFLUENT_CLOUD_API_SECRET', s(64)),
  named('couchbase-key', 'CAPELLA_AUTHENTICATION_TOKEN', s(64)),
  named('databricks-token', 'DATABRICKS_TOKEN', 'dapi', x(32)),
  named('elastic-key', 'EC_API_KEY', s(70), '=='),
  named('fivetran-secret', 'FIVETRAN_API_KEY', a(16)),
  named('fivetran-secret', 'FIVETRAN_API_SECRET', a(32)),
  named('mongodb-atlas-key', 'MONGODB_ATLAS_PRIVATE_API_KEY', ...uuid),
  named('mongodb-atlas-key', 'MONGODB_ATLAS_CLIENT_SECRET', 'mdb_sa_sk_', b(40)),
  stated('neon-api-key', 'NEON_API_KEY', l(64)),
  named('planetscale-token', 'PLANETSCALE_SERVICE_TOKEN', 'pscale_tkn_', b(43)),
  named('redis-cloud-key', 'REDISCLOUD_ACCESS_KEY', 'A', l(51)),
  named('redis-cloud-key', 'REDISCLOUD_SECRET_KEY', 'S', l(51)),
  named('redpanda-secret', 'REDPANDA_CLIENT_SECRET', b(64)),
  named('rudderstack-key', 'RUDDERSTACK_ACCESS_TOKEN', a(27)),
  named('singlestore-key', 'SINGLESTOREDB_API_KEY', x(64)),
  named('tinybird-token', 'TINYBIRD_TOKEN', 'p.', 'eyJ', b(80), '.', b(43)),
  named('zilliz-key', 'ZILLIZCLOUD_API_KEY', x(72)),
  named('timescale-secret', 'TIMESCALE_SECRET_KEY', l(64)),
  named('astronomer-token', 'ASTRO_API_TOKEN', ...jwt, b(300)),
  stated('binance-secret', 'X_MBX_APIKEY', a(64)),
  named('africastalking-api-key', 'AFRICASTALKING_API_KEY', x(64)),
  named('mux-token', 'MUX_TOKEN_SECRET', s(75)),
  named('vonage-secret', 'VONAGE_API_SECRET', a(16)),
  named('vonage-secret', 'NEXMO_SIGNATURE_SECRET', a(50)),
  named('bird-access-key', 'MESSAGEBIRD_ACCESS_KEY', a(25)),
  named('mailjet-key', 'MJ_APIKEY_PRIVATE', x(32)),
  named('mailtrap-token', 'MAILTRAP_API_KEY', x(32)),
  named('livekit-secret', 'LIVEKIT_API_SECRET', a(47)),
  named('livekit-secret', 'LIVEKIT_API_KEY', 'API', a(12)),
  named('transloadit-secret', 'TRANSLOADIT_AUTH_SECRET', x(40)),
  named('tencent-secret-key', 'TENCENTCLOUD_SECRET_KEY', a(32)),
  named('genesis-cloud-token', 'GENESISCLOUD_TOKEN', b(80)),
  stated('leaseweb-api-key', 'LEASEWEB_TOKEN', ...uuid),
  named('mollie-api-key', 'MOLLIE_API_KEY', 'test_', a(30)),
  named('conekta-key', 'CONEKTA_API_KEY', a(20)),
  named('square-token', 'SQUARE_ACCESS_TOKEN', 'EAAA', b(60)),
  named('iyzico-key', 'IYZIPAY_SECRET_KEY', a(32)),
  named('coinbase-key', 'COINBASE_API_KEY', 'organizations/', ...uuid, '/apiKeys/', ...uuid),
  named('dune-key', 'DUNE_API_KEY', a(32)),
  named('hasura-secret', 'X_HASURA_ADMIN_SECRET', a(64)),
  named('nsone-api-key', 'NS1_APIKEY', a(20)),
  named('imagekit-key', 'IMAGEKIT_PRIVATE_KEY', 'private_', s(27), '='),
  stated('koyeb-token', 'KOYEB_TOKEN', l(64)),
  named('ibm-cloud-api-key', 'IAAS_CLASSIC_API_KEY', x(64)),
  named('ibm-cloud-api-key', 'SL_API_KEY', x(64)),
  named('lark-secret', 'LARK_APP_SECRET', a(32)),
  named('sinch-token', 'SINCH_KEY_SECRET', b(34)),
  named('getstream-secret', 'STREAM_SECRET', l(64)),
  named('agora-secret', 'AGORA_APP_CERTIFICATE', x(32)),
  named('dwolla-secret', 'DWOLLA_APP_KEY', a(50)),
  named('dwolla-secret', 'DWOLLA_APP_SECRET', a(50)),
  named('bigcommerce-token', 'BIGCOMMERCE_ACCESS_TOKEN', l(31)),
  named('braintree-token', 'BRAINTREE_PRIVATE_KEY', x(32)),
  named('pinata-key', 'PINATA_API_KEY', x(20)),
  stated('elastic-key', 'ELASTICSEARCH_API_KEY', b(22)),
  stated('elastic-key', 'ELASTICSEARCH_API_KEY', s(58), '=='),
  named('gocardless-token', 'GC_ACCESS_TOKEN', 'live_', b(40)),
  named('gocardless-token', 'GC_ACCESS_TOKEN', 'sandbox_', b(40)),
  named('upstash-token', 'UPSTASH_REDIS_REST_TOKEN', 'AX', a(2), s(52), '='),
  named('razorpay-secret', 'RAZORPAY_KEY_SECRET', a(24)),
];

/** A value that says by itself whose it is; literal and random parts in turn. */
function form(name: string, ...parts: Part[]): Shape {
  const make = (random: Random): string =>
    parts.map((part) => (typeof part === 'string' ? part : random.text(part[0], part[1]))).join('');
  return { name, make, exact: true };
}

export const byThemselves: readonly Shape[] = [
  form('plaid-token', 'asset-report-production-', ...uuid),
  form('plaid-token', 'access-sandbox-', ...uuid),
  form('flutterwave-secret-key', 'FLWSECK-', x(32), '-X'),
  form('flutterwave-secret-key', 'FLWSECK_TEST-', x(32), '-X'),
  form('xendit-key', 'xnd_development_', s(53), 'a=='),
  form('sendgrid-api-key', 'SG.', b(22), '.', b(42), 'a'),
];

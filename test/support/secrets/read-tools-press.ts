import { alphanumeric, base64, base64Url, digits, hex, lower, upper } from '../random.ts';
import type { Shape } from '../secret-shapes.ts';
import type { Credential, Part } from './vendors.ts';

/** Credentials of tools, monitoring, publishing and addresses, each from the page or source that its row in the tables cites. */
const exact = (id: string, variable: string, ...parts: Part[]): Credential => ({ id, variable, parts, exact: true });
const loose = (id: string, variable: string, ...parts: Part[]): Credential => ({ id, variable, parts, exact: false });

const x = (length: number): Part => [hex, length];
const a = (length: number): Part => [alphanumeric, length];
const b = (length: number): Part => [base64Url, length];
const s = (length: number): Part => [base64, length];
const lowerDigits = (length: number): Part => [lower + digits, length];
const upperDigits = (length: number): Part => [upper + digits, length];
const uuid: readonly Part[] = [x(8), '-', x(4), '-4', x(3), '-a', x(3), '-', x(12)];

export const readToolsPress: readonly Credential[] = [
  exact('pagerduty-token', 'PAGERDUTY_API_KEY', b(20)),
  exact('prefect-api-key', 'PREFECT_API_KEY', 'pnb_', a(36)),
  exact('launchdarkly-token', 'LAUNCHDARKLY_MOBILE_KEY', 'mob-', ...uuid),
  loose('terraform-cloud-token', 'TF_TOKEN', a(14), '.atlasv1.', a(67)),
  exact('honeycomb-key', 'HONEYCOMB_API_KEY', x(32)),
  exact('honeycomb-key', 'HONEYCOMB_API_KEY', 'hcaic_', lowerDigits(58)),
  loose('deadmanssnitch-key', 'DEADMANSSNITCH_API_KEY', x(32)),
  loose('honeybadger-key', 'HONEYBADGER_PERSONAL_AUTH_TOKEN', a(20)),
  exact('healthchecks-key', 'HEALTHCHECKS_API_KEY', b(32)),
  exact('splunk-token', 'SPLUNK_TOKEN', ...uuid),
  loose('stackhawk-key', 'HAWK_API_KEY', 'hawk.', b(20), '.', b(20)),
  loose('veracode-key', 'VERACODE_API_KEY_SECRET', x(128)),
  loose('fleetbase-key', 'FLEETBASE_KEY', 'flb_live_', a(20)),
  loose('docker-swarm-token', 'DOCKER_SWARM_UNLOCK_KEY', 'SWMKEY-1-', s(43)),
  exact('google-cloud-storage-key', 'GCS_ACCESS_KEY_ID', 'GOOG', upperDigits(57)),
  exact('google-cloud-storage-key', 'GCS_SECRET', s(40)),
  loose('settlemint-token', 'SETTLEMINT_ACCESS_TOKEN', 'sm_aat_', a(16)),
  loose('zuplo-key', 'ZUPLO_API_KEY', 'zpka_', x(32), '_', x(8)),
  loose('tigris-key', 'TIGRIS_ACCESS_KEY_ID', 'tid_', b(32)),
  loose('tigris-key', 'TIGRIS_SECRET_ACCESS_KEY', 'tsec_', b(60)),
  exact('nuget-api-key', 'NUGET_API_KEY', 'oy2', [`${lower}234567`, 43]),
  exact('trigger-dev-key', 'TRIGGER_SECRET_KEY', 'tr_prod_', a(24)),
  exact('trigger-dev-key', 'TRIGGER_SECRET_KEY', 'tr_stg_sk_', a(24)),
  exact('trigger-dev-key', 'TRIGGER_API_KEY', 'pk_dev_', a(20)),
  exact('calcom-key', 'CALCOM_API_KEY', 'cal_', x(32)),
  exact('bitwarden-secret', 'BW_CLIENTSECRET', a(30)),
  exact('syncthing-key', 'STGUIAPIKEY', a(32)),
  exact('opnsense-secret', 'OPNSENSE_API_SECRET', s(80)),
  loose('mantis-token', 'MANTISBT_API_TOKEN', b(32)),
  loose('convex-key', 'CONVEX_DEPLOY_KEY', 'prod:qualified-jaguar-123|eyJ2', s(90), '0='),
  loose('convex-key', 'CONVEX_DEPLOY_KEY', 'preview:acme:shop|eyJ2', s(90), '0='),
  exact('authentik-token', 'AUTHENTIK_TOKEN', x(32)),
  exact('harbor-secret', 'HARBOR_ROBOT_SECRET', a(32)),
  exact('vaultwarden-token', 'VAULTWARDEN_ADMIN_TOKEN', s(64)),
  exact('servarr-key', 'SONARR_API_KEY', x(32)),
  exact('ntfy-token', 'NTFY_TOKEN', 'tk_', lowerDigits(29)),
  exact('lichess-token', 'LICHESS_TOKEN', 'lip_', a(20)),
  loose('youtrack-token', 'YOUTRACK_TOKEN', 'perm:', a(6), '==.', a(7), '=.', a(30)),
  loose('rancher-token', 'RANCHER_TOKEN', 'token-', lowerDigits(5), ':', lowerDigits(54)),
  exact('bugsnag-key', 'BUGSNAG_KEY', x(32)),
  exact('airbrake-key', 'AIRBRAKE_PROJECT_KEY', x(32)),
  loose('inngest-key', 'INNGEST_EVENT_KEY', b(86)),
  exact('svix-token', 'SVIX_ENDPOINT_SECRET', 'whsk_', s(86), '=='),
  exact('tmdb-key', 'THEMOVIEDB_API_KEY', x(32)),
  exact('tenable-key', 'TENABLE_SECRETKEY', x(64)),
  exact('betterstack-token', 'BETTERUPTIME_API_TOKEN', a(24)),
  loose('checkly-key', 'CHECKLY_API_KEY', 'cu_', x(32)),
  loose('statuscake-key', 'STATUSCAKE_API_TOKEN', a(32)),
  exact('meraki-key', 'MERAKI_DASHBOARD_API_KEY', x(40)),
  loose('sumologic-key', 'SUMOLOGIC_ACCESSKEY', a(64)),
  loose('sumologic-key', 'SUMOLOGIC_ACCESSID', 'su', a(12)),
  exact('sysdig-token', 'SYSDIG_SECURE_API_TOKEN', ...uuid),
  loose('lacework-secret', 'LW_API_SECRET', '_', x(32)),
  loose('spacelift-token', 'SPACELIFT_API_KEY_SECRET', x(64)),
  loose('scalr-token', 'SCALR_TOKEN', 'at-', a(20), '.', b(40)),
  loose('twingate-token', 'TWINGATE_API_TOKEN', b(100)),
  loose('zerotier-token', 'ZEROTIER_CENTRAL_TOKEN', a(32)),
  loose('coralogix-key', 'CORALOGIX_API_KEY', 'cxup_', a(30)),
  loose('chronosphere-token', 'CHRONOSPHERE_API_TOKEN', x(64)),
  loose('signalfx-token', 'SIGNALFX_AUTH_TOKEN', b(22)),
  loose('spotinst-token', 'SPOTINST_TOKEN', x(64)),
  loose('dash0-token', 'DASH0_AUTH_TOKEN', 'auth_', a(32)),
  loose('newrelic-key', 'NEW_RELIC_INSIGHTS_INSERT_KEY', 'NRII-', b(32)),
  loose('newrelic-key', 'NEW_RELIC_API_KEY', 'NRAK-', upperDigits(27)),
  loose('octopus-api-key', 'OCTOPUS_APIKEY', 'API-', upperDigits(30)),
  exact('opsgenie-key', 'OPSGENIE_API_KEY', ...uuid),
  exact('rollbar-token', 'ROLLBAR_API_KEY', x(32)),
  exact('wavefront-token', 'WAVEFRONT_TOKEN', ...uuid),
  loose('castle-secret', 'CASTLE_API_SECRET', 'sk_', a(32)),
  loose('gitguardian-key', 'GITGUARDIAN_API_KEY', x(72)),
  loose('hex-token', 'HEX_TECH_TOKEN', 'hxtp_', x(96)),
  exact('plunk-key', 'PLUNK_API_KEY', 'sk_', x(48)),
  exact('plunk-key', 'PLUNK_API_KEY', 'pk_', x(48)),
  exact('zabbix-token', 'ZABBIX_API_TOKEN', x(64)),
  exact('directus-token', 'DIRECTUS_SECRET', b(32)),
  loose('liveblocks-key', 'LIVEBLOCKS_SECRET_KEY', 'sk_prod_', b(64)),
  loose('cds-notify-key', 'GC_NOTIFY_API_KEY', 'gcntfy-my_key-', ...uuid, '-', ...uuid),
  loose('sanity-token', 'SANITY_TOKEN', 'sk', a(79)),
  exact('twitter-secret', 'TWITTER_API_SECRET_KEY', a(41)),
  loose('twitter-secret', 'TWITTER_API_KEY', a(22)),
  loose(
    'twitter-secret',
    'TWITTER_BEARER_TOKEN',
    'A'.repeat(21),
    a(5),
    'AAAAAAA',
    a(1),
    '%2B',
    a(5),
    '%2B',
    a(26),
    '%3D',
    a(50),
  ),
  loose('pinterest-token', 'PINTEREST_ACCESS_TOKEN', 'pina_', a(90)),
  loose('pinterest-token', 'PINTEREST_REFRESH_TOKEN', 'pinr.', b(200)),
];

/** Addresses that are credentials themselves: host and path are a part of the value. */
const address = (name: string, start: string, [alphabet, length]: readonly [string, number]): Shape => ({
  name,
  make: (random) => start + random.text(alphabet, length - 1) + random.text(digits, 1),
});

export const readAddresses: readonly Shape[] = [
  { ...address('netlify-build-hook', 'api.netlify.com/build_hooks/', [hex, 24]), exact: true },
  { ...address('deadmanssnitch-address', 'nosnch.in/', [hex, 10]), exact: true },
  { ...address('webhook-address', '/hooks/', [lower + digits, 26]), exact: true },
  address('honeybadger-checkin', 'api.honeybadger.io/v1/check_in/', [alphanumeric, 6]),
  address('sumologic-address', 'sumologic.com/receiver/v1/http/', [base64Url, 100]),
  {
    name: 'loggly-token',
    exact: true,
    make: (random) =>
      `logs-01.loggly.com/inputs/${[8, 4, 4, 4, 12].map((length) => random.text(hex, length)).join('-')}`,
  },
];

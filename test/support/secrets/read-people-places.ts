import { alphanumeric, base64, base64Url, digits, hex, upper } from '../random.ts';
import type { Credential } from './vendors.ts';

/**
 * People, offices, growth and places: under the names that the vendors' own pages, clients and providers of Terraform give
 * them. `stated`: the page says how long it is and of what it consists; `named`: it says what it is called.
 */
type Part = string | readonly [alphabet: string, length: number];

const stated = (id: string, variable: string, ...parts: Part[]): Credential => ({ id, variable, parts, exact: true });
const named = (id: string, variable: string, ...parts: Part[]): Credential => ({ id, variable, parts, exact: false });

const x = (length: number): Part => [hex, length];
const a = (length: number): Part => [alphanumeric, length];
const b = (length: number): Part => [base64Url, length];
const s = (length: number): Part => [base64, length];
const u = (length: number): Part => [upper + digits, length];
const d = (length: number): Part => [digits, length];
const uuid: readonly Part[] = [x(8), '-', x(4), '-4', x(3), '-a', x(3), '-', x(12)];

export const ofPeopleAndPlaces: readonly Credential[] = [
  stated('adafruit-io-key', 'X_AIO_KEY', x(32)),
  named('adafruit-io-key', 'ADAFRUIT_IO_KEY', 'aio_', a(28)),
  named('airtable-token', 'AIRTABLE_API_KEY', 'key', a(14)),
  named('amadeus-secret', 'AMADEUS_CLIENT_SECRET', a(16)),
  named('asana-token', 'ASANA_ACCESS_TOKEN', '2/', d(16), '/', d(16), ':', x(32)),
  named('auth0-secret', 'AUTH0_CLIENT_SECRET', b(64)),
  named('auth0-secret', 'AUTH0_API_TOKEN', 'eyJ', b(60), '.eyJ', b(300), '.', b(342)),
  named('basecamp-secret', 'BASECAMP_CLIENT_SECRET', x(40)),
  stated('box-token', 'BOX_DEVELOPER_TOKEN', a(32)),
  named('campayn-key', 'CAMPAYN_APIKEY', x(64)),
  named('censys-secret', 'CENSYS_API_SECRET', a(32)),
  named('close-key', 'CLOSE_API_KEY', 'api_', a(22), '.', a(22)),
  named('crisp-key', 'CRISP_TOKEN_KEY', x(64)),
  named('crowdstrike-secret', 'FALCON_CLIENT_SECRET', a(40)),
  named('descope-key', 'DESCOPE_MANAGEMENT_KEY', 'K2', a(80)),
  named('disqus-key', 'DISQUS_SECRET_KEY', a(64)),
  stated('duo-secret', 'DUO_SKEY', a(40)),
  stated('duo-secret', 'DUO_IKEY', 'D', u(19)),
  named('freshdesk-key', 'FRESHDESK_API_KEY', a(20)),
  named('frontegg-key', 'FRONTEGG_SECRET_KEY', ...uuid),
  named('fusionauth-key', 'FUSIONAUTH_API_KEY', b(43)),
  named('keygen-token', 'KEYGEN_TOKEN', 'prod-', x(64), 'v3'),
  named('livechat-token', 'LIVECHAT_PAT', 'dal:', b(27)),
  named('lmnt-key', 'LMNT_API_KEY', x(32)),
  stated('maxmind-key', 'GEOIPUPDATE_LICENSE_KEY', a(16)),
  named('monday-token', 'MONDAY_API_TOKEN', 'eyJ', b(17), '.eyJ', b(180), '.', b(43)),
  named('peopledatalabs-key', 'PEOPLEDATALABS_API_KEY', x(64)),
  named('permit-io-key', 'PDP_API_KEY', 'permit_key_', a(80)),
  named('qase-token', 'QASE_API_TOKEN', x(64)),
  named('smartsheet-token', 'SMARTSHEET_ACCESS_TOKEN', a(37)),
  named('storyblok-token', 'STORYBLOK_OAUTH_TOKEN', a(22), 'tt'),
  named('supertokens-key', 'SUPERTOKENS_API_KEY', a(12), '-', a(20)),
  stated('toggl-token', 'TOGGL_API_TOKEN', x(32)),
  stated('turnstile-secret', 'TURNSTILE_SECRET_KEY', '0x4AAAAAAA', b(25)),
  named('urlscan-key', 'URLSCAN_API_KEY', ...uuid),
  stated('workato-token', 'WORKATO_API_TOKEN', x(64)),
  named('workos-key', 'WORKOS_API_KEY', 'sk_', a(60)),
  named('zendesk-token', 'ZENDESK_API_TOKEN', a(40)),
  stated('zoho-secret', 'ZOHO_REFRESH_TOKEN', '1000.', x(32), '.', x(32)),
  named('zoho-secret', 'ZOHO_CLIENT_SECRET', x(42)),
  named('foursquare-key', 'FOURSQUARE_API_KEY', 'fsq3', s(42), '='),
  named('nylas-key', 'NYLAS_API_KEY', 'nyk_v0_', a(64)),
  named('ory-token', 'ORY_WORKSPACE_API_KEY', 'ory_wak_', b(32)),
  named('ory-token', 'ORY_PROJECT_API_KEY', 'ory_pat_', b(32)),
  named('stytch-secret', 'STYTCH_SECRET', 'secret-live-', b(35), '='),
  named('trello-token', 'TRELLO_TOKEN', 'ATTA', x(64), [`${digits}ABCDEF`, 8]),
  named('trello-token', 'TRELLO_API_KEY', x(32)),
  named('abuseipdb-key', 'ABUSEIPDB_KEY', x(80)),
  named('aviationstack-key', 'AVIATIONSTACK_ACCESS_KEY', x(32)),
  named('clerk-key', 'CLERK_SECRET_KEY', 'sk_live_', a(42)),
  named('clerk-key', 'CLERK_SECRET_KEY', 'sk_test_', a(42)),
  named('freshbooks-token', 'FRESHBOOKS_TOKEN', x(64)),
  named('ipstack-key', 'IPSTACK_ACCESS_KEY', x(32)),
  stated('jumpcloud-key', 'JUMPCLOUD_API_KEY', x(40)),
  stated('jumpcloud-key', 'JCAPIKEY', 'jca_', a(36)),
  named('pandadoc-key', 'PANDADOC_API_KEY', x(40)),
  named('passage-key', 'PASSAGE_API_KEY', a(10), '.', a(64)),
  stated('pipedrive-token', 'PIPEDRIVE_X_API_TOKEN', x(40)),
  named('shortcut-token', 'SHORTCUT_API_TOKEN', ...uuid),
  named('smarty-token', 'SMARTY_AUTH_TOKEN', a(20)),
  named('warrant-key', 'WARRANT_API_KEY', 'api_test_', s(41), '='),
  named('wrike-token', 'WRIKE_CLIENT_SECRET', a(64)),
  named('yelp-key', 'YELP_API_KEY', b(128)),
  named('accuweather-key', 'ACCUWEATHER_API_KEY', a(32)),
  named('attio-key', 'ATTIO_API_TOKEN', x(64)),
  stated('docusign-secret', 'DOCUSIGN_INTEGRATION_KEY', ...uuid),
  named('mapquest-key', 'MAPQUEST_KEY', a(32)),
  named('tomtom-key', 'TOMTOM_API_KEY', a(32)),
  named('weatherstack-key', 'WEATHERSTACK_ACCESS_KEY', x(32)),
  named('salesforce-token', 'SF_ACCESS_TOKEN', '00D', a(12), '!', 'AQ', a(94)),
  named('adobe-client-secret', 'OAUTHS2S_CLIENT_SECRET', 'p8e-', b(32)),
  named('calendly-key', 'CALENDLY_CLIENT_SECRET', b(43)),
];

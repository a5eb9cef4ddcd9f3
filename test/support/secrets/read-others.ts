import { digits, lower } from '../random.ts';
import { a, b, type Credential, named, s, stated, x } from './parts.ts';

/**
 * Kinds of several tables, under the names that the pages cited there give them. `stated`: the page says how long it is and
 * of what it consists; `named`: it says what it is called.
 */

export const readOthers: readonly Credential[] = [
  stated('cloudflare-origin-ca-key', 'CLOUDFLARE_API_USER_SERVICE_KEY', 'v1.0-', x(24), '-', x(146)),
  stated('supabase-secret-key', 'SUPABASE_SECRET_KEY', 'sb_secret_', b(31)),
  named('brave-search-api-key', 'BRAVE_SEARCH_API_KEY', 'BSA', b(28)),
  named('devcycle-key', 'DEVCYCLE_SERVER_SDK_KEY', 'dvc_server_', a(36)),
  stated('azure-batch-key', 'AZURE_BATCH_ACCESS_KEY', s(76), '+ABa', s(5), 'A=='),
  stated('azure-batch-key', 'BATCH_ACCOUNT_KEY', s(43), '='),
  named('azure-iot-key', 'IOTHUB_SHARED_KEY', s(33), 'AIoTD', s(5), '='),
  stated('azure-bot-secret', 'DIRECTLINE_SECRET', b(11), '.', b(43)),
  named('codeclimate-token', 'CODECLIMATE_API_TOKEN', x(40)),
  named('travis-token', 'TRAVIS_TOKEN', a(20)),
  stated('twilio-api-key', 'TWILIO_API_KEY', 'SK', x(32)),
  named('contabo-token', 'CONTABO_CLIENT_SECRET', a(32)),
  named('ionos-token', 'IONOS_API_KEY', x(32), '.', b(86)),
  named('checkout-key', 'CHECKOUT_SECRET_KEY', 'sk_', [lower + digits, 26], '*'),
  stated('blockfrost-key', 'BLOCKFROST_PROJECT_ID', 'mainnet', a(32)),
  named('airbyte-token', 'AIRBYTE_CLIENT_SECRET', a(32)),
  stated('flowise-key', 'FLOWISE_API_KEY', b(43)),
  stated('openproject-token', 'OPENPROJECT_API_TOKEN', x(64)),
  named('immich-key', 'IMMICH_API_KEY', a(43)),
  stated('nextcloud-password', 'NEXTCLOUD_TOKEN', a(5), '-', a(5), '-', a(5), '-', a(5), '-', a(5)),
  stated('keycloak-secret', 'KEYCLOAK_CLIENT_SECRET', a(32)),
  stated('strapi-token', 'STRAPI_API_TOKEN', x(256)),
  stated('wordpress-token', 'WP_APPLICATION_TOKEN', a(24)),
  named('laravel-sanctum-token', 'SANCTUM_TOKEN', [digits, 2], '|', a(40), x(8)),
  stated('lightdash-token', 'LIGHTDASH_API_KEY', x(32)),
  stated('dify-key', 'DIFY_API_KEY', 'app-', a(24)),
  stated('appwrite-key', 'APPWRITE_API_KEY', 'standard_', x(256)),
  stated('quay-secret', 'QUAY_OAUTH_TOKEN', a(40)),
  named('misskey-token', 'MISSKEY_TOKEN', a(16)),
  stated('axiom-token', 'AXIOM_TOKEN', 'xaat-', x(8), '-', x(4), '-4', x(3), '-a', x(3), '-', x(12)),
];

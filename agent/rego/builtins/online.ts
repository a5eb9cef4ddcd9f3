/** Builtins that need the network: their operands are checked here, the work is the caller's. */
import { RegoSet, regoText, type Value } from '../values/value.ts';
import { parseAddress } from './network.ts';
import { BuiltinFailure, type BuiltinTable, OfflineFailure, objectArg, stringArg } from './types.ts';

const REQUEST_KEYS = [
  'method url body enable_redirect force_json_decode force_yaml_decode headers raw_body tls_use_system_certs',
  'tls_ca_cert tls_ca_cert_file tls_ca_cert_env_variable tls_client_cert tls_client_cert_file',
  'tls_client_cert_env_variable tls_client_key tls_client_key_file tls_client_key_env_variable tls_insecure_skip_verify',
  'tls_server_name timeout cache force_cache force_cache_duration_seconds raise_error caching_mode max_retry_attempts',
  'cache_ignored_headers',
].flatMap((line) => line.split(' '));

/** Whether the request of `http.send` or of a signature has the keys it may have and must have. Throws `BuiltinFailure`. */
export function checkRequest(args: readonly Value[]): void {
  const request = objectArg(args, 0);
  const known = new Set(REQUEST_KEYS);
  const bad = request.keys().filter((key) => typeof key !== 'string' || !known.has(key));
  if (bad.length > 0)
    throw new BuiltinFailure(`operand 1 invalid request parameters(s): ${setText(bad)}`, 'eval_type_error');
  const missing = ['method', 'url'].filter((key) => !request.has(key));
  if (missing.length === 0) return;
  throw new BuiltinFailure(`operand 1 missing required request parameters(s): ${setText(missing)}`, 'eval_type_error');
}

function setText(items: readonly Value[]): string {
  return regoText(items.reduce((set: RegoSet, item) => set.add(item), new RegoSet()));
}

function offline(): never {
  throw new OfflineFailure();
}

/** What is wrong with operands whatever answers the call. */
export const checks: Record<string, (args: readonly Value[]) => void> = { 'http.send': checkRequest };

export const online: BuiltinTable = {
  'http.send': {
    args: ['object<string,any>'],
    result: 'object',
    impure: true,
    run: (args) => {
      checkRequest(args);
      return offline();
    },
  },
  'net.lookup_ip_addr': {
    args: ['string'],
    result: 'set<string>',
    impure: true,
    run: (args) => {
      const name = stringArg(args, 0);
      return parseAddress(name) === undefined ? offline() : new RegoSet().add(name);
    },
  },
};

/**
 * Builtins that conftest and Conforma add to Rego. Policies written for them compile here: what can be answered from the
 * call alone is (`hosts.ts`), and what asks a registry, or a file beside the policy, is not known and said to be so.
 */
import type { Declaration } from '../../rego/builtins/declared.ts';

/** conftest.dev, "Plugins" and "Sharing policies"; they are held against conftest by `test/policy/hosts.test.ts`. */
export const conftest = {
  parse_config: { args: ['string', 'string'], result: 'any' },
  parse_config_file: { args: ['string'], result: 'any' },
  parse_combined_config_files: { args: ['array<string>'], result: 'any' },
} satisfies Record<string, Declaration>;

/** conforma.dev, "Rego Reference": all of them ask a registry or verify what it holds, but for the two of package URLs. */
export const conforma: Record<string, Declaration> = {
  'ec.oci.blob': { args: ['string'], result: 'string' },
  'ec.oci.blob_files': { args: ['string', 'any'], result: 'object<string,any>' },
  'ec.oci.descriptor': { args: ['string'], result: 'object<string,any>' },
  'ec.oci.image_files': { args: ['string', 'array<string>'], result: 'object<string,any>' },
  'ec.oci.image_index': { args: ['string'], result: 'object<string,any>' },
  'ec.oci.image_manifest': { args: ['string'], result: 'object<string,any>' },
  'ec.oci.image_manifests': { args: ['any'], result: 'object<string,any>' },
  'ec.oci.image_referrers': { args: ['string'], result: 'any' },
  'ec.oci.image_tag_refs': { args: ['string'], result: 'any' },
  'ec.purl.is_valid': { args: ['string'], result: 'boolean' },
  'ec.purl.parse': { args: ['string'], result: 'object<string,any>' },
  'ec.sigstore.verify_attestation': { args: ['string', 'object<string,any>'], result: 'object<string,any>' },
  'ec.sigstore.verify_image': { args: ['string', 'object<string,any>'], result: 'object<string,any>' },
};

/** Whose builtin it is; undefined for Rego's own. */
export function hostOf(builtin: string): string | undefined {
  if (Object.hasOwn(conftest, builtin)) return 'conftest';
  return Object.hasOwn(conforma, builtin) ? 'Conforma' : undefined;
}

/** Whether a text calls a builtin of a host: most policies do not, and need none of this. */
export function callsHost(text: string): boolean {
  return /\bparse_(?:combined_)?config|\bec\.(?:oci|purl|sigstore)\./.test(text);
}

import { decodeBase64 } from '../checks.ts';
import { mostlyWords } from './negatives.ts';

/** What configuration is full of, by its form. */
const forms: Readonly<Record<string, RegExp>> = {
  version: /^(?:npm:|workspace:)?[~^<>=v]{0,3}\d+\.\d+(?:\.|$)/,
  path: /^(?:\.{0,2}|~)\/[\w.-]+(?:\/[\w.-]*)*$/,
  scope: /\/\.default$/,
  file: /\.(?:js|ts|json|ya?ml|pem|key|crt|txt|html|png|svg|md|py|sh|env)$/i,
  algorithm: /^(?:scram-|hmac-|rsa-|ecdsa-)?(?:sha|md|aes|rsa|es|hs|rs|ps)[-_]?\d+(?:[-_]\w+)*$/i,
  encoding: /^base(?:16|32|58|62|64)[-_a-z]{0,16}$/i,
  'argument with its name': /^[\w.]+=(?:true|false|none|null|\d+)$/i,
  'words with full stops': /^[a-z]+(?:\.[a-z_*]+){2,}$/,
  'class in its package': /^[a-z_]\w*(?:\.[a-z_]\w*)+\.[A-Z]\w+$/,
  'step of a migration': /^\d{4}_[a-z][a-z0-9_]*$/,
  'ciphers of OpenSSL': /(?:^|:)![A-Za-z][\w-]*:/,
  'host with its port': /^[A-Za-z][\w.-]*:\d{2,5}(?:\/.*)?$/,
  call: /^[\w.$]+\(.*\)$/,
  'media type': /^(?:application|text|image|audio|video)\//,
  "group of Kubernetes' API": /^[a-z][\w-]*(?:\.[\w-]+)+\/v\d{1,2}(?:(?:alpha|beta)\d{1,2})?$/,
  advisory: /^(?:GHSA(?:-[\da-z]{4}){3}|CVE-\d{4}-\d+)$/,
  'what git fetches': /^git@[\w.-]+:.*$/,
  'address of IPv6': /^[\da-f]{1,4}(?::[\da-f]{0,4}){2,7}$/,
  'ids of OpenPGP keys': /^(?:[\dA-F]{16}|[\dA-F]{40})(?:,(?:[\dA-F]{16}|[\dA-F]{40}))+$/,
  'tag of a structure in Go': /^\w{2,20}:"[\w-]+(?:,\w+)*"$/,
  JSON: /^[{[]\s?\\?["'][\w$-]+\\?["']\s?:/,
  "name of a package's": /^[a-z]\w{0,16}\.[A-Z][a-z]+(?:[A-Z][a-z]+)*(?:\(\))?$/,
  'exchange of keys': /^(?:curve25519|ecdh-sha2|diffie-hellman|sntrup761|mlkem768)\w*-\w/,
  'cipher with its mode': /^(?:RSA\w{0,4}|AES|DES\w{0,3}|ECIES|OAEP|PKCS\d{0,2})[-/]\w/,
  'cipher suite, which has PSK in its name': /^(?:[A-Z0-9]+-)*(?:AES|RC4|CBC|GCM|CCM|SHA|POLY)\d*(?:-[A-Z0-9]+)*$/,
  'moment (ISO 8601)': /^\d{4}-\d\d-\d\d[T ]\d\d:/,
  'scope of a signature of AWS': /\/aws4_request$|\/20\d{6}\/[a-z]{2}(?:-[a-z]+)+-\d\//,
  'regular expression':
    /\[[^\]]{0,20}(?:a-z|A-Z|0-9|a-f|A-F)[^\]]{0,20}\](?:[{*+?)]|$)|\(\?[=!:i]|^\^.*\$$|\[\^[^\]]{1,8}\][*+]|^\^?\[(?:a-z|A-Z|0-9|\^)/,
  'encrypted for the repository on purpose: SOPS, Jasypt, Spring, Rails, Ansible, git-crypt, Maven':
    /^(?:ENC[[(]|\{cipher\}|\$ANSIBLE_VAULT|vault:|!vault|gcpkms:|awskms:|sops:)|^\{[\w+/]{22,400}={0,2}\}$/,
  'what a store keeps under this address':
    /^(?:op|bws?|keyring|keychain|pass|akv|gcpsm|awssm|aws-?ssm|ssm|secretsmanager|secretref|infisical|doppler|ref\+\w{2,12}):(?:\/\/|\/)?[\w./#@:-]+$/,
};

const all = Object.values(forms);

/** It has one of the forms above, or is a path of words. */
export function isVersionOrPath(value: string): boolean {
  for (const form of all) if (form.test(value)) return true;
  return (value.match(/\//g)?.length ?? 0) > 1 && mostlyWords(value);
}

/** Base64 of a sentence or a moment: what a file holds or when something happened, written so that it may be sent. */
export function isEncodedText(value: string): boolean {
  if (value.length < 16 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return false;
  const text = decodeBase64(value);
  // Every character has to be one, where `decode` allows one in ten that is not: random bytes are no text.
  if (text === undefined || !/^[\t\n\r\x20-\x7e]+$/.test(text)) return false;
  return (
    /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ||
    (/^[^:=]*$/.test(text) && (text.match(/[a-z]\s+[a-z]/gi)?.length ?? 0) >= 2)
  );
}

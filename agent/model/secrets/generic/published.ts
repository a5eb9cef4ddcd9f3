import { crc32 } from '../checks.ts';

/**
 * Credentials that RFC 5849, 6749, 6750 and 7617 show in their examples, the keys of Azure’s emulators, and every library's
 * documentation after them; then the twenty accounts of every local Ethereum network (Hardhat's and Anvil's documentation);
 * then the number of RFC 6455 §1.3;
 * then what vendors print on the pages that describe their own formats, and keys that they give to everybody for trying.
 * By their CRC-32, because a scanner that reads this file would take them for what they look like.
 */
const published = new Set([
  0x9e49269d, 0x2bdd531a, 0x0fc657b9, 0x269d4cea, 0x0bcef39d, 0x4f042581, 0x7a77589d, 0xc3f0aa47, 0x0f945a27,
  0x1bbf5538, 0xfb0a6008, 0xe0318833, 0x25cb1226, 0xd43b7b44, 0x6af2cb86, 0x779eb5f1, 0x0d7f1a39, 0x02d12047,
  0x146e0aa1, 0xa8b108b3, 0xb4cbd586, 0x87707360, 0xbd0ca09b, 0x70de103d, 0xc584c1f8, 0xae6a3671, 0x8a73dd69,
  0x65af39e5, 0x8c817383, 0x8e8f6ac5, 0x726d0959, 0xa59c44e9, 0x2a246f8e, 0x8ad2c2d9, 0x0af6e73e, 0xc5f0acc8,
  0xc3dab30b, 0xb91f90e2, 0xf7c5d408, 0x9a6783ed, 0xb08b9fce, 0x93922a4a, 0x776de070, 0x396d8142, 0x28503139,
  0x2831afe3, 0x72024bff, 0xb4a1ffd1, 0x346ee36a, 0xdb25d168, 0x1313e3c6, 0x2ccaf851, 0x7aaeecc7, 0x6cdde4cd,
  0xedf858c8, 0x32153fd2, 0x80f5baf0, 0x07931460, 0xc1b0696b, 0x908891f9, 0xab5aa7e8, 0xaaf6c9a3, 0xcd8cc4df,
  0x07e175bd, 0x852bd8c4, 0x5809ab0c, 0x73b43468, 0xcb9acba3, 0x875da78a, 0x180df4ed, 0xb6e61e46, 0x923dc7ba,
  0x337393af, 0xb8c4ba59, 0x83020123, 0xfd736030, 0x6ea7a687, 0x632538ab, 0x075bd8f9, 0x78b2f8e7, 0x5a35830b,
  0xf1c91afb, 0x5b30a536, 0xc890cda1, 0x73fff94a, 0xbeffdc43, 0x38e655b1, 0x65c654f3, 0x2f8c416e, 0xfe0f28ba,
  0xaaac3141, 0x4f75e20b, 0x53c22fe8, 0x79e117ff, 0xc0a46ad2, 0xb5ddd3aa, 0xd671802d, 0xadec2e0a, 0x53c98735,
  0x1c7fc92b, 0x1fbe38dd, 0x11990101,
]);

/** An example that a specification or a tool publishes, whatever it looks like; `0x` in front of it does not count. */
export function isPublished(value: string): boolean {
  return published.has(crc32(value.startsWith('0x') ? value.slice(2) : value));
}

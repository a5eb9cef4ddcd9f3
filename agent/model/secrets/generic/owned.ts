import { harmless, things, wordsOf } from './words.ts';

/** Words that stand before `key` and are no service's name. */
const common = new Set(
  `main base unique natural composite default random temp tmp test my the this that any each other same given raw full long parent child
  sub inner outer lookup registry build bundle check compound derived encoded expected actual got want result select filter order
  table index alternate candidate sum content source target model layer chunk shard slot game level quest scene player profile member person
  contact customer product cart legend axis chart series signal queue topic worker thread process lock release branch tag
  commit merge diff match pattern scan seek range block transaction contract nonce spend script witness redeem network chain seed peer
  remote local pgp gpg age verify verifying verification pub cert bls schnorr ecdsa issue project`.split(/\s+/),
);

/** `acme_key`, `acmeKey`, `acme-key`: the key of one word, which may well be a service's name. */
export function isOwnedKey(identifier: string): boolean {
  const tail = /(?:[\w-]*\.)?[\w-]*$/.exec(identifier)?.[0] ?? '';
  const [owner = '', noun, ...more] = wordsOf(/\.key$/i.test(tail) ? tail : tail.slice(tail.lastIndexOf('.') + 1));
  return (
    noun === 'key' &&
    more.length === 0 &&
    owner.length >= 3 &&
    !common.has(owner) &&
    !things.has(owner) &&
    !harmless.has(owner)
  );
}

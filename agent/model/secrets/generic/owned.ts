import { harmless, things, wordsOf } from './words.ts';

/** Words that stand before `key` and are no service's name. */
const common = new Set(
  `main search base unique natural composite default random temp tmp test my the this that any each other same given raw full long parent child
  sub inner outer lookup registry build bundle check compound derived encoded expected actual got want result select filter order
  table index alternate candidate sum content source target model layer chunk shard slot game level quest scene player profile member person
  contact customer product cart legend axis chart series signal queue topic worker thread process lock release branch tag
  commit merge diff match pattern scan seek range block transaction contract nonce spend script witness redeem network chain seed peer
  remote local pgp gpg age verify verifying verification pub cert bls schnorr ecdsa issue project
  story post comment page photo video album song artist movie book author category team org company vendor shop invoice bill receipt ticket
  variant sku city country place venue room seat stop trip vehicle device sensor meter pod namespace volume disk snapshot backup archive
  run suite report dashboard widget panel alert incident note label board card sprint milestone repo package module class method variable
  cell sheet folder media part piece thread conversation`.split(/\s+/),
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

import type { Place } from './generic/place.ts';
import type { Scan, Vendor } from './types.ts';
import { harmless, keyWord } from './vendor-between.ts';
import { report } from './vendor-report.ts';
import { eachValue, endsHere, isStrong } from './vendor-values.ts';

/** How far in front of the vendor's name its value may stand. */
const reach = 200;

/** The name belongs to a host: `https://api.acme.com`. */
export function stands(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 44), start);
  return before.includes('://') && /:\/\/[\w.-]{0,40}$/.test(before);
}

/** The name stands in a remark behind code on the same line, alone or with a few words: `key = "…"  # acme`. */
export function isRemark(text: string, start: number): boolean {
  if (!hasSign(text, start)) return false;
  return /\S[ \t]{1,12}(?:#|\/\/|--|\/\*)[ \t]{0,4}(?:[\w.]{1,12} ){0,3}(?:[\w-]{1,12}\.){0,2}$/.test(
    text.slice(Math.max(0, start - 60), start),
  );
}

/** One of the signs that begin a remark stands in front, on the same line: nearly no line has one. */
function hasSign(text: string, start: number): boolean {
  for (let at = start - 1; at >= 0 && at >= start - 60; at--) {
    const code = text.charCodeAt(at);
    if (code === 10) return false;
    if (code === 35) return true;
    if ((code === 47 || code === 42) && text.charCodeAt(at - 1) === 47) return true;
    if (code === 45 && text.charCodeAt(at - 1) === 45) return true;
  }
  return false;
}

/** Looks for a quoted value in the code in front of a remark that names the vendor. */
export function matchRemark(scan: Scan, vendor: Vendor, place: Place, start: number): void {
  const from = Math.max(scan.text.lastIndexOf('\n', start - 1) + 1, start - reach - vendor.most);
  const line = scan.text.slice(from, start);
  for (const { 1: quote = '', 2: value = '', index: at } of line.matchAll(/(["'`])((?:(?!\1)[!-~]){8,400})\1/g)) {
    const before = line.slice(0, at).slice(-60);
    const handed = /[(,]\s{0,3}$/.test(before) || (keyWord.test(before) && /[=:]\s{0,3}$/.test(before));
    if (!handed || harmless.test(/[\w.-]*(?=\s{0,3}[=:]\s{0,3}$)/.exec(before)?.[0] ?? '')) continue;
    const key = vendor.keys.find((one) => one.pattern.test(value) && (!one.open || isStrong(value)));
    if (key === undefined) continue;
    const begin = from + at + quote.length;
    report(scan, vendor.id, key, place, start, begin, begin + value.length);
  }
}

/** What stands in front of a value that is sent with a request: a header, a user without a password, an argument. */
const sent =
  /(?:(?:\s-u|--user|-H|--header)[ =]?["']?|auth\s?=\s?\(?\s?["']|(?:key|token|secret|auth\w{0,12})["'`]?\s?(?:[:=,(]|=>)\s?["'`]?(?:[a-z-]{2,24} )?|(?:bearer|token) )$/i;

/** The key is sent as the user, with something that is no password: `curl -u KEY:x`. */
const asUser = /(?:\s-u|--user)[ =]?["']?$/;
const noPassword = /^:(?:x|api_token|api-token|api|token|unused|ignored|dummy|blank|pass|password)?["'\s]/i;

/** Looks in front of a vendor's host for the credential that is sent there: `curl -u KEY: https://api.acme.com`. */
export function matchBefore(scan: Scan, vendor: Vendor, place: Place, start: number): void {
  const from = Math.max(0, start - reach - vendor.most);
  for (const key of vendor.keys) {
    let found = false;
    eachValue(scan.text, [from, start, start], key, (begin, stop) => {
      if (start - stop >= reach) return true;
      const before = scan.text.slice(Math.max(from, begin - 60), begin);
      const behind = scan.text.slice(stop, start);
      found = endsHere(behind) ? sent.test(before) : asUser.test(before) && noPassword.test(behind);
      if (found) report(scan, vendor.id, key, place, start, begin, stop);
      return !found;
    });
    if (found) return;
  }
}

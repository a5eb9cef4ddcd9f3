import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32 } from '../../../agent/model/secrets/checks.ts';
import { isPublished } from '../../../agent/model/secrets/generic/published.ts';
import { randomFrom } from '../../support/random.ts';
import { generateSecret } from '../../support/secrets.ts';
import { scan } from '../helpers.ts';

const hex = (length: number, seed = 3) => randomFrom(seed).text('0123456789abcdef', length);

/** Severities of what is found. */
function severities(text: string, path: string): string[] {
  return scan(text, path).map(({ severity }) => severity);
}

describe('keys that are made to be published', () => {
  const google = generateSecret('google-api-key', 4);
  const captcha = `6L${randomFrom(5).text('0123456789abcdefXYZ_', 38)}`;
  for (const [what, text, path] of [
    ['Firebase beside its other settings', `{ apiKey: "${google}", authDomain: "acme.firebaseapp.com" }\n`, 'a.js'],
    ['Firebase in an app’s file', `{"current_key": "${google}", "mobilesdk_app_id": "1:2:android:3"}\n`, 'a.json'],
    ['Maps in a page', `<script src="https://maps.googleapis.com/maps/api/js?key=${google}"></script>\n`, 'a.html'],
    ['Pusher’s app key', `PUSHER_APP_KEY=${hex(20)}\n`, 'a.env'],
    ['Pusher in a page', `const p = new Pusher("${hex(20)}", { cluster: "eu" });\n`, 'a.js'],
    ['Segment’s write key', `SEGMENT_WRITE_KEY=${hex(32)}\n`, 'a.env'],
    ['Amplitude in a page', `amplitude.init("${hex(32)}");\n`, 'a.js'],
    ['Mixpanel in a page', `mixpanel.init("${hex(32)}");\n`, 'a.js'],
    ['Algolia’s search key', `ALGOLIA_SEARCH_API_KEY=${hex(32)}\n`, 'a.env'],
    ['Rollbar’s client token', `ROLLBAR_CLIENT_TOKEN=${hex(32)}\n`, 'a.env'],
    ['Datadog’s client token', `DD_CLIENT_TOKEN=pub${hex(32)}\n`, 'a.env'],
  ] as const) {
    it(`are information: ${what}`, () => assert.deepEqual(severities(text, path), ['info']));
  }

  it('are not reported at all where the name says so', () => {
    for (const text of [
      `<div class="g-recaptcha" data-sitekey="${captcha}"></div>\n`,
      `RECAPTCHA_SITE_KEY=${captcha}\n`,
      `MERCADOPAGO_PUBLIC_KEY=APP_USR-${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}\n`,
    ])
      assert.deepEqual(scan(text, 'a.html'), []);
  });

  it('are told apart from the secret ones of the same form', () => {
    for (const [text, path] of [
      [`PUSHER_APP_SECRET=${hex(20)}\n`, 'a.env'],
      [`new Pusher({ key: "x", secret: "${hex(20)}" })\n`, 'a.js'],
      [`AMPLITUDE_SECRET_KEY=${hex(32)}\n`, 'a.env'],
      [`ROLLBAR_ACCESS_TOKEN=${hex(32)}\n`, 'a.env'],
      [`RECAPTCHA_SECRET_KEY=${captcha}\n`, 'a.env'],
      [`GOOGLE_API_KEY=${google}\n`, 'a.env'],
      [`ALGOLIA_ADMIN_API_KEY=${hex(32)}\n`, 'a.env'],
    ] as const) {
      assert.equal(severities(text, path).length, 1, text);
      assert.doesNotMatch(severities(text, path).join(), /info/, text);
    }
  });
});

describe('examples that vendors print', () => {
  const halves = [
    ['sk_test_4eC39HqLy', 'jWDarjtT1zdp7dc'],
    ['CCIPAT_ULUhR6rJLxYbyzyrP19iMZ_8fb1e35103', '25f7f09361de22b9420346c53ca2cb'],
    ['dt0s01.ST2EY72KQINMH574WMNVI7YN.G3DFPBEJYMODIDAEX454M7YW', 'BUVEFOWKPRVMWFASS64NFH52PX6BNDVFFM572RZM'],
    ['ntpi2ch67ci2vjzcohglogyyg', 'wo5fuyl365n2zdowwxhsys6jnoa'],
    ['tk_AgQdq7mVBoFD37z', 'QVN29RhuMzNIz2'],
    ['110201543:AAHdqTcvCH1vGW', 'JxfSeofSAs0K5PALDsaw'],
    ['SWMKEY-1-fySn8TY4w5lKcWcJPIpKu', 'fejh9hxx5KYwx6XZigx3Q4'],
    ['6tL24nM38M7XWQ.atlasv1.KmWckRfzeNmUVFNvpvwUEChKaLGzn', 'CSD6fPf3VPzqMMVzmSxFU0p2Ibzpo2h5eTGwPU'],
    ['093b24e85df15a3e66f1', 'fc359f4c48493eaa1b73'],
  ] as const;
  for (const [start, end] of halves) {
    it(`are silent, and only they are: ${start.slice(0, 6)}`, () => {
      const value = start + end;
      assert.ok(isPublished(value), String(crc32(value)));
      assert.deepEqual(scan(`azure_devops_token = "${value}"\n`, 'a.py'), []);
      const other = value.slice(0, -1) + (value.endsWith('2') ? '3' : '2');
      assert.ok(scan(`azure_devops_token = "${other}"\n`, 'a.py').length > 0);
    });
  }
});

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { generateSecret } from '../support/secrets.ts';
import { found, scan } from './helpers.ts';

const word = generateSecret('password');
const other = generateSecret('password', 2);
const key = generateSecret('random-token');

/** What was found, without the rule's name. */
const values = (text: string, path: string): string[] =>
  found(text, path).map((hit) => hit.slice(hit.indexOf(':') + 1));

describe('tables', () => {
  it('of comma, semicolon, tabulator and bar name their columns in the first line', () => {
    for (const sign of [',', ';', '\t', '|']) {
      const line = (...cells: string[]) => `${cells.join(sign)}\n`;
      const text =
        line('id', 'user name', 'Password', 'note') + line('1', 'ada', word, 'x') + line('2', 'bob', other, '');
      assert.deepEqual(values(text, 'users.csv'), [word, other], JSON.stringify(sign));
    }
  });

  it('may quote cells, with the divider and quotes inside', () => {
    const text = `"user","note","passwd"\n"ada","a ""b"", c","${word}"\n`;
    assert.deepEqual(values(text, 'a.csv'), [word]);
  });

  it('of names and values hold a secret where the name says so', () => {
    assert.deepEqual(values(`key,value\nREGION,eu-west-1\nAPI_TOKEN,${key}\n`, 'settings.csv'), [key]);
  });

  it('of Markdown are read below the dashes, to the first empty line', () => {
    const text = `| User | Password |\n|---|:---:|\n| ada | \`${word}\` |\n| bob | **${other}** |\n\n| x | ${key} |\n`;
    assert.deepEqual(values(text, 'notes.md'), [word, other]);
  });

  it('without a secret’s column, with labels and with ids are silent', () => {
    for (const [path, text] of [
      ['words.csv', 'token,tag\nhouse,NN\nruns,VB\n2024,CD\n'],
      ['api.md', '| Parameter | Password | Default |\n|---|---|---|\n| a | required | none |\n'],
      ['ids.csv', `name,token\na,${randomUUID()}\n`],
      ['empty.csv', 'password\n'],
      ['hash.csv', `user,password_hash\nada,${key}\n`],
    ] as const) {
      assert.deepEqual(values(text, path), [], path);
    }
  });

  it('of ten thousand users are one leak and not ten thousand findings', () => {
    const rows = Array.from({ length: 1000 }, (_, row) => `u${row},${word}${row}\n`).join('');
    assert.equal(scan(`user,password\n${rows}`, 'users.csv').length, 200);
  });
});

describe('statements of SQL', () => {
  it('name their columns, and a call or a comma in a text counts as one value', () => {
    const insert = `INSERT INTO users (id, note, created, password) VALUES (1, 'a, (b)', now(), '${word}'), (2, 'it''s', now(), '${other}');\n`;
    assert.deepEqual(values(insert, 'seed.sql'), [word, other]);
    assert.deepEqual(values(`$db->query("INSERT INTO u (name, api_key) VALUES ('a', '${key}')");\n`, 'a.php'), [key]);
  });

  it('with parameters or a hash are silent', () => {
    const hash = `$2y$10$${key.slice(0, 22)}${key.slice(0, 20)}`;
    assert.deepEqual(values(`INSERT INTO u (name, password) VALUES ('a', '${hash}');\n`, 'a.sql'), []);
    assert.deepEqual(values('INSERT INTO u (name, password) VALUES (?, ?), (:a, :b), ($1, $2);\n', 'a.sql'), []);
    assert.deepEqual(values('INSERT INTO u (name, password) VALUES (\n', 'a.sql'), []);
  });

  it('set a value and say its name behind it', () => {
    assert.deepEqual(values(`UPDATE o SET option_value = '${key}' WHERE option_name = 'smtp_secret';\n`, 'a.sql'), [
      key,
    ]);
  });
});

describe('a value in front of its name', () => {
  for (const [path, text] of [
    ['a.json', `{"value": "${key}", "name": "api_key"}`],
    ['a.yml', `- value: "${key}"\n  name: API_KEY\n`],
    ['a.swift', `request.setValue("${key}", forHTTPHeaderField: "X-Api-Key")`],
    ['a.m', `[d setObject:@"x" forKey:@"y"]; [r setValue:@"${key}" forHTTPHeaderField:@"X-Api-Key"];`],
  ] as const) {
    it(path, () => assert.deepEqual(values(`${text}\n`, path), [key]));
  }
});

describe('a value in several pieces', () => {
  const [left, right] = [key.slice(0, 20), key.slice(20)];
  for (const [path, text] of [
    ['a.js', `const apiKey = "${left}" + "${right}";`],
    ['a.php', `$api_key = '${left}' . '${right}';`],
    ['a.py', `SECRET = "${left}" \\\n    "${right}"`],
    ['a.java', `String token = "${left}"\n    + "${right}";`],
  ] as const) {
    it(`is one finding from its first character to its last: ${path}`, () => {
      const [hit, ...more] = scan(`${text}\n`, path);
      assert.deepEqual(more, []);
      assert.equal(hit?.identity, key);
      assert.equal(
        text.slice(...(hit?.range ?? [0, 0])),
        text.slice(text.indexOf(left), text.indexOf(right) + right.length),
      );
    });
  }

  it('ends where another text begins', () => {
    assert.deepEqual(values(`const apiKey = "${key}", name = "x";\n`, 'a.js'), [key]);
    assert.deepEqual(values(`f(token="${key}", other="${other}")\n`, 'a.py'), [key]);
  });
});

describe('a password with spaces', () => {
  it('is found where the name says so and no sentence stands there', () => {
    const text = `${word.slice(0, 5)}9x ${other.slice(0, 6)}7k`;
    assert.deepEqual(values(`DB_PASSWORD="${text}"\n`, '.env'), [text]);
    assert.deepEqual(values(`password = "${['falcon', 'river', 'copper', 'lantern'].join(' ')}"\n`, 'a.ini').length, 1);
  });

  it('is no label, hint or message', () => {
    for (const text of [
      'Enter your password',
      'Password must have 8 characters',
      'at least 12 characters and 1 digit!',
      'Passwords do not match',
      'The database password 2',
      'Confirm Password 1',
    ]) {
      assert.deepEqual(values(`password: "${text}"\n`, 'a.yml'), [], text);
      assert.deepEqual(values(`const password = "${text}";\n`, 'a.js'), [], text);
    }
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readAssignment } from '../../agent/model/secrets/generic/assignment.ts';
import { isPlaceholder } from '../../agent/model/secrets/generic/negatives.ts';
import { wordiness } from '../../agent/model/secrets/generic/rarity.ts';
import { cannotAssign, readSign } from '../../agent/model/secrets/generic/signs.ts';
import { kindOfIdentifier } from '../../agent/model/secrets/generic/words.ts';
import { randomFrom } from '../support/random.ts';
import { generateSecret } from '../support/secrets.ts';
import { found, scan } from './helpers.ts';

/** File name and line. `@P`, `@T` and `@H` stand for a password, a random token and random hexadecimal digits. */
const lines: readonly (readonly [file: string, line: string])[] = [
  ['a.py', 'PASSWORD = "@P"'],
  ['a.py', 'db_password: str = "@P"'],
  ['a.py', 'os.environ["API_KEY"] = "@T"'],
  ['a.py', 'client = Client(api_key="@T")'],
  ['a.py', 'requests.get(url, headers={"Authorization": "Bearer @T"})'],
  ['a.py', "conn = psycopg2.connect(host='db.acme.io', user='app', password='@P')"],
  ['a.js', 'const password = "@P";'],
  ['a.js', 'const config = { apiKey: "@T", secret: \'@H\' };'],
  ['a.js', 'headers["X-Api-Key"] = "@T"'],
  ['a.ts', 'private readonly apiSecret: string = "@T";'],
  ['a.ts', 'const token = process.env.TOKEN || "@T"'],
  ['a.java', 'String password = "@P";'],
  ['a.java', 'props.setProperty("spring.datasource.password", "@P");'],
  ['a.java', 'public static final String API_KEY = "@T";'],
  ['a.cs', 'var secret = new SecretClientOptions { ClientSecret = "@T" };'],
  ['a.go', 'var apiToken = "@T"'],
  ['a.go', 'password := "@P"'],
  ['a.go', 'os.Setenv("DB_PASSWORD", "@P")'],
  ['a.rb', 'config.secret_key_base = "@H"'],
  ['a.rb', 'password: "@P",'],
  ['a.rb', ":password => '@P'"],
  ['a.php', "define('DB_PASSWORD', '@P');"],
  ['a.php', "$password = '@P';"],
  ['a.php', "'password' => '@P',"],
  ['a.php', "define('AUTH_KEY', '@T');"],
  ['a.yml', 'password: @P'],
  ['a.yml', '  api_key: @T'],
  ['a.yml', '  - name: DB_PASSWORD\n    value: "@P"'],
  ['a.yml', '  secretKey: "@H"'],
  ['a.yaml', 'spring:\n  datasource:\n    password: @P'],
  ['a.json', '{"password": "@P"}'],
  ['a.json', '{"name":"API_TOKEN","value":"@T"}'],
  ['a.json', '"clientSecret": "@T"'],
  ['a.toml', 'token = "@T"'],
  ['a.ini', 'smtp_pass = @P'],
  ['a.properties', 'db.password=@P'],
  ['.env', 'SECRET_KEY=@T'],
  ['.env', 'DB_PASS="@P"'],
  ['a.env', 'export GH_TOKEN=@H'],
  ['a.sh', 'export AWS_SECRET="@T"'],
  ['a.sh', 'curl -u deploy:@P https://api.acme.io/v1'],
  ['a.sh', 'mysql -u root --password=@P db'],
  ['a.sh', 'docker login --password @P'],
  ['a.sh', 'curl -H "Authorization: Bearer @T" https://api.acme.io'],
  ['a.sh', 'curl -H "Authorization: SSWS @T" https://acme.io'],
  ['a.yml', 'Authorization: Acme-enczapikey @T'],
  ['a.sh', 'sshpass -p "@P" ssh host'],
  ['a.sh', 'PGPASSWORD=@P psql'],
  ['a.xml', '<password>@P</password>'],
  ['a.xml', '<add key="ApiKey" value="@T" />'],
  ['web.config', 'connectionString="Server=db;Database=x;User Id=sa;Password=@P;"'],
  ['settings.xml', '<server><username>x</username><password>@P</password></server>'],
  ['Dockerfile', 'ENV API_TOKEN=@T'],
  ['Dockerfile', 'ENV API_TOKEN @T'],
  ['a.tf', 'password = "@P"'],
  ['a.tf', 'variable "db_password" { default = "@P" }'],
  ['a.md', 'The password is `@P`'],
  ['a.md', 'password: @P'],
  ['COMMIT_EDITMSG', 'use token @H for now'],
  ['a.py', '# password: @P'],
  ['a.js', '// API key: @T'],
  ['a.ipynb', '"api_key = \\"@T\\"\\n"'],
  ['a.js', 'const url = "postgres://app:@P@db.acme.io:5432/app"'],
  ['a.py', 'redis_url = "redis://:@H@cache.acme.io:6379/0"'],
  ['a.yml', 'url: amqp://svc:@H@mq.acme.io/vhost'],
  ['a.js', 'fetch("https://svc:@H@api.acme.io/x")'],
  ['a.txt', 'https://api.acme.io/x?api_key=@T&y=1'],
  ['a.txt', 'https://api.acme.io/x?access_token=@T'],
  ['a.http', 'X-Auth-Token: @T'],
  ['a.http', 'Cookie: session_token=@T'],
  ['a.ps1', '$password = ConvertTo-SecureString "@P" -AsPlainText -Force'],
  ['a.ps1', '-Password "@P"'],
  ['a.swift', 'let apiKey = "@T"'],
  ['a.kt', 'val password = "@P"'],
  ['a.rs', 'let secret: &str = "@T";'],
  ['a.c', 'const char *password = "@P";'],
  ['a.c', '#define WIFI_PASSWORD "@P"'],
  ['a.ino', 'const char* WIFI_PSK = "@P";'],
  ['a.dart', "final String apiKey = '@T';"],
  ['a.sql', "ALTER USER app WITH PASSWORD '@P';"],
  ['a.sql', "CREATE USER app IDENTIFIED BY '@P';"],
  ['a.conf', 'requirepass @P'],
  ['a.cfg', 'bindpw: @P'],
  ['a.yml', 'auth_token: "@H"'],
  ['a.gradle', 'storePassword "@P"'],
  ['gradle.properties', 'signing.password=@P'],
  ['a.vb', 'Dim password As String = "@P"'],
  ['a.py', 'auth=("deploy", "@P")'],
  ['a.js', 'auth: { user: "x@acme.io", pass: "@P" }'],
  ['a.js', 'mongoose.connect("mongodb+srv://app:@H@cluster0.mongodb.net/db")'],
  ['a.ex', 'secret_key_base: "@T"'],
  ['a.yml', 'encryption_key: @H'],
  ['a.js', 'consumerSecret: "@T"'],
  ['a.json', '"private_key_password": "@P"'],
  ['a.lua', 'local api_token = "@T"'],
  ['a.pl', 'my $password = "@P";'],
  ['a.js', 'accessToken: `@T`'],
  ['a.js', 'setToken("@T")'],
];

const stands = { '@P': 'password', '@T': 'random-token', '@H': 'random-hex' } as const;

describe('values without a vendor’s shape', () => {
  it('are found in the languages and formats people write them in', () => {
    const missed: string[] = [];
    for (const [file, line] of lines) {
      const mark = (/@[PTH]/.exec(line) as RegExpExecArray)[0] as keyof typeof stands;
      for (let seed = 1; seed <= 5; seed++) {
        const value = generateSecret(stands[mark], seed);
        const text = `x\n${line.replace(mark, () => value)}\ny\n`;
        const hits = scan(text, file);
        if (!hits.some(({ range }) => text.slice(range[0], range[1]) === value))
          missed.push(`${file}: ${line} (${seed})`);
        for (const hit of hits) assert.notEqual(hit.confidence === 'high' && hit.by === 'generic', true);
      }
    }
    assert.deepEqual(missed, []);
  });

  it('are found where they are long, hold what they belong to, or are the key of something in the environment', () => {
    const hex = generateSecret('random-hex', 3);
    const token = generateSecret('random-token', 3) + hex;
    for (const [line, value] of [
      [`ACME_TOKEN="12|${token}"`, `12|${token}`],
      [
        `ACME_TOKEN=${token}.${token}.${[4, 5, 6, 7, 8, 9].map((seed) => generateSecret('random-token', seed) + hex).join('')}`,
      ],
      [`ACME_SETUP_KEY=${hex}`, hex],
    ] as const) {
      const text = `${line}\n`;
      const wanted = value ?? line.slice('ACME_TOKEN='.length);
      assert.deepEqual(found(text, 'a.env'), [`generic-secret:${wanted}`]);
    }
    assert.deepEqual(found(`CACHE_KEY=${hex}\nPUBLIC_KEY=${hex}\n`, 'a.env'), []);
  });

  it('weigh less in tests and documentation, and nothing in locks and minified code', () => {
    const line = `const apiKey = "${generateSecret('random-token')}";\n`;
    assert.deepEqual(
      scan(line, 'src/a.js').map(({ confidence }) => confidence),
      ['medium'],
    );
    assert.deepEqual(
      scan(line, 'test/a.js').map(({ confidence }) => confidence),
      ['low'],
    );
    assert.deepEqual(scan(line, 'dist/a.min.js'), []);
    assert.deepEqual(scan(`"token": "${generateSecret('random-token')}"`, 'package-lock.json'), []);
  });

  it('a vendor’s token is found wherever it stands', () => {
    const token = generateSecret('github-token');
    for (const path of ['dist/a.min.js', 'package-lock.json', 'test/fixtures/a.js', 'src/locales/en.json']) {
      assert.deepEqual(found(`x = "${token}"\n`, path), [`github-token:${token}`], path);
    }
  });
});

describe('what is no secret', () => {
  const hash = generateSecret('random-hex').slice(0, 40);
  for (const [path, text] of [
    ['src/a.ts', 'const token = lexer.next(); const type = Token.Identifier2;'],
    ['src/a.ts', "const tokenizer = 'cl100k_base_2024_v1'; const maxTokens = 4096;"],
    ['src/a.ts', "if (token === 'EndOfFile') return; const password = getPassword();"],
    ['src/a.ts', "const passwordInput = { type: 'password', autocomplete: 'current-password' };"],
    ['src/a.ts', "const secretName = 'prod/db/password-2024'; const tokenUrl = 'https://a.acme.io/oauth2/token';"],
    ['src/a.ts', 'const password = `${user}:${process.env.PASSWORD}`;'],
    ['src/a.ts', "const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange';"],
    ['src/a.ts', `const cacheKey = '${hash}'; const commit = '${hash}';`],
    ['src/a.ts', "const nextToken = page.nextToken; const csrfToken = 'csrf-token-header-name';"],
    [
      'src/a.ts',
      "const apiKey = 'YOUR_API_KEY'; const secret = '<your-secret-here>'; const token = 'xxxxxxxxxxxxxxxxxxxx';",
    ],
    ['src/a.py', 'password = input("Password: ")\ntoken = os.environ["API_TOKEN"]\nsecret = config.get("secret")'],
    [
      'a.yml',
      'password: ${{ secrets.DB_PASSWORD }}\ntoken: !vault abc\napi_key: "{{ vault_api_key }}"\nsecretName: db-credentials-v2',
    ],
    ['a.yml', 'password: ENC[AES256_GCM,data:Tr7o1Xc2k3,iv:1Z9x,tag:aa==,type:str]'],
    [
      'a.tf',
      'password = var.db_password\nsecret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf"',
    ],
    [
      'package.json',
      '{ "dependencies": { "@acme/token-service": "^1.2.3", "password-hash": "1.2.2", "jsonwebtoken": "9.0.2" } }',
    ],
    ['.env.example', 'API_KEY=\nSECRET_KEY=changeme\nDB_PASSWORD=your-password-here\nTOKEN=__REPLACE_ME__'],
    ['.env', `GIT_SHA=${hash}\nPUBLIC_KEY=${hash}\nNEXT_PUBLIC_KEY_ID=${hash}`],
    [
      'a.json',
      `{"integrity": "sha512-${hash}${hash}==", "etag": "${hash}", "resolved": "https://r.acme.io/a.tgz#${hash}"}`,
    ],
    [
      'a.json',
      '{"passwordPolicy": "twelve-Characters", "forgotPassword": "Forgot your password?", "tokenType": "Bearer2"}',
    ],
    [
      'a.sh',
      'TOKEN=$(cat /run/secrets/token)\nPASSWORD="$1"\nexport SECRET=${SECRET:-}\ncurl -H "Authorization: Bearer $TOKEN" x',
    ],
    ['a.md', 'Use a token of at least 20 characters. The secret is safe. Pass `--token <token>` to log in.'],
    ['a.go', 'token := scanner.Scan()\nvar passwordRegex = regexp.MustCompile("^[A-Za-z0-9]{8,}$")'],
    ['a.css', '.password-field1 { content: "Passw0rd-hint"; }'],
    ['a.html', '<input type="password" name="newPassword1" placeholder="Password (8+)">'],
  ] as const) {
    it(`${path}: ${text.slice(0, 60)}`, () => assert.deepEqual(found(`${text}\n`, path), []));
  }
});

describe('pieces', () => {
  it('identifiers say what they name', () => {
    for (const [identifier, kind] of [
      ['dbPassword', 'password'],
      ['DB_PASS', 'password'],
      ['spring.datasource.password', 'password'],
      ['pwd', 'password'],
      ['clientSecret', 'secret'],
      ['x-api-key', 'key'],
      ['STRIPE_KEY', 'key'],
      ['secret_key_base', 'key'],
      ['compass', undefined],
      ['bypass', undefined],
      ['keyboard', undefined],
      ['primary_key', 'key'],
      ['sortKey', undefined],
      ['tokenType', undefined],
      ['secretName', undefined],
      ['passwordHash', undefined],
      ['publicKey', undefined],
      ['nextToken', undefined],
      ['max_tokens', undefined],
      ['author', undefined],
    ] as const) {
      assert.equal(kindOfIdentifier(identifier), kind, identifier);
    }
  });

  it('an assignment is read up to its value’s end', () => {
    const inner = JSON.stringify('{"pass": "a1b"}');
    assert.equal(readAssignment(`password = "a'b" # c`, 0, 8)?.value, "a'b");
    assert.equal(readAssignment(inner, inner.indexOf('pass'), inner.indexOf('pass') + 4)?.value, 'a1b');
    assert.equal(readAssignment('password=a1;b', 0, 8)?.value, 'a1');
    assert.equal(readAssignment('password', 0, 4), undefined);
    assert.equal(readAssignment('password: "never closed', 0, 4), undefined);
  });

  it('words are told from random letters', () => {
    const random = randomFrom(3);
    let wrong = 0;
    for (let round = 0; round < 500; round++)
      if (wordiness(random.text('abcdefghijklmnopqrstuvwxyz', 20)) > -0.8) wrong++;
    assert.ok(wrong < 20, `${wrong} of 500 random texts look like words`);
    for (const text of ['configuration', 'correcthorsebattery', 'UserAccountManager', 'passwort', 'contrasena']) {
      assert.ok(wordiness(text) > 0, text);
    }
  });

  it('placeholders are told from random values', () => {
    const random = randomFrom(4);
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
    for (let round = 0; round < 2000; round++) {
      const value = random.text(letters, 32);
      assert.equal(isPlaceholder(value), false, value);
      assert.equal(isPlaceholder(random.text('0123456789abcdef', 40)), false);
    }
    for (const value of [
      'xxxxxxxx',
      '********',
      '<token>',
      '${TOKEN}',
      '{{ token }}',
      '%TOKEN%',
      'your-api-key',
      'abcdefghij',
      '1234567890',
      'abcabcabcabc',
      'aaaaaaaaaaaa',
      'REPLACE_ME',
      'changeme',
    ]) {
      assert.equal(isPlaceholder(value), true, value);
    }
  });
});

it('says of no sign that it cannot be one', () => {
  const random = randomFrom(31);
  const pieces = [
    ...'\'"`()[]{}<>=:;,|?!*+-/\\&#@.\n\r\t  ',
    'value',
    'string',
    ' or ',
    'x',
    '||',
    '=>',
    '</key><string>',
    'get;',
  ];
  let signs = 0;
  for (let round = 0; round < 60_000; round++) {
    const before = ['{', '"', ' ', '<'][random.below(4)] as string;
    const behind = Array.from({ length: 1 + random.below(7) }, () => pieces[random.below(pieces.length)]).join('');
    const text = `${before}token${behind}"a1b2c3"`;
    if (readSign(text, 6, before) === undefined) continue;
    signs++;
    assert.equal(cannotAssign(text, 6, before.charCodeAt(0)), false, JSON.stringify(text));
  }
  assert.ok(signs > 2000);
});

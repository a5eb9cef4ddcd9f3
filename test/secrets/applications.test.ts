import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { generateSecret } from '../support/secrets.ts';
import { found } from './helpers.ts';

const hex = generateSecret('random-hex');
const random = Buffer.from(hex.slice(0, 48), 'hex').toString('base64');
const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
const sentence = (text: string) => Buffer.from(text).toString('base64');

/** What stands in the code and the settings of applications, looks like a value behind a key word, and is no secret. */
const quiet: Record<string, readonly (readonly [path: string, text: string])[]> = {
  'names of classes and of ways to hash': [
    [
      'app/settings.py',
      'PASSWORD_HASHERS = [\n    "acme.contrib.hashers.BCryptSHA256PasswordHasher",\n    "acme.contrib.hashers.PBKDF2PasswordHasher",\n]\n',
    ],
    [
      'app/core.py',
      '"PASSWORD_SCHEMES": [\n        "pbkdf2_sha256",\n        "pbkdf2_sha512",\n        "plaintext",\n    ],\n',
    ],
    [
      'routing.yml',
      '    vaultpassword:\n      redirect: acme.general.vaultpassword\n    dig:\n      redirect: acme.general.dig\n',
    ],
  ],
  'steps of a migration': [
    [
      'shop/migrations/0004_merge.py',
      'dependencies = [\n    ("authtoken", "0002_auto_20190226_1747"),\n    ("shop_auth", "0014_auto_20210512_1955"),\n]\n',
    ],
  ],
  'calls that look a secret up': [
    [
      'modules/cert.py',
      'load(\n    pkcs12_passphrase=managed.get("pkcs12_passphrase"),\n    priv_passwd=cfg.get("priv_passwd"),\n)\n',
    ],
    ['contrib/hook.py', "    password = ui.config('mailhook', 'passwd')\n"],
    ['dist/app.js', 'wrap(a,{name:"X-Token",token:l.a.get("csrftoken")})\n'],
    [
      'net/clone.go',
      'u.User = url.UserPassword("deploy-actions", task.Token)\nu.User = url.UserPassword("deploy-actions", taskToken)\n',
    ],
  ],
  'texts with a place for the value': [
    ['modules/db.py', '    _password = f"*{hashlib.sha1(_password).hexdigest().upper()}"\n'],
    [
      'models/key.py',
      "    public_key = 'A40102032620012158{:064x}2258{:064x}'.format(x, y)\n    webauthn_key = 'A40102032620012158{:064x}2258{:064x}'.format(x, y)\n",
    ],
    ['config/key.py', '    form_secret = \'form_secret: "%s"\' % random_text(50)\n'],
    ['dist/index.js', 'n.pass&&r.push("sentry_secret="+n.pass),{"Content-Type":"application/json"}\n'],
  ],
  'a regular expression': [
    ['source/cvs.py', 'root_without_pw = re.sub("(:pserver:[^:]*):[^@]*(@.*)", r"\\1\\2", self.root)\n'],
  ],
  'a sentence about a setting': [
    ['schema.cfg', '# How to connect. If smtp_user and smtp_pass is given,\n# then the list will log in.\n'],
  ],
  'what a name says behind the key word': [
    ['run.sh', 'export PASS_ACME_COMPLEMENT_DATABASE=sqlite\n'],
    ['Dockerfile', `ENV ACME_UPDATE_MINISIGN_PUBKEY="RWT${random}"\n`],
    ['header.go', `h["X-Amz-Server-Side-Encryption-Customer-Key-Md5"] = []string{"${random.slice(0, 22)}=="}\n`],
    ['facts.json', `{"acme_ssh_host_key_ecdsa_public": "AAAAE2VjZHNh${random}"}\n`],
    ['state.json', `{"x-minio-hold-timestamp": "${sentence('2021-10-19T22:35:46.351805Z')}"}\n`],
  ],
  'a token that a page is given once': [
    [
      'page.html',
      `<input type="hidden" name="csrfmiddlewaretoken" value="${hex}">\n<input name="authenticity_token" type="hidden" value="${random}=" />\n`,
    ],
  ],
  'a key that is meant to be known': [
    ['keys.go', `\tSSHKey: "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC${random} me\\n",\n`],
    [
      'fido.go',
      `sshKey := "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAI${random}AAAABHNzaDo="\n`,
    ],
    ['websocket.py', "WS_KEY = b'258EAFA5-E914-47DA-95CA-C5AB0DC85B11'\n"],
  ],
  'what a file holds, in base64': [
    ['contents.go', `\tPrivateKey: new("${sentence('# shop one\n\nDescription for shop one')}"),\n`],
  ],
  'the scope of a signature': [
    [
      'auth.go',
      'h.Set("Authorization", fmt.Sprintf("AWS4-HMAC-SHA256 Credential=%s/%s/us-east-1/s3/aws4_request, SignedHeaders=host", a, b))\n',
    ],
    [
      'url.go',
      `h["Authorization"] = "AWS4-HMAC-SHA256 Credential=123/20250102/test_region/s3/aws4_request, SignedHeaders=host"\n\tu := "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${hex.slice(0, 20).toUpperCase()}%2F20240529%2Fus-east-1%2Fs3%2Faws4_request"\n`,
    ],
  ],
  'objects of git': [
    ['packed-refs', `${hex.slice(0, 40)} refs/heads/feature-.github\n${hex.slice(2, 42)} refs/heads/feature-docs\n`],
  ],
  'words of other things': [
    ['etc/nsswitch.conf', 'passwd:         compat\ngroup:          files\nshadow:         compat\n'],
    [
      'shadow.py',
      'struct = namedtuple(\n    "struct_spwd",\n    [\n        "sp_namp",\n        "sp_pwdp",\n    ],\n)\n',
    ],
    ['dist/map.js', 'this.filterPass.render(o,{pass:`collision-filter`,isPicking:!0,layers:l})\n'],
    ['dist/emoji.js', '{seat:"\\ud83d\\udcba",secret:"\\u3299\\ufe0f",see_no_evil:"\\ud83d\\ude48"}\n'],
    ['searchindex.js', '{"part": [0, 1, 2, 3], "pass": [0, 3, 4, 5, 8, 9, 10, 12], "__init__": [0, 1]}\n'],
    [
      'ssl.conf',
      'SSLCipherSuite AES:CAMELLIA:DES-CBC3-SHA:!aNULL:!eNULL:!EXPORT:!DES:!RC4:!MD5:!PSK:!aECDH:!EDH-DSS-DES-CBC3-SHA:!EDH-RSA-DES-CBC3-SHA\n',
    ],
    ['plugins.py', 'run(pass_to_ext_pillars=["path_to_add2:fake_data5"])\n'],
  ],
  'a sentence that goes on': [
    ['MANUAL.txt', 'Photos are identified by being in the album, volumes are identified by their GUID.\n'],
    [
      'MANUAL.txt',
      '- ACME_CONFIG_PASS set to contain your config file password\n- Set the option api_password taking it from above\n',
    ],
    [
      'MANUAL.txt',
      'If acme cannot find the ACME_API_PASSWORD variable or the file, it asks; the ask_password option says so.\n',
    ],
    [
      'MANUAL.txt',
      '- rclone obscure: for generating encrypted passwords\n- Make rclone obscure ignore a newline at the end\n',
    ],
  ],
  'the tags of a structure': [
    ['model.go', '\tPassword *IdentityPassword `json:"password,omitempty"`\n'],
    ['spec.go', '\tPassTLSClientCert *dynamic.PassTLSClientCert        `json:"passTLSClientCert,omitempty"`\n'],
  ],
  'whom or what a call is about': [
    ['login_test.go', '\tone := newIdentityWithPassword("jo-api@acme.io")\n'],
    ['repo.go', '\tcreds, err := store.GetRepositoryCredentials(ctx, "git@acme.io:shop/shop.git")\n'],
    ['input.go', 'return fs.ConfigInput("password", "config_username", "username (email address)")\n'],
    ['q_test.go', `\tget(t, server, "/identities?credentials_identifier=ProviderID:${uuid}", ok)\n`],
    ['user_test.go', `\turl := base + "/me?fields=name&appsecret_proof=${hex.slice(0, 40)}f1"\n`],
  ],
  'code between two texts': [
    ['login.ts', 'page.locator(\n  \'[type="submit"][name="method"][value="password"]\',\n)\nthis.go()\n'],
    [
      'dist/page.js',
      't.i({title:()=>e.showPassword?`Hide password`:`Show password`,onclick:()=>e.showPassword=!e.showPassword},t.i({className:()=>`a`}))\n',
    ],
    ['backend.go', 'NewFs(ctx, ":crypt,remote=\'"+dir+"\',password="+obscure.MustObscure(name)+":")\n'],
  ],
  'advisories, algorithms, addresses, patterns, ids of keys': [
    [
      'CHANGELOG.md',
      '- Fix the proxy accepting a request signed with an empty secret GHSA-xw4r-4h3p-r22c CVE-2026-88018 (Jo)\n',
    ],
    [
      'ssh.go',
      'var PreferredKeyExchange = []string{\n\t"curve25519-sha256@libssh.org",\n\t"curve25519-sha256",\n\t"ecdh-sha2-nistp256",\n}\nvar hostKeys = []string{"curve25519-sha256"}\n',
    ],
    [
      'check_test.go',
      '\tpassList: []string{\n\t\t"2a03:4000:6:d080::1",\n\t\t"2a03:4000:6:d080::2",\n\t},\n\tpass: "2a03:4000:6:d080::1",\n',
    ],
    ['common.go', '\tPasswordPatten = `^.{8,32}$`\n'],
    [
      'gpg.md',
      `acme proj set shop --signature-keys ${hex.slice(0, 16).toUpperCase()},${hex.slice(16, 32).toUpperCase()}\n`,
    ],
    [
      'man/acme.1',
      'To set a password\\f[R]\\n.fi\\n.PP\\nuse \\f[V]acme obscure\\f[R]: it hides the password: \\f[V]acme\\f[R]\n',
    ],
  ],
  'hashes and references': [
    [
      'data/htpasswd-golden.tsv',
      `htpasswd-d\t${hex.slice(0, 13)}\twrong\tfalse\nmkpasswd-md5\t$1$abc$${hex.slice(0, 22)}\twrong\tfalse\n`,
    ],
    ['htpasswd_test.go', `\tin := strings.NewReader(\`jo:{SHA}${random.slice(0, 27)}=\n\`)\n`],
    ['main.jsonnet', `htpasswd_contents: 'acme:$apr1$H4yGiGNg$${hex.slice(0, 22)}',\n`],
    ['htpasswd_test.go', `\tpasswords := []string{"$2$05$K${hex}${hex.slice(0, 12)}"}\n`],
    ['oidc.yaml', 'clientSecret: $another-secret:oidc.login.clientSecret\n'],
  ],
  'examples in the language of a translation': [
    [
      'translations/es/messages.json',
      `{"uri": "«BASE://USUARIO» <p>Ejemplo: «postgresql${'://'}usuario:contraseña@tu_base_de_datos_postgres:5432»"}\n`,
    ],
    ['locale/ach/messages.json', '{"channelTokenModal.cancel": "crwdns32473:0crwdne32473:0"}\n'],
  ],
};

describe('what applications write', () => {
  for (const [what, cases] of Object.entries(quiet)) {
    test(`is no secret: ${what}`, () => {
      const hits = cases.flatMap(([path, text]) => found(text, path).map((hit) => `${path}: ${hit}`));
      assert.deepEqual(hits, []);
    });
  }

  test('leaves what only looks like it: a field of an object, a statement of SQL in small letters', () => {
    const word = ['bar', 'bar', 'Bar1!'].join('');
    assert.deepEqual(found(`f({ masterUserPassword: "${word}",\n  name: "a" })\n`, 'a.js'), [
      `generic-password:${word}`,
    ]);
    const sql = 'create user scott identified by leopard default tablespace users;\n';
    assert.deepEqual(found(sql, 'setup.sql'), ['generic-password:leopard']);
  });
});

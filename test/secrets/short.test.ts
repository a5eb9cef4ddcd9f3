import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isShortToken } from '../../agent/model/secrets/generic/short.ts';
import { alphanumeric, digits, lower, randomFrom } from '../support/random.ts';
import { found } from './helpers.ts';

const random = randomFrom(20);
/** Letters that make no word, and digits. */
const plain = `xk${random.text('qzxvkj', 4)}${random.text(digits, 2)}`;
const shuffled = `q7${random.text('xZkV', 3)}K9${random.text('zQxj', 2)}4`;
const strong = `Kx7!${random.text(alphanumeric, 8)}2`;
const weak = `river${random.text('123456789', 3)}`;
const code = 'src/app';

describe('short values', () => {
  it('under a name for a token or a key are found when they make no word', () => {
    for (const [value, path] of [
      [plain, 'py'],
      [shuffled, 'py'],
      [plain, 'yml'],
      [shuffled, 'json'],
    ] as const) {
      assert.equal(isShortToken(value), true, value);
      const line = path === 'py' ? `api_key = "${value}"` : path === 'yml' ? `token: ${value}` : `"token": "${value}"`;
      assert.deepEqual(found(`${line}\n`, `${code}.${path}`), [`generic-secret:${value}`], line);
    }
  });

  it('are no secret where they count, measure, name or abbreviate something', () => {
    const quiet =
      'sha512 utf16le v1beta2 item2021 3840px 30days ES2015 endif xmlns identifier 0x9e49269d abcdef12345 a1b2c3 token123 user_id1';
    for (const value of quiet.split(' ')) {
      assert.equal(isShortToken(value), false, value);
      assert.deepEqual(found(`token = "${value}"\n`, 'a.py'), [], value);
    }
  });

  it('of small letters are a secret under the name of one, and not under every name', () => {
    const letters = random.text('xqzvkjw', 9);
    assert.deepEqual(found(`jwt.secret=${letters}\n`, 'a.properties'), [`generic-secret:${letters}`]);
    for (const word of ['garden', 'worker', 'asdfgh', 'myapp-tls'])
      assert.deepEqual(found(`secret: ${word}\n`, 'a.yml'), [], word);
  });

  it('that sign and encrypt in one’s own program may be passwords', () => {
    assert.deepEqual(found(`jwtKey = "${weak}x"\n`, 'a.go'), [`generic-secret:${weak}x`]);
    assert.deepEqual(found('const encryptionKeyType = "river55"\nsignKey: "#Acme.Media.SignKey1"\n', 'a.go'), []);
  });
});

describe('where else a value stands', () => {
  const loud: readonly (readonly [path: string, text: string])[] = [
    ['a.js', "cy.get('input[name=password]').type('@{enter}')"],
    ['a.ts', "await page.fill('#pass', '@');"],
    ['a.js', 'if (document.getElementById("pwd").value != "@") stop();'],
    ['a_spec.rb', "let(:api_token) { '@' }"],
    ['a.rb', "password { '@' }"],
    ['a.rb', "User.create!(password_confirmation: '@')"],
    ['a.sql', "g_password constant varchar2(30) := '@';"],
    ['a.yml', 'DBPassword: { Type: String, Default: @ }'],
    ['rabbitmq.config', '[{rabbit, [{default_user, <<"shop">>}, {default_pass, <<"@">>}]}].'],
    ['a.java', 'assertEquals("@", user.getPassword());'],
    ['a.java', 'assertEquals(password, "@");'],
    ['a.properties', 'java.naming.security.credentials=@'],
    ['a.txt', 'clave: @'],
    ['a.txt', 'FTP user web, pass @'],
    ['a.txt', '# Log in as *tester* / *@*'],
    ['a.md', 'The API token for staging is `@@`.'],
    ['a.scala', 'credentials += Credentials("Artifactory Realm", "repo.acme.io", "publisher", "@")'],
    ['a.pl', "$ua->credentials('h:80', 'realm', 'user', '@');"],
    ['a.java', 'new DESKeySpec("@".getBytes());'],
    ['a.py', "yagmail.SMTP('me@acme.io', '@')"],
    ['a.sh', 'ssh-keygen -t rsa -N @ -f id'],
    ['a.sh', 'beeline -n hive -p @'],
    ['a.sh', 'acmectl login -u ops -p @'],
    ['a.sh', 'java -jar cli.jar -auth ops:@ build'],
    ['a.sh', 'cvs -d :pserver:bob:@' + '@cvs.acme.io:/x co y'],
    ['a.sh', 'echo @ | kinit svc'],
    ['a.sh', "restic --password-command 'echo @' backup"],
    ['monit.rc', 'set httpd port 2812 allow ops:@'],
    ['vm.args', '-setcookie @@'],
    ['rclone.conf', 'key = @@'],
    ['openwrt/wireless', "\toption key '@'"],
    ['turnserver.conf', 'user=web:@'],
    ['pass.txt', 'ops\n@'],
    ['passwords.txt', 'mail: @\nrouter admin/@'],
    ['a_test.go', 'tests := []struct{ user, password string }{\n\t{"alice", "@"},\n}'],
    ['a_test.go', 'tests := []struct {\n\tname string\n\tpassword string\n}{\n\t{"alice", "@"},\n}'],
    ['a.py', '@pytest.mark.parametrize("user,password", [("alice", "@")])'],
    ['a.py', 'users = [("alice", "@")]'],
    ['a.sh', 'mc alias set s3 http://h ops @@'],
    ['a.php', "$sign = md5($body . '@@');"],
    ['a.properties', 'hibernate.connection.password @'],
    ['a.java', 'page.enterPassword("@");'],
    ['a.java', 'onView(withId(R.id.password)).perform(typeText("@"));'],
    ['a.go', 'flag.StringVar(&password, "password", "@", "of the database")'],
    ['a.go', 'hmac.New(sha256.New, []byte("@@"))'],
    ['a.pl', "my $pw = '@';"],
    ['a.php', "if ($_GET['key'] != '@@') die();"],
    ['a.md', 'wifi: Guest / @'],
    ['a.sh', 'printf "ops:@" | chpasswd'],
    ['capture.har', 'Cookie: PHPSESSID=@@'],
  ];
  for (const [path, text] of loud) {
    it(`${path}: ${text.slice(0, 60)}`, () => {
      const value =
        text.includes('@@') && !text.includes('@@cvs')
          ? `${shuffled}${random.text(alphanumeric, 14)}`
          : strong.replace('!', 'z');
      const written = text.startsWith('@pytest')
        ? text.replace('"@"', () => `"${value}"`)
        : text
            .replace('me@acme', 'me#acme')
            .replace('@@cvs', `${value}#cvs`)
            .replaceAll('@@', value)
            .replaceAll('@', value)
            .replaceAll('#acme', '@acme')
            .replace('#cvs', '@cvs');
      const hits = found(`${written}\n`, path);
      assert.ok(hits.length > 0 && hits.every((hit) => hit.endsWith(`:${value}`)), `${written} ${hits.join()}`);
    });
  }

  it('is found by what stands beside it, where a name says little', () => {
    const hex = random.text('0123456789abcdef', 32);
    assert.deepEqual(found(`kaggle = {"username": "bob", "key": "${hex}"}\n`, 'a.py'), [`generic-secret:${hex}`]);
    assert.deepEqual(found(`cache = {"name": "bob", "key": "${hex}"}\n`, 'a.py'), []);
    const session = random.text('0123456789ABCDEF', 32);
    assert.deepEqual(found(`Set-Cookie: JSESSIONID=${session}; Path=/\n`, 'a.log'), [`generic-secret:${session}`]);
  });

  it('is no secret beside these', () => {
    const print = random.text('0123456789ABCDEF', 40);
    const quiet: readonly (readonly [path: string, text: string])[] = [
      ['Dockerfile', `ENV GPG_KEY ${print}`],
      ['README.md', `[![coverage](https://codecov.io/gh/a/b/graph/badge.svg?token=${shuffled}&flag=x)](x)`],
      ['renovate.json', `{"encrypted":{"token":"${random.text(alphanumeric, 60)}Q7"}}`],
      ['my.cnf', '#password=\ndefault_authentication_plugin=mysql_native_password'],
      ['fr.yml', 'password_confirmation: Confirmation'],
      ['a.py', ':type crypto_key: ``cryptography.x509.Certificate``'],
      ['CHANGELOG.md', '- **src**: allow simdutf::convert\\_\\* functions to return zero'],
      ['a.php', "$a = md5($path . '.json'); $b = md5($user . 'profile-picture'); $c = sha1($a . 'cache_v2');"],
      ['a.properties', 'The old.password needs8 letters'],
      ['a.sh', 'docker run -u root -p 8080:80 x\nsudo -u postgres mkdir -p /var/x\nmkdir -p build2'],
      ['a.py', 'users = [("alice", "smith"), ("bob", "2021-01-01"), ("carol", "group12")]'],
      ['a_test.go', 'tests := []struct{ user, token string }{\n\t{"alice", "valid"},\n\t{"bob", "expired token"},\n}'],
      ['enclave.txt', 'enclave: wasm32\nAutoclave: model12'],
      ['passwords.txt', 'The password policy\nsee wiki.acme.io/policy'],
      ['a.txt', `sid: ${random.text(lower, 8)}`],
    ];
    for (const [path, text] of quiet) assert.deepEqual(found(`${text}\n`, path), [], text);
  });
});

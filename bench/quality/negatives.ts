/**
 * Text in which nobody has leaked anything: placeholders, reads from an environment or a store, names, labels, hashes, ids
 * and public keys. `%h40` is 40 random hexadecimal digits, `%u` a UUID, `%b64` 64 characters of base64.
 */
export const negatives = String.raw`
bat | net use Z: \\fs1\share /user:acme\ci
py | __all__ = ["MLKEM768X25519PrivateKey", "MLKEM768X25519PublicKey"]
py | sql = 'CREATE USER %(user)s IDENTIFIED BY "%(password)s"'
py | if entry.password.strip('*LOCKED*') == '':
csv | token,tag⏎house,NN⏎runs2,VB
csv | name,password_hash⏎maria,%h40
sql | INSERT INTO texts (name, label) VALUES ('password', 'Password (8)');
md | | Field | Password | Default |⏎|---|---|---|⏎| a | required | none |
js | const label = "Password" + " must have 8 characters";
yml | - name: password⏎  description: at least 12 characters⏎  value: ""
json | {"name": "token_count", "type": "int", "value": "2024"}
swift | view.setValue("passwordField1", forKey: "identifier")
java | String hint = "password must be " + min + " to 64";
py | password = os.environ["DB_PASSWORD"]
py | password = getpass.getpass("Password: ")
py | api_key = config.get("api_key")
py | token: str = Field(..., description="API token")
py | def login(username: str, password: str) -> Token:
py | PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
py | password_validators = "django.contrib.auth.password_validation.MinimumLengthValidator"
py | secret_name = "prod/shop/db-credentials"
py | token_url = "https://id.acme.io/oauth2/token"
py | SECRET_KEY = env("SECRET_KEY", default="")
py | raise ValueError("password must have 8 characters and 1 digit")
py | key = f"user:{user_id}:token"
py | TOKEN_RE = re.compile(r"^[A-Za-z0-9_-]{20,}$")
py | tokens = tokenizer.encode("hello world 2024")
py | assert token.type == "access_token_v2"
py | CACHE_KEY = "users_by_id_v2"
py | password = None  # set by the caller
py | auth_token = request.headers["X-Auth-Token2"]
js | const password = process.env.DB_PASSWORD;
js | const apiKey = import.meta.env.VITE_API_KEY;
js | const token = await getToken({ audience: 'https://api.acme.io' });
js | if (!password) throw new Error('PASSWORD_REQUIRED');
js | const { password, token } = req.body;
js | const passwordRegex = /^(?=.*[A-Z])(?=.*\d).{8,}$/;
js | const tokenKey = 'auth.token.v1';
js | localStorage.getItem('access_token');
js | const INPUT_TYPES = { PASSWORD: 'password', TEXT: 'text' };
js | export const RESET_PASSWORD = 'RESET_PASSWORD_REQUEST';
js | case TokenKind.Identifier2: return 'Identifier2';
js | const secret = yourSecretHere;
js | const apiKey = '<YOUR_API_KEY>';
js | const apiKey = 'YOUR-API-KEY-HERE-123';
js | const apiKey = 'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx';
js | const apiKey = '00000000000000000000000000000000';
js | const apiKey = "sk_test_...";
js | const apiKey = 'insert-api-key-here';
js | const secret = 'my-super-secret-key';
js | token: 'REPLACE_WITH_TOKEN_2',
js | const key = 'ArrowLeft2';
js | keyboard: { key: 'ctrl+shift+fff' },
js | { key: "ctrl+alt+7", command: "workbench.action.openToken" }
js | const commitHash = '%h40';
js | const etag = 'W/"%h32"';
js | const id = '%u';
js | tokenId: '%u',
js | secretId: '%u',
js | const integrity = 'sha512-%b86==';
js | const token = req.headers.authorization.split(' ')[1];
js | password: Joi.string().min(8).max(64).required(),
js | const label = t('login.password.placeholder');
js | placeholder="Password (8+ characters)"
js | const PUBLIC_KEY = '%h64';
js | publicKey: "%b44",
js | const contractAddress = "0x%h40";
js | token: "0x%h40",
js | getCredentials('dropboxOAuth2Api')
js | const passwordField = document.querySelector('#password1');
js | { label: 'Password', value: 'password1Field' }
js | tokenizer: 'cl100k_base', max_tokens: 4096,
js | "SecretString": "{{resolve:secretsmanager:prod/db:SecretString:password}}"
js | const password = generatePassword(16);
js | const secretOutputs = ["secret", "sesSmtpPasswordV4"];
js | auth: { pass: credentials!.privateApiKey as string };
js | hasValidated.addObjects(["newPassword", "ne2Password"])
ts | password: string;
ts | readonly apiKey?: string | undefined;
ts | type Token = 'Bearer2' | 'Basic';
ts | interface Auth { password: string; token: Token2FA }
ts | import { PasswordModule2 } from './password/password2.module';
ts | @Input() passwordStrength: PasswordStrength = 'Medium2';
ts | const TOKEN = new InjectionToken<string>('APP_CONFIG_V2');
ts | STENCIL_PASS_DEPTH_FAIL: 0x0b95;
java | private String password;
java | String token = tokenService.createToken(user2);
java | @Value("${'$'}{spring.datasource.password}")
java | private static final String PASSWORD_KEY = "app.user.password";
java | log.info("Token expired after {} seconds", ttl3600);
java | public static final String TOKEN_HEADER = "X-Auth-Token";
java | .setPassword(config.getPassword())
java | throw new InvalidKeyException("key.invalid.length.256");
cs | public string Password { get; set; }
cs | [Required] public string ApiKey2 { get; init; }
cs | var secret = await client.GetSecretAsync("db-password-v2");
cs | PublicKeyToken=b77a5c561934e089
cs | PublicKeyToken=%h16
go | token, err := auth.NewToken2(ctx)
go | Password string ${'`json:"password" validate:"required,min=8"`'}
go | password := viper.GetString("db.password")
go | errInvalidToken = errors.New("auth: invalid token v2")
go | case token.IDENT2:
rs | let password = std::env::var("DB_PASSWORD")?;
rs | pub password: Option<String>,
rs | let token = Token::new(TokenKind::Ident2);
rb | password = ENV.fetch("DB_PASSWORD")
rb | validates :password, length: { minimum: 8 }
rb | secret_key_base: <%= ENV["SECRET_KEY_BASE"] %>
php | $password = $_POST['password'];
php | 'password' => env('DB_PASSWORD', ''),
php | define('DB_PASSWORD', getenv('DB_PASSWORD'));
php | define('AUTH_KEY', 'put your unique phrase here');
php | $token = bin2hex(random_bytes(32));
php | 'password' => 'required|min:8|confirmed',
sh | PASSWORD=$(openssl rand -hex 16)
sh | export API_TOKEN="${'$'}{API_TOKEN:?missing}"
sh | curl -H "Authorization: Bearer $TOKEN" https://api.acme.io
sh | curl -u "$USER:$PASSWORD" https://api.acme.io
sh | mysql -u root -p"$MYSQL_ROOT_PASSWORD"
sh | docker login -u ci --password-stdin < token.txt
sh | read -s -p "Password: " PASSWORD
sh | TOKEN=$1
sh | vault kv get -field=password secret/db2
sh | --set auth.existingSecret=db-credentials2
ps1 | $password = Read-Host -AsSecureString "Password"
ps1 | $token = $env:API_TOKEN
yml | password: ${'$'}{{ secrets.DB_PASSWORD }}
yml | password: "{{ vault_db_password }}"
yml | password: ${'$'}{DB_PASSWORD}
yml | password: !vault |
yml | secretName: db-credentials-v2
yml | secretKeyRef:⏎  name: db-secret2⏎  key: password1
yml | passwordSecretRef: { name: db2, key: password }
yml | existingSecret: "shop-postgresql-11"
yml | token_endpoint_auth_method: client_secret_basic
yml | api_key: ""
yml | password: changeme
yml | apiKey: YOUR_API_KEY
yml | key: ${'$'}{{ runner.os }}-node-${'$'}{{ hashFiles('**/package-lock.json') }}
yml | sha256: %h64
yml | digest: sha256:%h64
yml | uid: %u
yml | password: ENC[AES256_GCM,data:%b16,iv:%b44,tag:%b22==,type:str]
yml | image: acme/token-service:1.2.3-alpine
yml | credentialsId: 'nexus-deploy-2'
json | {"password": {"type": "string", "minLength": 8}}
json | {"token": null, "secret": true, "apiKey": 42}
json | "integrity": "sha512-%b86=="
json | {"tokenType": "Bearer", "expires": 3600}
json | "passwordPlaceholder": "Enter password2",
json | {"jsonwebtoken": "^9.0.2", "password-hash": "~1.2.2"}
json | "resolved": "https://registry.acme.io/a/-/a-1.0.0.tgz#%h40"
json | {"AWS::IAM::AccessKey": "aws-cdk-lib/aws-iam.CfnAccessKey"}
json | "key": "%u", "name": "tokens"
json | "gitHead": "%h40"
json | "$.AuthParameters.OAuthParameters.ClientParameters.ClientSecret"
json | "x-api-key": { "in": "header", "name": "X-API-Key2" }
json | "next_page_token": "CAEQAA2024"
toml | checksum = "%h64"
toml | secret = { env = "APP_SECRET2" }
properties | password=${'$'}{DB_PASSWORD}
properties | error.password.length=Password must have 8 characters
properties | key.password.reset.title2=Reset password
xml | <password>${'$'}{env.NEXUS_PASSWORD}</password>
xml | <PublicKey>%b64</PublicKey>
xml | <add key="ApiKey" value="#{ApiKey}#" />
xml | <input type="password" name="new_password2" />
xml | <string name="password_hint">Password (min 8)</string>
xml | <bindingRedirect publicKeyToken="%h16" newVersion="4.0.0.0" />
html | <label for="password1">Password</label>
html | <input id="user_password2" type="password" autocomplete="current-password">
html | <a href="/reset-password?step=2">Forgot password?</a>
css | .password-strength-3 { background: #a1b2c3; }
tf | password = var.db_password
tf | password = random_password.db2.result
tf | secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbC123"
tf | api_key = data.vault_generic_secret.app2.data["key"]
Dockerfile | ARG NPM_TOKEN
Dockerfile | ENV PASSWORD_FILE=/run/secrets/db_password2
.env.example | API_KEY=your-api-key
.env.example | SECRET_KEY=<generate with openssl rand -hex 32>
.env.example | DB_PASSWORD=
.env | PUBLIC_KEY=%h64
.env | TOKEN_EXPIRY=3600s
.env | SECRET_FILE=/etc/acme/secret2.key
.env | GIT_COMMIT=%h40
.env | AUTH_URL=https://id.acme.io/v2/token
md | Set the password with ${'`--password <password>`'}.
md | A token has 40 characters and expires after 30 days.
md | Password: at least 8 characters, 1 digit
md | The token is stored in /var/run/secrets2.
md | **Token**: the API token of your account
md | The secret is to keep it simple.
md | Pass ${'`token2`'} to the second call.
md | password reset v2 is live
txt | The password is case sensitive.
txt | token = tokenize(input)
txt | key: value1, secret: none
sql | SELECT password FROM users WHERE id = 12345;
sql | ALTER USER app PASSWORD :'pw';
sql | password VARCHAR(255) NOT NULL,
sql | INSERT INTO users (name, password) VALUES (?, ?);
c | #define TOKEN_MAX_LENGTH 256
c | static const char *token_names[] = { "TK_IDENT2", "TK_EOF" };
c | if (strcmp(password, buf2) == 0)
lock | "@acme/token@^1.2.3": version "1.2.3"
po | msgid "Enter your password2"
pub | ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ%b300 ci@acme.io
http | Authorization: Bearer {{token}}
http | Authorization: Basic <base64(user:pass)>
url | postgres://user:password@localhost:5432/db
url | https://user:${'pass'}@example.com/path
url | mongodb://localhost:27017/test2
url | redis://redis:6379/0
url | https://acme.io/docs#token-2024
url | ssh://git@git.acme.io:7999/acme/app2.git
py | url = "postgresql://{user}:{password}@{host}/db"
py | DATABASE_URL = "mysql://root:root@127.0.0.1/test"
ts | readonly changePassword: import("better-call").StrictEndpoint<"/change2">;
js | e("label",{htmlFor:"auth_password"},"Password:"),B?e("code",null," ******"):f
json | { "alias": ["2FA", "authentication", "password", "multi", "factor"] }
json | { "ClientRequestToken": "%u", "LifecycleActionToken": "%u" }
js | "rootVolumePassword":"<i>root-volume-admin_password</i>"
ts | exports.ServiceDefinitionV2Slack = ServiceDefinitionV2Slack;
ts | static readonly REDDIT: OAuth2CredentialProviderVendor;
ts | export const CLIENT_SECRET_REDACTED_VALUE = '__CLIENT_SECRET_VALUE_%u';
json | {"AWS::Route53::AccessToken": "aws-cdk-lib/aws-route53globalresolver.CfnAccessToken"}
js | const example = 's3://ACCESSKEY:SECRETKEY@s3.acme.io/bucket';
`;

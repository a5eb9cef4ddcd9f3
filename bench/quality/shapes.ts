/**
 * Further ways of writing, format by format: tables, statements, pairs of name and value, values in several pieces or on
 * several lines. `%S` is a password with spaces, as people choose them; the other signs are those of `code.ts`.
 */
export const shapes = String.raw`
csv | name,email,password⏎maria,maria@acme.io,%P
csv | id,username,password,role⏎1,maria,%P,admin⏎2,jonas,%P,user
csv | "user","passwd","host"⏎"app","%P","db1.acme.io"
csv | service;login;password⏎vpn;maria;%P
csv | Service,User name,Password,Notes⏎Nexus,ci,%P,rotate in May
csv | Access key ID,Secret access key⏎%N,%F
csv | key,value⏎%tU,%T
csv | name,api_key⏎weather,%T⏎maps,%T
csv | url,username,password⏎https://acme.io,maria,%P
tsv | host	user	password⏎db1	app	%P
sql | INSERT INTO users (id, name, password) VALUES (1, 'maria', '%P');
sql | INSERT INTO users (name, password, role) VALUES ('maria', '%P', 'admin'), ('jonas', '%P', 'user');
sql | INSERT INTO settings (name, value) VALUES ('%tS', '%T');
sql | INSERT INTO ${'`settings`'} VALUES (7, '%tS', '%T', 'yes');
sql | INSERT INTO integrations(name, api_key, active) VALUES ('crm', '%T', 1);
sql | insert into account (login, passwd) values ("app", "%P")
sql | UPDATE users SET password = '%P' WHERE name = 'maria';
sql | UPDATE users SET name = 'maria', password='%P', role='admin' WHERE id = 3;
sql | UPDATE options SET option_value = '%T' WHERE option_name = '%tS';
sql | CREATE ROLE app LOGIN PASSWORD '%P';
sql | CREATE USER 'app'@'localhost' IDENTIFIED WITH mysql_native_password BY '%P';
sql | ALTER USER "app" WITH ENCRYPTED PASSWORD '%P' VALID UNTIL '2030-01-01';
sql | CREATE USER MAPPING FOR app SERVER s OPTIONS (user 'app', password '%P');
sql | EXEC sp_addlinkedsrvlogin 's', 'false', NULL, 'app', '%P';
sql | CREATE CREDENTIAL c WITH IDENTITY = 'app', SECRET = '%T';
sql | CREATE DATABASE SCOPED CREDENTIAL c WITH IDENTITY='SHARED ACCESS SIGNATURE', SECRET = '%T'
sql | EXEC sp_addlogin 'app', '%P', 'shop'
sql | SELECT dblink_connect('host=db1 dbname=shop user=app password=%P');
sql | COPY t FROM 's3://b/k' CREDENTIALS 'aws_access_key_id=%N;aws_secret_access_key=%F';
sql | SELECT pgp_sym_decrypt(body, '%P') FROM mail;
py | password = "%S"
js | const dbPassword = '%S';
java | String password = "%S";
yml | password: "%S"
env | DB_PASSWORD="%S"
json | {"user": "app", "password": "%S"}
php | 'password' => '%S',
xml | <password>%S</password>
ini | password = "%S"
sh | export PGPASSWORD='%S'
py | password = ("%P")
py | API_KEY = "%C" "%C"
js | const apiKey = "%C" + "%C";
java | String token = "%C"⏎    + "%C";
go | const apiKey = "%C" +⏎	"%C"
py | secret = "%C" \⏎    "%C"
cs | var clientSecret = "%C" + "%C";
php | $apiKey = '%C' . '%C';
rb | TOKEN = '%C' + '%C'
kt | val apiKey = "%C" + "%C"
yml | %tS: |⏎  %T
yml | %tS: >⏎  %T
yml | %pS: |-⏎  %P
yml | env:⏎- {name: %tU, value: "%T"}
yml | - name: %pU⏎  value: '%P'
yml | - value: "%T"⏎  name: %tU
yml | variables:⏎- key: %tU⏎  value: %T
yml | parameters:⏎  - name: %pC⏎    description: the password of the database⏎    value: %P
yml | config:⏎  acme:%tC: %T
yml | :password: %P
yml | stringData:⏎  %tK: "%T"
yml | secrets:⏎  db: {password: '%P'}
yml | - --%tK=%T
yml | - "--%pK"⏎- "%P"
yml | args: ["-p", "%P"]
yml | set:⏎  - name: auth.password⏎    value: %P
yml | vars:⏎  vault_%pS: "%P"
yml | mysql_user: name=app password=%P priv=*.*:ALL
yml |     login_password: "%P"
yml | user:⏎  - username: 'app', password: '%P'
yml | global:⏎  smtp_auth_password: '%P'
yml | receivers:⏎- basic_auth:⏎    username: prom⏎    password: %P
yml | bearer_token: %T
yml | headers:⏎  X-Api-Key: %T
yml | headers:⏎  - Authorization: Bearer %T
json | {"key": "%tU", "value": "%T"}
json | {"Key":"%tS","Value":"%T"}
json | {"value":"%T","name":"%tC"}
json | {"type": "text", "name": "%tS", "enabled": true, "value": "%T"}
json | {"ParameterKey": "%pP", "ParameterValue": "%P"}
json | [ { "name": "password", "value": "%P" } ]
json | {"headers": {"x-api-key": "%T", "accept": "*/*"}}
json | {"headers": ["Authorization: Bearer %T"]}
json | "args": ["--%tK", "%T"]
json | "command": "curl -u ci:%P https://api.acme.io"
json | {"env": {"%tU": "%T"}}
json | {"data": "{\"%tS\":\"%T\"}"}
json | {"credentials":{"username":"app","password":"%P"}}
json | {"secretAccessKey":"%F","region":"eu-west-1"}
json | {"auth":[{"key":"token","value":"%T","type":"string"}]}
json | {"connection": "mongodb://app:%A@m1.acme.io:27017/shop"}
json | {"login": "maria", "pass": "%P"}
json | {"user": "maria", "pw": "%P"}
json5 | { %tC: '%T', }
jsonc | // "%tC": "%T"⏎{}
md | | User | Password |⏎|------|----------|⏎| maria | %P |
md | | Name | Value |⏎|---|---|⏎| %tU | %T |
md | | **Password** | ${'`%P`'} |
md | API key is ${'`%T`'}.
md | ${'```'}⏎%tU=%T⏎${'```'}
md | * password: ${'`%P`'}
md | username/password: maria/%P
md | user ${'`app`'}, password ${'`%P`'}
txt | username: app password: %P
txt | login=maria;password=%P
txt | Username: maria⏎Password: %P⏎URL: https://acme.io
txt | pw: %P
txt | PIN and password = "%P"
log | INFO auth: user=maria password=%P ip=10.0.0.7
log | 10.0.0.7 - - "GET /v1/items?access_token=%T HTTP/1.1" 200
log | 2024-05-01T10:00:00Z DEBUG Authorization: Bearer %T
log | {"level":"debug","msg":"config","db_password":"%P"}
log | DEBUG request headers={'X-Api-Key': '%T', 'Accept': '*/*'}
log | Setting env %tU=%T
log | + curl -u ci:%P https://api.acme.io
log | Connecting to mysql://app:%A@db1.acme.io:3306/shop
http | GET /v1/items?api_key=%T HTTP/1.1
http | X-Auth-Token: %T
http | Cookie: session_token=%T; path=/
http | PRIVATE-TOKEN: %T
http | Authorization: Token token="%T"
http | Authorization: ApiKey %T
http | Proxy-Authorization: Basic %B
http | grant_type=password&username=maria&password=%A
http | client_id=app&client_secret=%T&grant_type=client_credentials
url | https://api.acme.io/v1/items?key=%T&q=bern
url | https://api.acme.io/hook?token=%T
url | https://api.acme.io/v1?client_secret=%T
url | jdbc:oracle:thin:app/%A@db1.acme.io:1521:shop
url | jdbc:mysql://db1.acme.io/shop?user=app&password=%A
url | sqlserver://app:%A@db1.acme.io?database=shop
url | ftp://maria:%A@files.acme.io/a.zip
url | ldap://cn=admin:%A@ldap.acme.io
url | smtp://mailer:%A@smtp.acme.io:587
url | rediss://default:%A@cache.acme.io:6380/0
url | amqps://svc:%A@mq.acme.io/prod
url | https://%T@git.acme.io/acme/app.git
go | cfg.%pP = "%P"
go | os.Setenv("%tU", ${'`%T`'})
go | client := acme.New("%T", acme.WithRegion("eu"))
go | viper.SetDefault("%pD", "%P")
go | token := flag.String("token", "%T", "the token")
go | var defaultPassword = []byte("%P")
go | &Credentials{Username: "app", Password: "%P"}
go | dsn := "app:%A@tcp(db1.acme.io:3306)/shop?parseTime=true"
go | jwtKey = []byte("%T")
go | ctx = context.WithValue(ctx, "%tC", "%T")
rs | env::set_var("%tU", "%T");
rs | let cfg = Config { %pS: "%P".into(), port: 5432 };
rs | .password("%P")
rs | .header("x-api-key", "%T")
rs | pub const %pU: &'static str = "%P";
rs | let key = std::env::var("%tU").unwrap_or("%T".to_string());
java | config.set%tP("%T");
java | System.setProperty("%pD", "%P");
java | .password("%P")
java | Map.of("user", "app", "password", "%P")
java | map.put("%tS", "%T");
java | KeyStore.getInstance("JKS").load(in, "%P".toCharArray());
java | new PasswordAuthentication("app", "%P".toCharArray())
java | Jwts.builder().signWith(SignatureAlgorithm.HS256, "%T")
java | spec = new PBEKeySpec("%P".toCharArray());
java | .setPassword("%P");
java | @TestPropertySource(properties = "%pD=%P")
cs | services.Configure<Opts>(o => o.%tP = "%T");
cs | Environment.SetEnvironmentVariable("%tU", "%T");
cs | new NetworkCredential("app", "%P")
cs | var cred = new ClientSecretCredential(tenant, client, "%T");
cs | const string ConnectionString = "Server=db1;Database=shop;Uid=app;Pwd=%P;";
cs | { "%tP", "%T" },
cs | ["%pP"] = "%P",
cs | string %tC = $"%T";
cs | .UseSqlServer("Server=db1;Initial Catalog=shop;User ID=app;Password=%P")
php | $db = new PDO($dsn, 'app', '%P');
php | $this->%pC = '%P';
php | 'db' => ['user' => 'app', 'pass' => '%P'],
php | define("%tU", "%T");
php | $_ENV['%tU'] = '%T';
php | 'Authorization: Bearer %T',
php | $client->set%tP('%T');
php | $conf['%pS'] = '%P';
php | public $%pC = '%P';
php | curl_setopt($ch, CURLOPT_HTTPHEADER, array('X-Api-Key: %T'));
rb | Rails.application.config.%tS = "%T"
rb | client = Acme::Client.new(%tS: "%T")
rb | { "%tS" => "%T" }
rb | set :%pS, '%P'
rb | ActiveRecord::Base.establish_connection(adapter: 'mysql2', password: '%P')
rb | config.action_mailer.smtp_settings = { user_name: 'app', password: '%P' }
swift | private let %tC: String = "%T"
swift | request.addValue("%T", forHTTPHeaderField: "X-Api-Key")
swift | struct Keys { static let %tC = "%T" }
swift | Auth.auth().signIn(withEmail: mail, password: "%P")
swift | let credentials = ["user": "app", "password": "%P"]
swift | UserDefaults.standard.set("%T", forKey: "%tC")
kt | const val %tU: String = "%T"
kt | .addHeader("Authorization", "Bearer %T")
kt | password = "%P"
kt | mapOf("%tC" to "%T")
kt | resValue("string", "%tS", "%T")
kt | val secret by lazy { "%T" }
scala | .option("password", "%P")
scala | "%pD" -> "%P",
groovy | systemProperty '%pD', '%P'
groovy | environment '%tU', '%T'
groovy | credentials(username: 'ci', password: '%P')
groovy | ext.%tC = "%T"
gradle | buildConfigField "String", "%tU", "\"%T\""
gradle | signingConfigs { release { storePassword "%P" } }
gradle | maven { credentials { username 'ci'⏎ password '%P' } }
Jenkinsfile | env.%tU = "%T"
Jenkinsfile | sh 'curl -H "PRIVATE-TOKEN: %T" https://git.acme.io'
ps1 | $cred = New-Object System.Management.Automation.PSCredential("app", (ConvertTo-SecureString "%P" -AsPlainText -Force))
ps1 | $headers = @{ "X-Api-Key" = "%T" }
ps1 | $headers = @{ Authorization = "Bearer %T" }
ps1 | [Environment]::SetEnvironmentVariable("%tU", "%T", "User")
ps1 | Connect-Acme -ApiKey "%T"
ps1 | Invoke-Sqlcmd -Username app -Password "%P"
ps1 | param([string]$%pP = "%P")
ps1 | setx %tU "%T"
bat | SET "%pU=%P"
bat | setx %tU %T
bat | sqlcmd -S db1 -U app -P %P
bat | curl -u ci:%P https://api.acme.io
bat | psexec \\web1 -u app -p %P cmd
bat | net use \\fs1\share %P /user:acme\app
Dockerfile | ENV %tU %T
Dockerfile | ENV A=1 %tU=%T B=2
Dockerfile | ARG %pU=%P
Dockerfile | LABEL x=1⏎ENV %pU="%P"
Dockerfile | RUN echo "machine git.acme.io login ci password %P" > ~/.netrc
Dockerfile | RUN npm config set //npm.acme.io/:_authToken=%T
Dockerfile | RUN pip install --index-url https://ci:%A@pypi.acme.io/simple acme
Dockerfile | RUN useradd app && echo 'app:%P' | chpasswd
docker-compose.yml |     environment:⏎      - %tU=%T
docker-compose.yml |     command: redis-server --requirepass %P
docker-compose.yml |       DATABASE_URL: postgres://app:%A@db:5432/shop
tf | provider "acme" {⏎  api_token = "%T"⏎}
tf | variable "db_password" {⏎  description = "password of the database"⏎  type        = string⏎  sensitive   = true⏎  default     = "%P"⏎}
tf | locals {⏎  %tS = "%T"⏎}
tf | resource "aws_db_instance" "db" {⏎  username = "app"⏎  password = "%P"⏎}
tf | environment {⏎    variables = {⏎      %tU = "%T"⏎    }⏎  }
tf | user_data = "export %tU=%T"
tf | set_sensitive {⏎    name  = "auth.password"⏎    value = "%P"⏎  }
tf | app_settings = {⏎    "%tP" = "%T"⏎  }
tf | secret_string = "%T"
tf | secret_string = jsonencode({ username = "app", password = "%P" })
tfvars | %pS="%P"
hcl | path "x" { token = "%T" }
properties | %tD: %T
properties | %pD   %P
properties | ! %pD=%P
properties | %tC=%T
properties | spring.rabbitmq.password=%P
properties | sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="app" password="%P";
properties | ssl.keystore.password=%P
xml | <user><name>maria</name><password>%P</password></user>
xml | <add key="%pP" value="%P"/>
xml | <property name="%pD">%P</property>
xml | <item key="%tS">%T</item>
xml | <env name="%tU" value="%T"/>
xml | <parameter><name>%tC</name><value>%T</value></parameter>
xml | <entry><string>%pS</string><string>%P</string></entry>
xml | <setting name="%pP" serializeAs="String"><value>%P</value></setting>
xml | <init-param><param-name>%tC</param-name><param-value>%T</param-value></init-param>
xml | <beans:property name="password" value="%P"/>
xml | <jdbc user='app' password='%P'/>
xml | <bean p:username="app" p:password="%P"/>
xml | <meta-data android:name="com.acme.API_KEY" android:value="%T"/>
xml | <smtp password="%P" userName="app" host="smtp.acme.io"/>
xml | <string name="acme_%tS" translatable="false">%T</string>
plist | <dict><key>%pC</key><string>%P</string></dict>
plist | <key>%tC</key>⏎  <string>%T</string>⏎  <key>B</key>
reg | "%tP"="%T"
reg | "DefaultPassword"="%P"
ini | [smtp]⏎host = smtp.acme.io⏎pass = %P
ini | [remote]⏎url = https://ci:%A@git.acme.io/a.git
ini | %pC = '%P'
toml | [[servers]]⏎%tS = "%T"
toml | db = { user = "app", password = "%P" }
toml | %tC = """%T"""
cfg | password=%P ; rotate
conf | auth_basic_user "app" password "%P";
conf | set $api_key "%T";
conf | env[%tU] = %T
conf | SetEnv %tU %T
conf | SetEnv %pU "%P"
conf | fastcgi_param %tU "%T";
conf | uri = mongodb://app:%A@m1.acme.io/shop
conf | secret = %T
conf | radius_secret "%T"
conf | neutron_metadata_shared_secret = %T
conf | connection = mysql+pymysql://app:%A@db1.acme.io/shop
conf | password "%P"
conf | AuthLDAPBindPassword "%P"
conf | smtpd_sasl_password = %P
sh | API_KEY=%T python run.py
sh | export A=1 %tU=%T
sh | curl -H "Authorization: Basic %B" https://api.acme.io
sh | curl -XPOST https://api.acme.io -d '{"api_key":"%T"}'
sh | curl -F "token=%T" https://api.acme.io
sh | curl --data-urlencode "password=%P" https://api.acme.io
sh | http POST api.acme.io X-Api-Key:%T
sh | http -a ci:%P api.acme.io
sh | docker run --env %tU=%T acme/app
sh | heroku config:set %tU=%T
sh | gh secret set %tU --body "%T"
sh | fly secrets set %tU=%T
sh | kubectl create secret docker-registry r --docker-username=ci --docker-password=%P
sh | kubectl create secret generic s --from-literal=%tK='%T'
sh | kubectl config set-credentials ci --token=%T
sh | oc login https://c1.acme.io --token=%T
sh | oc login -u admin -p %P
sh | argocd login a --username admin --password %P
sh | psql "host=db1 user=app password=%P dbname=shop"
sh | psql postgresql://app:%A@db1.acme.io/shop
sh | htpasswd -b -c f ci %P
sh | zip -P %P a.zip a
sh | 7z x a.7z -p%P
sh | unzip -P %P a.zip
sh | gpg --batch --passphrase %P -d a.gpg
sh | jarsigner -storepass %P -keypass %P a.jar key
sh | rclone obscure %P
sh | echo "password=%P" >> /etc/app.conf
sh | cat > .pgpass <<EOF⏎db1:5432:shop:app:%P⏎EOF
sh | mosquitto_pub -u app -P %P -t t -m m
sh | snowsql -u app --password %P
sh | mongorestore --username app --password %P
sh | influx -username app -password '%P'
sh | consul kv put db/password %P
sh | aws ssm put-parameter --name /db/password --value '%P' --type SecureString
sh | aws secretsmanager create-secret --name db --secret-string "%T"
sh | az keyvault secret set --vault-name v --name %tK --value "%T"
sh | az storage blob list --account-key %T
sh | gcloud sql users set-password app --password=%P
sh | gitlab-runner register --registration-token %T
sh | sshpass -p "%P" rsync a b:
sh | lftp -u app,%P files.acme.io
sh | lftp -e "open -u app,%P files.acme.io"
sh | svn co --username ci --password %P https://svn.acme.io/a
sh | hg clone https://ci:%A@hg.acme.io/a
sh | export DATABASE_URL="mysql2://app:%A@db1.acme.io/shop"
`;

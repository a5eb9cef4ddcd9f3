/** Files made to hold credentials, whole. `%B` is base64 of `user:password`, `%E` and `%F` base64 of a password and a token. */
export const files = String.raw`
.npmrc | registry=https://npm.acme.io/⏎//npm.acme.io/:_authToken=%T
.npmrc | //npm.acme.io/:_password=%E⏎//npm.acme.io/:username=ci
.npmrc | _auth=%B
.yarnrc.yml | npmRegistries:⏎  "https://npm.acme.io":⏎    npmAuthToken: "%T"
.netrc | machine api.acme.io⏎  login ci⏎  password %P
_netrc | machine api.acme.io login ci password %P
.pgpass | db1.acme.io:5432:shop:app:%P
pgpass.conf | *:*:*:app:%P
.my.cnf | [client]⏎user=app⏎password=%P
.git-credentials | https://ci:%A@git.acme.io
.s3cfg | [default]⏎access_key = %N⏎secret_key = %T
.boto | [Credentials]⏎gs_access_key_id = %N⏎gs_secret_access_key = %T
.aws/credentials | [default]⏎aws_access_key_id = %N⏎aws_secret_access_key = %T
.dockercfg | {"https://r.acme.io": {"auth": "%B", "email": "ci@acme.io"}}
.docker/config.json | {⏎  "auths": {⏎    "r.acme.io": {⏎      "auth": "%B"⏎    }⏎  }⏎}
.htpasswd | ci:%V
wp-config.php | <?php⏎define( 'DB_USER', 'wp' );⏎define( 'DB_PASSWORD', '%P' );⏎define( 'DB_HOST', 'localhost' );
wp-config.php | <?php⏎define('NONCE_SALT',       '%T');
configuration.php | <?php⏎class JConfig {⏎	public $user = 'joomla';⏎	public $password = '%P';⏎	public $secret = '%T';⏎}
filezilla.xml | <Server><Host>ftp.acme.io</Host><User>ci</User><Pass encoding="base64">%E</Pass></Server>
sitemanager.xml | <Server><Host>ftp.acme.io</Host><User>ci</User><Pass>%P</Pass></Server>
recentservers.xml | <Server><Host>ftp.acme.io</Host><User>ci</User><Pass>%P</Pass></Server>
sftp-config.json | {⏎  "type": "sftp",⏎  "host": "web1.acme.io",⏎  "user": "deploy",⏎  "password": "%P",⏎}
.remote-sync.json | {"hostname": "web1", "username": "deploy", "password": "%P", "transport": "scp"}
.ftpconfig | {⏎  "protocol": "sftp",⏎  "user": "deploy",⏎  "pass": "%P",⏎  "passphrase": ""⏎}
.vscode/sftp.json | {"host": "web1", "username": "deploy", "password": "%P", "remotePath": "/"}
deployment-config.json | {"host": "web1", "username": "deploy", "password": "%P"}
.idea/dataSources.xml | <jdbc-url>jdbc:postgresql://db1/shop?user=app&amp;password=%P</jdbc-url>
WebServers.xml | <option name="password" value="%P" />
.dbeaver/credentials-config.json | {"postgres-1":{"#connection":{"user":"app","password":"%P"}}}
robomongo.json | {"credentials":[{"databaseName":"admin","enabled":true,"mechanism":"SCRAM-SHA-1","userName":"app","userPassword":"%P"}]}
config/master.key | %H32
config/secrets.yml | production:⏎  secret_key_base: %H128
config/database.yml | production:⏎  adapter: mysql2⏎  username: app⏎  password: %P
secret_token.rb | Acme::Application.config.secret_token = '%H128'
settings.py | SECRET_KEY = '%D'
.env | APP_KEY=base64:%K=
.env | APP_NAME=Acme⏎DB_PASSWORD=%W⏎MAIL_PASSWORD=null
.env | DB_USERNAME=app⏎DB_PASSWORD=%W
credentials.xml | <com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl><username>ci</username><password>%P</password></com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl>
credentials.xml | <secret>{AQAAABAAAAAw%T}</secret>
hudson.util.Secret | %T
logins.json | {"logins":[{"hostname":"https://acme.io","encryptedUsername":"MDIE%b40","encryptedPassword":"%F"}]}
etc/shadow | root:$6$k2j3h4g5$%T%T%T.:18000:0:99999:7:::⏎daemon:*:17737:0:99999:7:::
shadow | ci:%V:17737:0:99999:7:::
.bash_profile | export EDITOR=vim⏎export SLACK_TOKEN=%T⏎
.bashrc | export HOMEBREW_GITHUB_API_TOKEN="%T"
.esmtprc | hostname = smtp.acme.io:587⏎username = "ci"⏎password = "%P"
.msmtprc | account acme⏎user ci@acme.io⏎password %P
.fetchmailrc | poll mail.acme.io proto imap user "ci" password "%P"
.muttrc | set imap_pass = "%P"⏎set smtp_pass = "%P"
.mutt/muttrc | set imap_pass = "%P"
.irssi/config | servers = ( { address = "irc.acme.io"; password = "%P"; } );
.tugboat | authentication:⏎  client_key: %N⏎  api_key: %T
.gem/credentials | ---⏎:rubygems_api_key: %T
.pypirc | [pypi]⏎username = ci⏎password = %P
.cargo/credentials.toml | [registry]⏎token = "%T"
nuget.config | <packageSourceCredentials><acme><add key="Username" value="ci" /><add key="ClearTextPassword" value="%P" /></acme></packageSourceCredentials>
.m2/settings.xml | <servers><server><id>acme</id><username>ci</username><password>%P</password></server></servers>
gradle.properties | signing.keyId=24875D73⏎signing.password=%P
.gradle/gradle.properties | nexusPassword=%P
auth.json | {"http-basic": {"git.acme.io": {"username": "ci", "password": "%P"}}}
auth.json | {"github-oauth": {"github.com": "%T"}}
.composer/auth.json | {"gitlab-token": {"git.acme.io": "%T"}}
kubeconfig | users:⏎- name: admin⏎  user:⏎    token: %T
.kube/config | users:⏎- name: admin⏎  user:⏎    username: admin⏎    password: %P
secret.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: db⏎data:⏎  password: %E
secret.yaml | apiVersion: v1⏎kind: Secret⏎type: Opaque⏎data:⏎  api-token: %F
secret.yaml | apiVersion: v1⏎kind: Secret⏎metadata:⏎  name: db⏎stringData:⏎  password: %P
secret.yaml | apiVersion: v1⏎data:⏎  db-password: %E⏎kind: Secret
secret.json | {"apiVersion":"v1","kind":"Secret","data":{"password":"%E"}}
terraform.tfstate | {"resources":[{"type":"aws_db_instance","instances":[{"attributes":{"username":"app","password":"%P"}}]}]}
terraform.tfstate | {"outputs":{"db_password":{"value":"%P","type":"string","sensitive":true}}}
terraform.tfvars | db_password = "%P"
prod.auto.tfvars | api_token = "%T"
hosts.ini | web1 ansible_user=deploy ansible_ssh_pass=%P
inventory | web1 ansible_host=10.0.0.1 ansible_password=%P
group_vars/all.yml | db_password: %P
web.config | <connectionStrings><add name="Db" connectionString="Data Source=db1;Initial Catalog=shop;User ID=app;Password=%P" /></connectionStrings>
app.config | <add key="SmtpPassword" value="%P" />
web.config | <machineKey validationKey="%X128" decryptionKey="%X64" validation="SHA1" />
appsettings.json | {"Jwt": {"Key": "%T", "Issuer": "acme"}}
appsettings.json | {"ConnectionStrings": {"Db": "Host=db1;Username=app;Password=%P"}}
application.yml | spring:⏎  datasource:⏎    username: app⏎    password: %P
application.properties | spring.datasource.password=%P
strings.xml | <resources><string name="api_secret">%T</string></resources>
google-services.json | {"client":[{"client_secret":"%T"}]}
client_secrets.json | {"installed":{"client_id":"1.apps.acme.io","client_secret":"%T"}}
database.php | 'password' => '%P',
parameters.yml | parameters:⏎    database_password: %P⏎    secret: %T
local.xml | <connection><host><![CDATA[localhost]]></host><username><![CDATA[app]]></username><password><![CDATA[%P]]></password></connection>
env.php | 'crypt' => ['key' => '%H32'],
LocalSettings.php | $wgDBpassword = "%P";⏎$wgSecretKey = "%H64";
config.inc.php | $cfg['blowfish_secret'] = '%T';
tomcat-users.xml | <user username="admin" password="%P" roles="manager-gui"/>
server.xml | <Connector port="8443" keystorePass="%P" />
hibernate.cfg.xml | <property name="hibernate.connection.password">%P</property>
persistence.xml | <property name="javax.persistence.jdbc.password" value="%P"/>
context.xml | <Resource name="jdbc/db" username="app" password="%P" url="jdbc:mysql://db1/shop"/>
wp.ini | [FTP]⏎pass=%P
ventrilo_srv.ini | [Server]⏎Name=Acme⏎Port=3784⏎AdminPassword=%W⏎Password=%W
server.properties | enable-rcon=true⏎rcon.password=%W
ovpn-pass.txt | password: %P
passwords.txt | mail: ci@acme.io⏎password: %W
wpa_supplicant.conf | network={⏎ ssid="acme"⏎ psk="%P"⏎}
NetworkManager/acme.nmconnection | [wifi-security]⏎key-mgmt=wpa-psk⏎psk=%P
ipsec.secrets | : PSK "%P"
chap-secrets | ci * "%P" *
rsyncd.secrets | ci:%P
smb.credentials | username=ci⏎password=%P⏎domain=acme
slapd.conf | rootdn "cn=admin"⏎rootpw %P
redis.conf | requirepass %P
mongod.yml | password: %P
rabbitmq.conf | default_user = ci⏎default_pass = %P
grafana.ini | [security]⏎admin_password = %P⏎secret_key = %T
odoo.conf | admin_passwd = %P⏎db_password = %P
airflow.cfg | fernet_key = %K=
jupyter_notebook_config.json | {"NotebookApp": {"token": "%T"}}
proftpdpasswd | ci:%V:1001:1001::/home/ci:/bin/false
cloud-init.yml | chpasswd:⏎  list: |⏎    root:%P⏎
kickstart.cfg | rootpw --plaintext %P
unattend.xml | <AdministratorPassword><Value>%P</Value><PlainText>true</PlainText></AdministratorPassword>
preseed.cfg | d-i passwd/root-password password %P
switch.cfg | enable secret 0 %P⏎snmp-server community %P RO
`;

/** Credentials hidden by an encoding: the encoded text is what has to be found. */
export const encoded = String.raw`
yml | password: %E
json | {"api_key": "%F"}
py | headers = {"Authorization": "Basic %B"}
js | const auth = 'Basic %B';
sh | curl -H "Authorization: Basic %B" https://api.acme.io
sh | echo %G | base64 -d > token
py | %tS = base64.b64decode("%G")
js | const %tC = atob("%G");
env | GITHUB=%G
js | const blob = "%G";
yml | config: %J
txt | %G
py | x = "%Q"
js | const s = "%U";
url | https://api.acme.io/cb?x=%L
py | data = bytes.fromhex("%Q")
xml | <value>%Y</value>
`;

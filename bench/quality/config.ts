/** Ways in which configuration, shells, data and text hold a secret; read `code.ts` for the signs. */
export const config = String.raw`
.env | %pU=%P
.env | %tU=%T
.env | %tU="%T"
.env | %pU='%P'
.env | export %tU=%T
.env.production | %pU=%P
.env | # %tU=%T
.env | DATABASE_URL=postgres://app:%A@db1.acme.io:5432/shop
.env | REDIS_URL=redis://:%A@cache.acme.io:6379
.env | %tU = %T
yml | %pS: %P
yml | %pC: "%P"
yml | %tS: '%T'
yml | %tK: %T
yml |   %tC: %T # rotate in spring
yml | - %tU=%T
yml |       - %pU=%P
yml |       %pU: %P
yml | environment:⏎  - name: %pU⏎    value: %P
yml |   - name: %tU⏎    value: "%T"
yml | users:⏎  - name: maria⏎    password: %P
yml | spring:⏎  datasource:⏎    url: jdbc:mysql://db/shop⏎    password: %P
yml | datasource: {user: app, password: "%P"}
yml | url: "amqp://svc:%A@mq.acme.io:5672/prod"
yml | command: ["--api-key", "%T"]
yml | args: ["--password=%P"]
yml | run: curl -H "Authorization: token %T" https://api.acme.io
yml | ansible_password: %P
yml | ansible_ssh_pass: %P
yml | ansible_become_pass: '%P'
yml | vault_db_password: %P
yml | mysql_root_password: %P
yml | auth:⏎  basic:⏎    user: ci⏎    pass: %P
yml | secret_key_base: %T
yml | authToken: >-⏎  %T
yml | "%tC": "%T"
json | {"%pC": "%P"}
json | {"%tS":"%T","id":1}
json | "%tP": "%T",
json | { "name": "%tU", "value": "%T" }
json | { "key": "%tS", "value": "%T", "enabled": true }
json | "ConnectionString": "Server=tcp:db1.acme.io,1433;User ID=app;Password=%P;Encrypt=True;"
json | "auth": { "username": "ci", "password": "%P" }
json | "env": [ "%tU=%T" ]
json | "header": [{"key": "X-Api-Key", "value": "%T"}]
json | "Authorization": "Bearer %T"
json | "url": "https://ci:%A@git.acme.io/acme/app.git"
ipynb | "%tS = \"%T\"\n",
ipynb | "os.environ['%tU'] = '%T'\n",
ipynb | "%pS = '%P'"
toml | %tS = "%T"
toml | %pS = '%P'
toml | [database]⏎user = "app"⏎password = "%P"
ini | %pS = %P
ini | %tS=%T
ini | [client]⏎user=app⏎password="%P"
ini | ; %pS=%P
cfg | %pS: %P
conf | %tS %T
conf | requirepass %P
conf | masterauth %P
conf | rabbitmq.default_pass = %P
conf | bindpw %P
conf | proxy_set_header Authorization "Bearer %T";
conf | proxy_set_header X-Api-Key %T;
conf | rootpw %P
conf | ldap_default_authtok = %P
conf | wpa_passphrase=%P
conf | psk="%P"
cnf | [client]⏎password = %P
properties | %pD=%P
properties | %tD = %T
properties | spring.datasource.password: %P
properties | jdbc.url=jdbc:sqlserver://db1:1433;databaseName=shop;user=sa;password=%P
xml | <%pC>%P</%pC>
xml | <%tK>%T</%tK>
xml | <add key="%tP" value="%T" />
xml | <property name="%pC" value="%P"/>
xml | <entry key="%pD">%P</entry>
xml | <param name="%tS" value="%T"/>
xml | <string name="%tS">%T</string>
xml | <connection user="app" password="%P"/>
xml | <user name="tomcat" password="%P" roles="manager-gui"/>
xml | <setting name="%tC">%T</setting>
xml | <bean><property name="password"><value>%P</value></property></bean>
xml | <connectionStrings><add name="Db" connectionString="Server=db1;Database=shop;User Id=app;Password=%P;"/></connectionStrings>
settings.xml | <server><id>nexus</id><username>ci</username><password>%P</password></server>
config | <add key="%tP" value="%T"/>
plist | <key>%tC</key>⏎<string>%T</string>
plist | 	<key>Password</key>⏎	<string>%P</string>
tf | %pS = "%P"
tf | variable "%tS" {⏎  type = string⏎  default = "%T"⏎}
tf | master_password      = "%P"
tf | %tS  = "%T"
tf | environment = { %tU = "%T" }
tf | connection { type = "ssh"⏎ password = "%P" }
tfvars | %pS = "%P"
tfvars | %tS = "%T"
hcl | %tS = "%T"
Dockerfile | ENV %tU=%T
Dockerfile | ENV %pU %P
Dockerfile | ARG %tU="%T"
Dockerfile | RUN echo "root:%P" | chpasswd
Dockerfile | RUN curl -u ci:%P https://nexus.acme.io/a.jar
docker-compose.yml |       MYSQL_ROOT_PASSWORD: %P
docker-compose.yml |       - POSTGRES_PASSWORD=%P
Jenkinsfile | environment { %tU = '%T' }
Jenkinsfile | sh "docker login -u ci -p %P r.acme.io"
Makefile | %tU := %T
Makefile | %tU ?= %T
Vagrantfile | config.ssh.password = "%P"
.travis.yml |     - %tU=%T
.gitlab-ci.yml |   %tU: "%T"
.github/workflows/a.yml |       %tU: %T
sh | export %tU=%T
sh | export %pU="%P"
sh | %pS='%P'
sh | %tU=%T ./run.sh
sh | PGPASSWORD=%P psql -h db1 -U app
sh | export PGPASSWORD='%P'
sh | MYSQL_PWD=%P mysqldump shop
sh | mysql -u root -p%P shop
sh | mysql --user=root --password=%P shop
sh | mysqldump -h db1 -uapp -p'%P' shop > d.sql
sh | curl -u "svc:%P" https://api.acme.io/v1
sh | curl --user svc:%P https://api.acme.io/v1
sh | curl -H 'Authorization: Bearer %T' https://api.acme.io
sh | curl -H "X-Api-Key: %T" https://api.acme.io
sh | curl -H "PRIVATE-TOKEN: %T" https://git.acme.io/api
sh | curl "https://api.acme.io/v1?api_key=%T"
sh | curl -d "client_id=x&client_secret=%T" https://id.acme.io/token
sh | curl -X POST -d '{"username":"ci","password":"%P"}' https://id.acme.io
sh | wget --user=ci --password=%P https://files.acme.io/a.zip
sh | wget --http-password=%P https://files.acme.io/a.zip
sh | sshpass -p '%P' ssh deploy@web1
sh | sshpass -p%P scp a deploy@web1:
sh | docker login -u ci -p %P r.acme.io
sh | docker login --username ci --password %P
sh | docker run -e %pU=%P acme/app
sh | docker run -e "%tU=%T" acme/app
sh | echo "%P" | sudo -S apt-get update
sh | echo '%P' | docker login -u ci --password-stdin
sh | echo "deploy:%P" | chpasswd
sh | useradd -p %P ci
sh | git clone https://ci:%A@git.acme.io/acme/app.git
sh | git remote add o https://%T@git.acme.io/acme/app.git
sh | az login --service-principal -u app -p %T --tenant acme
sh | helm upgrade app . --set db.password=%P
sh | helm install app . --set auth.%tC=%T
sh | kubectl create secret generic db --from-literal=password=%P
sh | vault login %T
sh | vault kv put secret/db password=%P
sh | redis-cli -h cache -a %P ping
sh | mongo -u admin -p %P db1/admin
sh | mongosh "mongodb+srv://app:%A@c0.acme.mongodb.net/shop"
sh | ldapsearch -D cn=admin -w %P
sh | openssl enc -aes-256-cbc -k %P -in a
sh | openssl rsa -passin pass:%P -in a.key
sh | keytool -storepass %P -genkey
sh | twine upload -u ci -p %P dist/*
sh | npm config set //npm.acme.io/:_authToken %T
sh | aws configure set aws_secret_access_key %T
sh | sqlcmd -S db1 -U sa -P %P
sh | sqlplus app/%P@db1
sh | ftp -u ftp://ci:%A@files.acme.io/a a
sh | smbclient //fs1/a -U ci%%P
sh | ansible-playbook a.yml -e "db_password=%P"
sh | expect "password:"; send "%P\r"
fish | set -x %tU %T
.bash_profile | export %tU=%T
.zshrc | export %pU="%P"
.bash_history | mysql -uroot -p%P
sql | CREATE USER app IDENTIFIED BY '%P';
sql | CREATE USER app WITH PASSWORD '%P';
sql | ALTER ROLE app PASSWORD '%P';
sql | CREATE LOGIN app WITH PASSWORD = '%P';
sql | SET PASSWORD FOR app = PASSWORD('%P');
sql | GRANT ALL ON *.* TO 'app'@'%' IDENTIFIED BY '%P';
sql | INSERT INTO users (name, password) VALUES ('maria', '%P');
sql | ALTER USER app IDENTIFIED BY "%P";
sql | UPDATE settings SET value='%T' WHERE name='%tS';
md | The password is %P
md | Password: %P
md | - **Password**: %P
md | - **API Key:** ${'`%T`'}
md | username: ci, password: %P
md | Use ${'`%tU=%T`'} to start.
md | | API key | ${'`%T`'} |
md | login with ci / password ${'`%P`'}
txt | %tC: %T
txt | user: ci⏎pass: %P
txt | Password is: %P
txt | API_KEY %T
txt | your token: %T
COMMIT_EDITMSG | Use %tS=%T for staging
COMMIT_EDITMSG | set the password to %P
html | <input type="hidden" name="%tS" value="%T">
html | <script>var %tC = "%T";</script>
html | <meta name="api-key" content="%T">
http | Authorization: Bearer %T
http | X-Api-Key: %T
http | Authorization: Basic %B
http | POST /login⏎⏎{"user":"ci","password":"%P"}
csv | maria,maria@acme.io,password,%P
log | 2024-01-02 ERROR login failed user=ci password=%P
log | connecting with token=%T
eml | Your new password is: %P
url | https://api.acme.io/v1/users?access_token=%T
reg | "Password"="%P"
service | Environment="%tU=%T"
service | Environment=%pU=%P
nix | %tC = "%T";
bicep | param %pC string = '%P'
pp | password => '%P',
cue | %pC: "%P"
graphql | # %tS: %T
proto | // %tS: "%T"
ovpn | auth-user-pass⏎# password: %P
crontab | 0 * * * * PGPASSWORD=%P pg_dump shop
`;

/**
 * Ways in which programs hold a secret. `%P` and `%T` stand for a password and a token, `%pC` and `%tC` for the name of one
 * in a style (see `inCase`). The line before `⏎` has the file's name.
 */
export const code = String.raw`
py | %pU = "%P"
py | %tS = '%T'
py | %pS: str = "%P"
py | self.%pS = '%P'
py | self._%tS = "%T"
py | conn = psycopg2.connect(host="db1.acme.io", user="app", password="%P", dbname="shop")
py | client = AcmeClient(%tS="%T", region="eu")
py | os.environ["%tU"] = "%T"
py | os.environ.setdefault('%pU', '%P')
py | %tS = os.getenv("%tU", "%T")
py | %tU = os.environ.get('%tU') or '%T'
py | settings = {"user": "app", "%pS": "%P"}
py | config["%tS"] = "%T"
py | requests.post(url, auth=("svc-deploy", "%P"))
py | r = requests.get(url, auth=HTTPBasicAuth('svc', '%P'))
py | headers = {"Authorization": "Bearer %T"}
py | headers = {'X-Api-Key': '%T'}
py | server.login("bot@acme.io", "%P")
py | smtp.login('mailer', '%P')
py | ssh.connect(host, username="deploy", password="%P")
py | engine = create_engine("postgresql://app:%A@db1.acme.io/shop")
py | app.config['SECRET_KEY'] = '%T'
py | SECRET_KEY = b'%T'
py | if password == "%P":
py | def connect(user="app", password="%P"):
py | parser.add_argument("--password", default="%P")
py | fernet = Fernet(b"%T")
py | DATABASES = {'default': {'USER': 'app', 'PASSWORD': '%P', 'HOST': 'db'}}
py | api = Api(key="acme", secret="%T")
py | %tS = ("%T")
py | %tS = (⏎    "%T"⏎)
py | # old %pS: %P
py | assert login("maria", "%P")
py | payload = f"user=app&password=%P"
js | const %tC = "%T";
js | const %pC = '%P';
js | let %tU = ${'`%T`'};
js | module.exports = { %tC: '%T', debug: false };
js | module.exports.%tS = '%T'
js | const client = new Client({ host: 'h', %pC: '%P' });
js | const client = new AcmeClient("%T", { apiKey: "%T" });
js | process.env.%tU = '%T';
js | const %tC = process.env.%tU || '%T';
js | const %tC = process.env.%tU ?? "%T";
js | axios.defaults.headers.common['Authorization'] = 'Bearer %T';
js | headers: { 'x-api-key': '%T' },
js | headers: { Authorization: ${'`Bearer %T`'} },
js | firebase.auth().signInWithEmailAndPassword(email, '%P')
js | const conn = mysql.createConnection({ host: 'db', user: 'app', password: '%P', database: 'shop' });
js | auth: { user: 'mailer@acme.io', pass: '%P' },
js | app.use(session({ secret: '%T', resave: false }));
js | jwt.sign(payload, '%T');
js | jwt.verify(token, "%T", cb)
js | const sequelize = new Sequelize('shop', 'app', '%P', { dialect: 'mysql' });
js | mongoose.connect('mongodb://app:%A@mongo1.acme.io:27017/shop');
js | client.login('%T'); // bot token
js | localStorage.setItem('%tC', '%T');
js | setPassword('%P')
js | // %tC = '%T'
js | window.config = {"%tC":"%T"};
js | crypto.createHmac('sha256', '%T')
ts | private readonly %tC: string = '%T';
ts | export const %tU: string = "%T";
ts | static %pC = '%P';
ts | export const environment = { production: true, %tC: '%T' };
ts | const config: Config = { %pC: "%P" };
ts | const %tC = '%T' as const;
jsx | <AcmeProvider apiKey="%T">
vue | data() { return { %tC: '%T' } }
java | private static final String %tU = "%T";
java | String %pC = "%P";
java | conn = DriverManager.getConnection("jdbc:mysql://db1.acme.io/shop", "app", "%P");
java | dataSource.setPassword("%P");
java | props.put("mail.smtp.password", "%P");
java | props.setProperty("%pD", "%P");
java | @Value("${'$'}{%tD:%T}")
java | builder.%tC("%T")
java | new UsernamePasswordCredentials("svc", "%P");
java | .basicAuthentication("svc", "%P")
java | new BasicAWSCredentials("id", "%T")
java | .header("Authorization", "Bearer %T")
java | .setHeader("X-Api-Key", "%T")
java | String url = "jdbc:postgresql://db1.acme.io:5432/shop?user=app&password=%P";
java | char[] %pC = "%P".toCharArray();
kt | const val %tU = "%T"
kt | val %pC = "%P"
kt | private val %tC: String = "%T"
kt | buildConfigField("String", "%tU", "\"%T\"")
scala | val %tC = "%T"
groovy | def %pC = '%P'
gradle | storePassword '%P'
gradle | keyPassword "%P"
gradle | credentials { username = "ci"; password = "%P" }
cs | private const string %tP = "%T";
cs | public string %pP { get; set; } = "%P";
cs | var client = new NetworkCredential("svc", "%P");
cs | var conn = "Server=db1;Database=shop;User Id=app;Password=%P;";
cs | options.%tP = "%T";
cs | string %pC = @"%P";
cs | client.DefaultRequestHeaders.Add("X-Api-Key", "%T");
cs | new SqlConnection("Data Source=db1;Initial Catalog=shop;User ID=sa;Pwd=%P")
vb | Dim %pC As String = "%P"
vb | Private Const %tU = "%T"
go | const %tC = "%T"
go | %pC := "%P"
go | var %tP string = "%T"
go | cfg := Config{User: "app", %pP: "%P"}
go | 	%tP: "%T",
go | os.Setenv("%pU", "%P")
go | req.Header.Set("Authorization", "Bearer %T")
go | req.Header.Add("X-Api-Key", "%T")
go | req.SetBasicAuth("svc", "%P")
go | db, err := sql.Open("mysql", "app:%A@tcp(db1.acme.io:3306)/shop")
go | flag.StringVar(&pw, "password", "%P", "the password")
go | dsn := "host=db1 user=app password=%P dbname=shop sslmode=disable"
go | secret := []byte("%T")
rs | const %tU: &str = "%T";
rs | let %pS = "%P";
rs | let %tS = String::from("%T");
rs | static %tU: &'static str = "%T";
rs | .bearer_auth("%T")
rs | .basic_auth("svc", Some("%P"))
rs | %pS: "%P".to_string(),
rb | %tU = "%T"
rb | config.%tS = '%T'
rb | %tS: '%T',
rb | :%pS => "%P",
rb | ENV['%tU'] = '%T'
rb | ENV.fetch('%tU', '%T')
rb | ENV["%tU"] ||= "%T"
rb | http.basic_auth 'svc', '%P'
rb | Acme.%tS = "%T"
rb | Net::SSH.start(host, 'deploy', password: '%P')
php | $%pS = '%P';
php | $%tC = "%T";
php | define('%pU', '%P');
php | define( 'SECURE_AUTH_KEY', '%T' );
php | '%pS' => '%P',
php | "%tS" => env('%tU', '%T'),
php | $mysqli = new mysqli("db1", "app", "%P", "shop");
php | mysql_connect('db1', 'app', '%P');
php | $mail->Password = '%P';
php | new PDO('mysql:host=db1;dbname=shop', 'app', '%P');
php | private $%tC = '%T';
php | const %tU = '%T';
php | $config['%pS'] = "%P";
php | putenv('%tU=%T');
php | curl_setopt($ch, CURLOPT_USERPWD, "svc:%P");
swift | let %tC = "%T"
swift | static let %pC: String = "%P"
swift | request.setValue("Bearer %T", forHTTPHeaderField: "Authorization")
m | NSString *const %tC = @"%T";
m | #define %tU @"%T"
c | #define %pU "%P"
c | const char *%pS = "%P";
c | static char %tS[] = "%T";
cpp | std::string %tS = "%T";
cpp | std::string %pS{"%P"};
cpp | const QString %pC = QStringLiteral("%P");
ino | const char* ssid = "acme"; const char* password = "%P";
ino | WiFi.begin("acme-net", "%P");
dart | const %tC = '%T';
dart | final String %pC = "%P";
lua | local %tS = "%T"
pl | my $%pS = '%P';
pl | DBI->connect("DBI:mysql:shop", "app", "%P");
r | %tS <- "%T"
r | Sys.setenv(%tU = "%T")
jl | const %tU = "%T"
ex | %tS: "%T",
ex | config :acme, %pS: "%P"
erl | {%pS, "%P"}.
clj | {:%pK "%P"}
clj | (def %tK "%T")
hs | %tC = "%T"
ps1 | $%pC = "%P"
ps1 | $%tC = '%T'
ps1 | $env:%tU = "%T"
ps1 | $sec = ConvertTo-SecureString "%P" -AsPlainText -Force
ps1 | $sec = ConvertTo-SecureString -String '%P' -AsPlainText -Force
ps1 | New-LocalUser -Name ci -Password "%P"
ps1 | net user ci %P /add
bat | set %pU=%P
bat | net use Z: \\fs1\share /user:acme\ci %P
vbs | %pC = "%P"
groovy | withEnv(["%tU=%T"]) {
coffee | %tC: "%T"
tcl | set %pS "%P"
cfm | <cfset %tC = "%T">
jsp | String %pC = "%P";
asp | conn.Open "Provider=SQLOLEDB;Data Source=db1;User ID=sa;Password=%P;"
`;

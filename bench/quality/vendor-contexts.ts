/**
 * Where people write a credential of a vendor, as templates: the file, a bar, the text; `⏎` is a line's end. `%s` is the
 * value; `%v`, `%V`, `%U` and `%N` the vendor as a word, a class's name, a constant and a name in prose; `%k`, `%m`,
 * `%M`, `%K`, `%p`, `%j` and `%d` the kind of key as `api_key`, `apiKey`,
 * `ApiKey`, `API_KEY`, `api key`, `api-key` and `api.key`; `%h` the vendor in a header's name. Contexts of `alone` say nothing of the vendor.
 */
export const named = `
.env | %U_%K=%s
.env | export %U_%K="%s"
.env.local | %U_%K='%s' # %N
sh | export %U_%K=%s
sh | curl -H "Authorization: Bearer %s" https://api.%v.com/v1/items
sh | curl -H "X-Api-Key: %s" https://api.%v.com/v1/items
sh | curl https://api.%v.com/v1/items -H 'x-%h-%j: %s'
sh | curl -u "%s:" https://api.%v.com/v1/items
sh | curl "https://api.%v.com/v1/items?%k=%s&page=2"
sh | curl "https://api.%v.com/v1/items?key=%s"
sh | %v login --%j %s
sh | %v deploy --%j=%s --yes
sh | %v-cli --token "%s" push
ps1 | $env:%U_%K = "%s"
bat | set %U_%K=%s
Dockerfile | ENV %U_%K=%s
Dockerfile | ENV %U_%K %s
Makefile | %U_%K := %s
json | {"%v": {"%m": "%s"}}
json | {⏎  "%v": {⏎    "enabled": true,⏎    "%k": "%s"⏎  }⏎}
json | {"%v_%k": "%s"}
json | {"%v%M": "%s", "x": 1}
json | {"name": "%U_%K", "value": "%s"}
json | "{\\"%v_%k\\":\\"%s\\"}"
yml | %v:⏎  %k: %s
yml | %v:⏎  enabled: true⏎  region: eu⏎  %j: "%s"
yml | %v_%k: '%s'
yml | env:⏎  - name: %U_%K⏎    value: %s
.github/workflows/ci.yml | env:⏎  %U_%K: %s
toml | [%v]⏎%k = "%s"
ini | [%v]⏎host = 10.0.0.1⏎%k=%s
properties | %v.%d=%s
xml | <%v><%m>%s</%m></%v>
xml | <add key="%V%M" value="%s" />
xml | <string name="%v_%k">%s</string>
plist | <key>%V%M</key>⏎<string>%s</string>
ts | const %v%M = '%s';
ts | const client = new %V({ %m: "%s" });
ts | const client = new %V("%s");
ts | %v.init('%s');
ts | process.env.%U_%K ?? '%s'
sh | curl https://api.%v.com/v1/items -H 'Authorization: SSWS %s'
js | headers: { 'Authorization': 'Bearer %s' }, url: 'https://api.%v.com'
js | // %N⏎const key = "%s";
js | var %v = "%s";
js | %v: "%s",
py | %v_%k = "%s"
py | %U_%K: str = '%s'
py | client = %v.Client(%k="%s")
py | os.environ["%U_%K"] = "%s"
py | os.getenv("%U_%K", "%s")
py | # %N %p⏎KEY = "%s"
rb | %V.%k = '%s'
rb | config.%v = { %k: "%s" }
go | %v%M := "%s"
go | client := %v.NewClient("%s")
java | private static final String %U_%K = "%s";
java | %V%M.set("%s");
kt | val %v%M = "%s"
cs | var client = new %VClient("%s");
php | define('%U_%K', '%s');
php | '%v' => ['%k' => '%s'],
swift | let %v%M = "%s"
rs | const %U_%K: &str = "%s";
sql | UPDATE settings SET %v_%k = '%s';
tf | provider "%v" {⏎  %k = "%s"⏎}
tf | variable "%v_%k" {⏎  default = "%s"⏎}
md | %N %p: \`%s\`
md | | %N %p | %s |
md | Use the %N %p \`%s\` for staging.
txt | %N %p: %s
txt | %N %p is %s
txt | my %v %p %s here
txt | %N⏎%s
txt | %N:⏎⏎  %p: %s
txt | %v %s
ts | // %N %p: %s
py | # %v %p = %s
csv | %v,%s
html | <script src="https://cdn.%v.com/sdk.js" data-%j="%s"></script>
config/%v.json | {"%m": "%s"}
config/%v.yml | %k: %s
config/%v.ts | export default { %m: '%s' };
ts | axios.get(\`https://api.%v.com/v1\`, { headers: { "X-Auth-Token": "%s" } })
py | requests.get("https://api.%v.com/v1", params={"%k": "%s"})
py | requests.get("https://api.%v.com", auth=("%s", ""))
log | [info] %v %k=%s ok
ipynb | "os.environ[\\"%U_%K\\"] = \\"%s\\"\\n",
go | url := "https://api.%v.com/v1/data"⏎req, err := http.NewRequest("GET", url, nil)⏎req.Header.Set("Authorization", "Bearer %s")
go | url := "https://api.%v.com/v1/data"⏎req, err := http.NewRequest("GET", url, nil)⏎req.Header.Set("X-API-Key", "%s")
go | req, _ := http.NewRequest("GET", "https://api.%v.com", nil)⏎req.SetBasicAuth("%s", "")
py | url = "https://api.%v.com/v1"⏎headers = {"Authorization": "%s"}⏎requests.get(url, headers=headers)
py | url = "https://api.%v.com/v1"⏎r = requests.get(url, params={"access_key": "%s", "q": 1})
py | requests.get("https://api.%v.com", auth=HTTPBasicAuth("%s", "x"))
js | fetch("https://api.%v.com/x", {⏎  headers: { Authorization: "Token %s" }⏎})
js | axios({ url: 'https://api.%v.com/x', params: { apikey: '%s' } })
php | curl_setopt($ch, CURLOPT_URL, "https://api.%v.com");⏎curl_setopt($ch, CURLOPT_HTTPHEADER, ["X-Api-Key: %s"]);
php | curl_setopt($ch, CURLOPT_URL, "https://api.%v.com");⏎curl_setopt($ch, CURLOPT_USERPWD, "%s:");
rb | uri = URI("https://api.%v.com")⏎req['X-Api-Key'] = '%s'
java | HttpRequest.newBuilder().uri(URI.create("https://api.%v.com"))⏎  .header("x-api-key", "%s")
cs | client.BaseAddress = new Uri("https://api.%v.com");⏎client.DefaultRequestHeaders.Add("X-Api-Key", "%s");
sh | curl https://api.%v.com/v1 \\⏎  -H "Content-Type: application/json" \\⏎  -H "Authorization: Bearer %s"
sh | wget "https://api.%v.com/data?apikey=%s"
sh | curl "https://api.%v.com/data?access_token=%s"
sh | curl "https://api.%v.com/data?auth=%s"
sh | curl "https://api.%v.com/data?id=12&appid=%s"
txt | https://api.%v.com/v1/%s/data
yml | services:⏎  web:⏎    environment:⏎      - %U_KEY=%s
json | {"args": ["%v", "--api-key", "%s"]}
json | {"command": "%v-mcp", "env": {"API_KEY": "%s"}}
ts | { provider: "%v", credentials: { key: "%s" } }
json | [{"service": "%v", "secret": "%s"}]
json | {"type": "%v", "value": "%s"}
json | {"name": "%v", "token": "%s"}
csv | name,token⏎%v,%s
md | %v⏎⏎    %s
txt | %v credentials: %s
txt | %v_id: 12345, %v_key: %s
txt | login to %v with %s
tf | resource "%v_project" "x" {⏎  api_key = "%s"⏎}
tf | %v_token = "%s"
py | %V(api_key='%s').run()
py | from %v import Client⏎⏎client = Client('%s')
js | const %v = require('%v')('%s');
js | import %V from '%v';⏎⏎const c = new %V('%s', { timeout: 3 });
rb | %V.configure do |config|⏎  config.access_token = '%s'⏎end
ex | config :%v,⏎  api_key: "%s"
clj | {:%v-token "%s"}
kt | %V.initialize(this, "%s")
swift | %V.configure(withAPIKey: "%s")
yml | %v:⏎  secret:⏎    value: %s
ini | [%v]⏎login = acme⏎pass = %s
log | %v auth %s
sh | %U=%s
sh | %v config set token %s
sh | %v auth login --with-token <<< "%s"
xml | <server><id>%v</id><password>%s</password></server>
txt | "%v_token": "%s"
txt | %v-token=%s;
txt | (%v: %s)
`;

export const alone = `
txt | %s
txt | key: %s
txt | (%s)
txt | see %s, it works
txt | <%s>
txt | a;%s;b
txt | a|%s|b
txt | "%s".
txt | x=%s&y=1
js | f("%s")
js | const a = ["%s", "b"];
json | "{\\"a\\":\\"%s\\"}"
json | ["%s"]
md | \`%s\`
md | **%s**
sh | echo %s | base64 -d
sh | curl -H "Authorization: Bearer %s" https://example.org
yml | - %s
ts | // %s
html | <p>%s</p>
txt | first\\n%s\\nlast
txt | url%3D%s%26b
csv | 1,%s,2
log | 12:00:01 got '%s'
`;

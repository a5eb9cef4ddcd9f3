/**
 * The further ways of `shapes.ts` in markup, in languages and file formats that are met less often, and in notebooks.
 */
export const formats = String.raw`
html | <a href="https://api.acme.io/v1?access_token=%T">a</a>
html | <input name="password" value="%P">
html | <!-- %pS: %P -->
html | <div data-api-key="%T"></div>
html | <script src="https://api.acme.io/js?key=%T"></script>
erb | <%= f.hidden_field :%tS, value: "%T" %>
jinja | {% set %pS = "%P" %}
tpl | {{- $%pS := "%P" -}}
lua | conf.%pS = "%P"
lua | ngx.req.set_header("Authorization", "Bearer %T")
r | options(%tD = "%T")
r | con <- dbConnect(RMySQL::MySQL(), user = "app", password = "%P")
jl | ENV["%tU"] = "%T"
ex | System.put_env("%tU", "%T")
erl | -define(%pU, "%P").
hs | %pC :: String⏎%pC = "%P"
clj | :%tK "%T"
dart | headers: {'Authorization': 'Bearer %T'}
m | [request setValue:@"%T" forHTTPHeaderField:@"X-Api-Key"];
m | static NSString * const %tC = @"%T";
cpp | #define WIFI_PASSWORD "%P"
cpp | set_password("%P");
c | strcpy(%pS, "%P");
c | if (strcmp(%pS, "%P") == 0)
sol | bytes32 private %tC = "%T";
sas | %let %pS = %P;
abap | lv_%pS = '%P'.
vb | connectionString = "Provider=x;User ID=app;Password=%P;"
ahk | %pC := "%P"
au3 | Global $%pC = "%P"
applescript | set %pC to "%P"
nsi | !define %pU "%P"
cmake | set(%tU "%T")
bzl | %tS = "%T",
just | export %tU := "%T"
nix | %pC = "%P";
ipynb | "client = Acme(%tS='%T')\n",
ipynb | "%env %tU=%T\n",
ipynb | "export %tU=%T\n"
ipynb | "!curl -H 'X-Api-Key: %T' https://api.acme.io\n"
ics | DESCRIPTION:Login maria Password: %P
rst | :password: ${'``%P``'}
adoc | password:: ${'`%P`'}
tex | % password: %P
diff | +%pS = "%P"
patch | +    %tC: "%T",
gitconfig | [credential]⏎	password = %P
gitconfig | [http]⏎	extraheader = AUTHORIZATION: bearer %T
mobileconfig | <key>PayloadPassword</key><string>%P</string>
ovpn | <auth-user-pass>⏎maria⏎%P⏎</auth-user-pass>
bru | auth:bearer {⏎  token: %T⏎}
rest | @%tC = %T
http | @password = %P
graphql | mutation { login(user: "maria", password: "%P") { id } }
feature | When I log in as "maria" with password "%P"
jmx | <stringProp name="HTTPSampler.password">%P</stringProp>
pbix | Password=%P;
dsn | DSN=shop;UID=app;PWD=%P
odc | <odc:ConnectionString>Provider=x;User ID=app;Password=%P;Data Source=db1</odc:ConnectionString>
`;

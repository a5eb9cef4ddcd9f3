/** Where a value begins (its first character or opening quote), and what the way there says about it. */
export interface Sign {
  at: number;
  /** Nothing but a space, a comma or a word of prose stands between identifier and value. */
  loose: boolean;
  /** `==` or `!=` stood there. */
  compares: boolean;
  /** The identifier is a function and the value its argument. */
  call: boolean;
  /** The value is an element's text, so that a closing element follows it. */
  element: boolean;
}

interface Form {
  sign: RegExp;
  /** The characters with which the sign can begin, where they are few: the search is spared elsewhere. */
  starts?: string;
  /** The same for the first character that is not white space. */
  first?: string;
  /** What has to stand in front of the identifier. */
  before?: RegExp;
  loose?: true;
  call?: true;
  element?: true;
}

/** What may stand between a sign of assignment and the quote: a call or a constructor that takes the value, a prefix. */
const calls = `(?:(?:new |await (?=\\w{0,12}\\.?hash)|\\[\\]|&)?(?!(?:this\\.|self\\.)?get|import|find|fetch|load|read|require|resolve|translate|t\\(|_\\()[A-Za-z_][\\w.:]{0,40}\\(\\s{0,20}(?:default\\s?=\\s?|(?![a-z_]{0,16}(?:id|name|user|path|url|host):)[a-z]\\w{0,20}:\\s?)?(?=(?:[@bL]|\\\\)?["'\`])|\\(\\s{0,40}(?=["'\`])|ConvertTo-SecureString (?:-String )?|!!str |!Sub (?=["']))?(?:(?:str|bytes|b|u|r|f|rb|L|@|N|\\$)(?=["']))?`;

/** A type between name and value: \`: string | undefined =\`, \` string =\`, \` As String =\`, \`{ get; set; } =\`, \`[64] =\`. */
const typed = `(?::[ \\t]{0,3}[&A-Za-z_][\\w.&'<>\\[\\]|?* ]{0,40}?=(?![=>])(?=[ \\t]{0,4}["'\`@&bA-Z])|[ \\t]{0,4}(?:\\*?string|\\[\\]byte|As String)[ \\t]{0,4}=(?!=)|[ \\t]{0,4}\\{ ?get;[^{}\\n]{0,30}\\}[ \\t]{0,4}=|\\[\\d{0,4}\\][ \\t]{0,4}=(?!=))`;

/**
 * The ways in which an identifier is followed by its value, commonest first. Each is bounded by the slice it sees; none
 * has two neighbouring repetitions that take the same characters without a limit.
 */
export const forms: readonly Form[] = [
  // What counts where nothing is given: `${A:-v}`, Helm's `a: {{ .B | default "v" }}`, Jinja's `a: "{{ b | default('v') }}"`.
  // and `a = () => 'v'`: one search for all of them.
  {
    sign: /^["']?\s{0,3}[:=]\s{0,3}(?:["']?(?:\$\{(?:opt|env|self|param|ssm):[\w./:-]{1,60},\s?(?=["'])|\$\{\w{1,30}:[-=]?(?=[^\s{}"'$+?][^\s{}"'$]{4})|\{\{[^{}\n]{0,120}?\bdefault[( ]\s?(?=["']))|(?:async )?\([^()\n]{0,40}\)\s?(?::\s?\w{1,20}\s?)?=>\s{0,10}(?=["']))/,
    first: `:="'`,
  },
  { sign: /^:[-=](?=[^\s{}"'$])/, before: /\$\{(?:[\w.]{1,16}[_.])?$/, starts: ':' },
  // CloudFormation's parameter: `A:⏎ Type: String⏎ Default: v`.
  {
    starts: `:"'`,
    sign: /^["']?:[ \t]{0,4}\r?\n(?:[ \t]{1,40}[\w-]{1,30}:[^\n]{0,80}\n){0,4}[ \t]{1,40}(?:default|defaultvalue|value):[ \t]{1,4}/i,
  },
  // `user, a = "u", "v"`, `[user, a] = ['u', 'v']`.
  {
    sign: /^(?: string)?\s?[\])}]?\s{0,3}(?::?=|(?=\{\{))\s{0,3}[[({]{0,2}\s{0,2}["'][^"'\n]{1,60}["']\s{0,2},\s{0,3}(?=["'])/,
    before: /(?:user|name|login|mail|id|key),\s{0,2}$/i,
    first: 's])}:={',
  },
  // A filter of Jinja, a macro of TeX, a block attribute of AsciiDoc and LDIF, a format's parameter.
  { sign: /^\s?[=:]\s?["']?\{\{\s{0,3}(?=["'])/, starts: ': =', first: ':=' },
  // A log that fills the space with full stops, a variable of Robot Framework.
  { sign: /^\.{3,60}(?=["'])/, starts: '.' },
  { sign: /^\}\s{2,12}(?=[^\s$])/, before: /\$\{[\w ]{0,20}$/, starts: '}' },
  // Perl's `$conf{a} = "v"`.
  { sign: /^["']?\}\s{0,8}(?:\/\/|\|\|)?=\s{0,4}(?=["'])/, before: /\{["']?$/, starts: `}"'` },
  { sign: /^\}\{(?=\w)/, before: /\\$/, starts: '}' },
  { sign: /^::[ \t]{1,4}(?=\S)/, before: /(?:^|\n)$/, starts: ':' },
  { sign: /^=%s(?:\\n)?["']\s{1,3}(?=["'])/, starts: '=' },
  // What is typed into a field: `By.name("a")).sendKeys("v")`, `fill('#a', 'v')`, `fill_in 'A', with: 'v'`.
  {
    sign: /^\]?["']{1,2}\]?["']?\)?\)?\s{0,20}\.(?:send_?keys|type|fill|set_?value|clear\(\)\.type|value|returns|mock(?:Return|Resolved)Value(?:Once)?)\(\s{0,3}(?=["'`])/i,
    starts: `]"'`,
  },
  { sign: /^["']?\]["']\s{0,2},\s{0,3}(?=["'`])/, before: /name=["']?$/i, starts: `"']` },
  // `fill('#a', 'v')`, `$('#a').val() == 'v'`, `getElementById('a').value != "v"`.
  {
    sign: /^["'`]?\]?["'`],\s{0,4}(?=["'`])/,
    before: /\b(?:fill|type|send_?keys|set_?value|input)\(\s?["'`][^"'`\n]{0,20}$/i,
    starts: `]"'\``,
  },
  {
    sign: /^["']?\]?["']?\)\.(?:value|val\(\)|text|getText\(\))\s{0,2}(?:[!=]={1,2}|\.equals\()\s{0,2}(?=["'])/,
    starts: `]"')`,
  },
  // `StringVar(&a, "a", "v", "…")`, Espresso's `withId(R.id.a)).perform(typeText("v"))`.
  { sign: /^,\s{0,3}"[\w.-]{1,40}",\s{0,3}(?:"\w?",\s{0,3})?(?=")/, before: /Var\w?\(&[\w.]{0,12}$/, starts: ',' },
  { sign: /^\)\)\s{0,20}\.perform\((?:typeText|replaceText)\((?=")/, starts: ')' },
  // What a stand-in answers: `when(a.getA()).thenReturn("v")`, `mock.a.returns('v')`, `allow(a).to receive(:a).and_return('v')`.
  {
    sign: /^(?:\((?:any\w{0,12}\(\))?\))?\)?\s{0,2}\.(?:then|will|and_?|mock)?_?(?:returns?|answers?|resolvedvalue|returnvalue)(?:once)?\(\s{0,3}(?=["'`])/i,
    first: '().',
  },
  // A function that answers with it: `getA() { return "v"; }`, `def a(self): return 'v'`; `var a: String { "v" }`.
  {
    sign: /^\((?:self|cls|this)?\)[\w\s:<>?&'.-]{0,40}?(?:=>\s{0,10}|[{:]\s{0,60}return\s{1,4}\(?)@?(?=["'])/,
    first: '(',
  },
  { sign: /^:\s?String\??\s?\{\s{0,20}(?:get\s?\{\s{0,20})?(?:return )?(?=")/, first: ':' },
  { sign: /^(?:\(\))?[ \t]{0,4}\r?\n[ \t]{1,20}(?=["'])/, before: /\bdef (?:self\.)?$/ },
  // Ruby's `let(:a) { 'v' }`, a factory's `a { 'v' }`.
  { sign: /^["']?\)?\s{1,3}\{\s{1,3}(?=["'][^"'\n]{4,80}["']\s{1,3}\})/, starts: `) "'`, first: `){"'` },
  // PL/SQL's `a constant varchar2(30) := 'v'`, CloudFormation's `a: { Type: String, Default: v }`.
  {
    sign: /^\s{1,4}(?:constant\s{1,3})?n?(?:var)?char2?(?:\(\d{1,5}(?: (?:char|byte))?\))?\s{0,4}(?::=|default)\s{0,3}(?=')/i,
    starts: ' ',
    first: 'cnvCNV',
  },
  { sign: /^["']?:\s?\{[^{}\n]{0,120}?\bdefault["']?:\s{0,3}(?=[^\s{[])/i, starts: `:"'` },
  { sign: /^["'],\s{0,3}with:\s{0,3}(?=["'])/, starts: `"'` },
  {
    sign: /^["'](?:\s{1,4}[\w-]{1,20}="[^"\n]{0,60}"){0,4}\s{1,4}value=(?="[^"])/,
    before: /type=["']?$/,
    starts: `"'`,
  },
  // `a: process.env.A || 'v'`.
  { sign: /^["']?\s?[:=]\s{0,3}[A-Za-z_][\w.[\]"'()]{2,60}\s?(?:\|\||\?\?|or)\s{0,3}(?=["'])/, starts: `:= "'` },
  // Columns with a type, a shell's here-string.
  { sign: /^\s{1,8}(?:PIC|TYPE)\s{1,4}[\w()]{1,20}\s{1,4}VALUE\s{1,4}(?=')/i, starts: ' ', first: 'PpTt' },
  { sign: /^\s{1,3}<<<\s{0,3}(?=["'])/, starts: ' ', first: '<' },
  { sign: /^["']?\s{1,3}-Value\s{1,3}(?=["'])/i, before: /Env:$/i, starts: ` "'`, first: `-"'` },
  // In a page: `<td>A</td><td>v</td>`, `A: <b>v</b>`.
  {
    sign: /^:?\s{0,4}(?:<\/\w{1,8}>:?\s{0,20}){0,2}<(?:b|i|em|code|kbd|strong|td|dd|pre|span)>\s{0,8}(?=[^\s<])/i,
    element: true,
    starts: ': <',
    first: ':<',
  },
  // Postman's `"apikey": [{"key": "value", "value": "v"}, …]`, in any order.
  {
    sign: /^"\s{0,3}:\s{0,3}\[[^\]]{0,200}?"key"\s{0,3}:\s{0,3}"value"\s{0,3},\s{0,40}"value"\s{0,3}:\s{0,3}(?=")/,
    before: /"$/,
    first: '"',
  },
  {
    // `=`, `:`, `:=`, `=>`, `==`, `||=`, `?=`, `<-`, with closing quotes, brackets and emphasis before them; `f('a') =>` says what a
    // call gives.
    sign: new RegExp(
      `^(?!["']\\)\\s{0,3}=>)(?:\\\\{0,3}["'\`\\])*]){0,3}[ \\t]{0,24}[?!]?(?:${typed}|:=|=>|(?:\\|\\||\\?\\?|\\?|\\+)=|<-|={1,3}(?!=)|:(?!:|//))(?:\\*\\*)?[ \\t]{0,24}(?![{ \\t])(?:[>|][+-]?[ \\t]{0,3}\\r?\\n[ \\t]{1,40}|\\\\?\\r?\\n[ \\t]{1,40}(?=["'\`]))?${calls}`,
    ),
    first: '\\"\'`])*?!:=|+<[{sA',
  },
  // A name, other fields, its value: `"name": "A", "enabled": true, "value": "v"`, `{name: A, value: "v"}`, `Key=A,Value=v`.
  {
    sign: /^["'`]?\]?\s{0,4},(?:\s{0,8}["']?[\w-]{1,24}["']?\s?:\s?(?:"[^"\n]{0,60}"|true|false|null|\d{1,9}),){0,3}\s{0,8}["']?\w{0,12}val(?:ue)?["']?\s{0,3}[:=]\s{0,3}(?=["'`]|[A-Za-z0-9])/i,
    before: /(?:name|key|variable)["']?\s{0,3}[:=]\s{0,3}["'`]?$/i,
    first: `"'\`],`,
  },
  // Kotlin's and Scala's pairs, Rust's and Java's defaults, a property that is made when it is asked for.
  { sign: /^["']\s{1,4}(?:to|->)\s{1,4}(?=")/, before: /"$/, first: `"'` },
  { sign: /^["']\)\.(?:unwrap_or|or|orElse|getOrElse)\(\s?(?:\|_?\|\s?)?(?=")/, first: `"'` },
  { sign: /^\s{1,3}by lazy\s?\{\s{1,20}(?=")/, first: 'b' },
  // `strcmp(a, "v")`, `define(A, "v")`.
  {
    sign: /^(?:\(\))?\s{0,2},\s{0,4}(?=["'])/,
    before:
      /(?:str\w{0,8}|define|equals|compare|memcpy|put|\bset|assert\w{0,12})\(\s{0,2}(?:Context\.|[\w.]{1,20}->)?$/i,
    first: ',(',
  },
  // `put("a", "v")`, `setProperty("a", "v")`, `get("a", "v")`: what is set, or what counts where nothing is.
  {
    sign: /^["'`]\s{0,3},\s{0,24}(?=["'`])/,
    starts: `"'\``,
    before:
      /(?:put|set(?:property|env|default|item|string)?|\bflags?\.string|option|property|config|putenv|getenv|env|get|fetch|pop|define|addwithvalue|pair|param|bind|append)\((?:["'][\w.-]{1,16}["'],)?\s?@?["'`][@:]?[\w.-]{0,24}$/i,
  },
  // Capistrano's `set :a, 'v'`, Clojure's `:a "v"`.
  { sign: /^,\s{0,4}(?=["'])/, before: /\bset :$/, first: ',' },
  { sign: /^[ \t]{1,8}(?=")/, before: /(?:[{(]|[\s"]\s{0,20}):$/, first: '"' },
  { sign: /^,\s{0,4}(?=["'])/, before: /[\s(]:$/, loose: true, first: ',' },
  // `hidden_field :a, value: "v"`.
  { sign: /^,\s{0,3}value:\s{0,3}(?=["'])/, before: /:$/, first: ',' },
  // An option and its value as two entries of a list: `- "--a"⏎- "v"`.
  { sign: /^["']?\s{0,3}\r?\n[ \t]{0,40}-[ \t]{1,3}(?=["'])/, before: /-[ \t]{1,3}["']?$/, first: `-"'` },
  // `"a", "v"`, `a" value="v"`, `"name": "A", "value": "v"`, `"a": {"value": "v"`.
  { sign: /^["'`]\]?\s{0,4},\s{0,8}["']?value["']?\s{0,3}[:=]\s{0,3}(?=["'`])/i, before: /["'`]$/, first: `"'\`` },
  {
    sign: /^["']\s{0,3}:\s{0,3}\{\s{0,40}(?:"\w{1,20}"\s{0,3}:\s{0,3}"[^"\n]{0,80}"\s{0,3},\s{0,40}){0,2}"(?:default)?value"\s{0,3}:\s{0,3}(?=")/i,
    before: /"$/,
    first: `"'`,
  },
  { sign: /^["']\)?\s{0,3}[=:]?\s{0,3}\{(?=["'`])|^\{(?=["'`])/, first: `{"'` },
  // An option of argparse or click, with others of its properties in front of its default; a column's name in SQL.
  {
    sign: /^["']\s{0,4},\s{0,8}(?:\w{1,12}\s?=\s?[\w.'"]{1,40},\s{0,8}){1,4}default\s{0,2}=\s{0,2}(?=["'])/,
    before: /["']-{0,2}$/,
    first: `"'`,
  },
  { sign: /^"\s(?=')/, before: /[(,]\s?"$/, first: `"'` },
  {
    sign: /^["'`]\]?\s{0,4},\s{0,8}(?:default\s{0,2}=\s{0,2})?(?:["'](?=\\["'])|'(?=")(?!"[,)]))?(?=["'`\\])/,
    before: /["'`.#-]$/,
    loose: true,
    first: `"'\``,
  },
  { sign: /^,\s{0,4}(?:<<)?(?=")/, before: /\{$/, loose: true, first: ',' },
  { sign: /^["']\s{1,4}(?:type="\w{1,12}"\s{1,4})?(?:[\w:]{0,16}value|content|default)\s?=\s?(?=["'])/i, first: `"'` },
  // `<a>v</a>`, `<x name="a">v</x>`, with a value's element or CDATA between, `<key>a</key><string>v`.
  { sign: /^\s{1,4}value\s?=\s?(?=["'])/i, before: /<$/, first: 'vV' },
  {
    sign: /^(?:\s{1,4}[\w:-]{1,20}="[^"\n]{0,60}"){0,2}>\s{0,20}(?:<plaintext>true<\/plaintext>\s{0,20})?(?:<value>\s{0,20})?(?:<!\[CDATA\[)?(?=[^\s<])/i,
    before: /[<:]$/,
    element: true,
  },
  {
    sign: /^["'](?:\s{1,4}[\w:-]{1,32}="[^"\n]{0,40}"){0,2}\s?>\s{0,20}(?:(?:<boolProp[^<]{0,60}<\/boolProp>\s{0,20}){0,2}<(?:value|string|stringProp name="Argument\.value")>\s{0,20})?(?:<!\[CDATA\[)?(?=[^\s<])/i,
    before: /(?:name|key|id|property)\s?=\s?["'][\w.-]{0,40}$/i,
    element: true,
    first: `"'`,
  },
  { sign: /^<\/key>\s{0,40}<(?:string|data)>\s{0,40}(?=[^\s<])/i, element: true, first: '<' },
  {
    sign: /^<\/(?:[\w-]{0,20}name|string(?:prop)?|key)>\s{0,40}(?:<[\w-]{1,24}type>[\w.]{1,40}<\/[\w-]{1,24}>\s{0,40})?<(?:[\w-]{0,20}value|string|stringprop name="argument\.value")>(?=[^\s<])/i,
    before: />$/,
    element: true,
    first: '<',
  },
  // `f("v")`, `a || "v"`, `a ?? "v"`.
  { sign: /^\(\s{0,4}[@b]?(?=["'`])/, call: true, first: '(' },
  { sign: /^["'\])]{0,2}\s{0,3}(?:\|\||\?\?| or )\s{0,3}(?=["'`])/, first: `"'])|?o` },
  // `name: A⏎ value: v`, with other fields between; Terraform's `name = "a"⏎ value = "v"`.
  {
    sign: /^["']?,?[ \t]{0,3}\r?\n(?:[ \t]{1,40}(?!(?:- ?)?["']?(?:name|key)\b)["']?[\w-]{1,24}["']?[ \t]{0,8}[:=][^\n]{0,100}\n){0,3}[ \t-]{1,40}["']?val(?:ue)?["']?[ \t]{0,12}[:=][ \t]{0,4}/i,
    before: /[:=][ \t]{0,4}["']?(?:\/?[\w.-]{1,16}\/){0,3}[\w.-]{0,16}$|["']?\/[\w./-]{1,15}$/,
  },
  // `a for shop: v`, `a has been reset to: v`, `a is generated for shop: v`.
  {
    sign: /^[ \t](?:(?:is|was|has been|have been)[ \t]\w{2,12}[ \t])?(?:(?:for|of)[ \t][\w@.'-]{1,40}(?:[ \t][\w@.'-]{1,30})?|to)[ \t]?:[ \t]{1,3}(?=[^\s"'])/i,
    loose: true,
    first: 'iwhfotIWHFOT',
  },
  // `the a for shop is v`.
  {
    sign: /^[ \t](?:for|of|on|in)[ \t](?:the[ \t])?[\w@.'-]{1,40}(?:[ \t][\w@.'-]{1,30})?[ \t](?:is|was)(?:[ \t]now)?[ \t]?:?[ \t]{1,3}\*{0,2}(?=[^\s*"'])/i,
    loose: true,
    first: 'foiFOI',
  },
  // `a "v"`, `--a v`, `ENV A v`, `a is v`, `| a | v |`: the value has to speak for itself.
  {
    sign: /^\*{0,2}[ \t]{1,8}(?:(?:is|was|are|to|set to|as|\|)(?:[ \t]now)?[: \t]{1,3}|-p ?|--plaintext |ascii-text |0 )?(?:\*\*)?@?(?=["'`])/,
    loose: true,
    first: `*iwats|-0@"'\``,
  },
  {
    sign: /^\*{0,2}[ \t]{1,8}(?:(?:is|was|are|to|set to|as|\|)(?:[ \t](?:now|still))?[: \t]{1,3}|-p ?|--plaintext |0 )?(?=[A-Za-z0-9+/_!#$%^&*@=?-])/,
    loose: true,
  },
];

/** By the first character behind an identifier, times 128, and the first that is not white space: the forms whose signs can begin so. */
const byStart: (readonly Form[] | undefined)[] = new Array(128 * 128);

function formsFor(text: string, at: number): readonly Form[] {
  const here = text.charCodeAt(at);
  let code = here;
  for (let next = at + 1; code === 32 || (code >= 9 && code <= 13); next++) code = text.charCodeAt(next);
  // Beyond ASCII, and at the text's end, all of them.
  if (!(code < 128)) return forms;
  const key = 128 * here + code;
  const known = byStart[key];
  if (known !== undefined) return known;
  const [start, inner] = [String.fromCharCode(here), String.fromCharCode(code)];
  const found = forms.filter(
    ({ starts, first }) => (starts?.includes(start) ?? true) && (first === undefined || first.includes(inner)),
  );
  byStart[key] = found;
  return found;
}

/**
 * Reads what stands between an identifier's end `at` and its value. `before` is the text in front of the identifier.
 * Looks at no more than 260 characters.
 */
export function readSign(text: string, at: number, before: string): Sign | undefined {
  const here = text.slice(at, at + 260);
  const listed = formsFor(text, at);
  for (const form of listed) {
    if (listed === forms && form.starts !== undefined && !form.starts.includes(here[0] as string)) continue;
    if (form.before && !form.before.test(before)) continue;
    const match = form.sign.exec(here);
    if (!match) continue;
    return {
      at: at + match[0].length,
      loose: form.loose ?? false,
      compares: /[!=]=/.test(match[0]),
      call: form.call ?? false,
      element: form.element ?? false,
    };
  }
  // Terraform writes a variable's default some lines below its name.
  const block = before.endsWith('"')
    ? /^"\s{0,4}\{[^{}]{0,160}?\bdefault\s{0,10}=\s{0,4}(?=")/.exec(text.slice(at, at + 220))
    : null;
  return block ? { at: at + block[0].length, loose: false, compares: false, call: false, element: false } : undefined;
}

/**
 * No sign begins at `at`: most names are followed by something else, and this costs a look at a few characters where the
 * forms above cost fifteen searches. `before` is the character in front of the identifier. Says no when in doubt.
 */
export function cannotAssign(text: string, at: number, before: number): boolean {
  switch (text.charCodeAt(at)) {
    case 59: // ;
    case 47: // /
    case 38: // &
    case 35: // #
    case 64: // @
      return true;
    case 125: // }
      return !definesAfterBrace(text, at);
    case 44: // ,
      return before !== 123 && !goesOnAfterComma(text, at, before);
    case 40: // (
      return !opensValue(text, at);
    case 41: // )
      return isDone(text, at);
    case 10:
    case 13:
      return !goesOnBelow(text, at);
    default:
      return at >= text.length;
  }
}

/** What is defined as something, in TeX; what is given to an entry, in Perl. */
function definesAfterBrace(text: string, at: number): boolean {
  const [next, then] = [text.charCodeAt(at + 1), text.charCodeAt(at + 2)];
  return next === 123 || next === 61 || (next === 32 && (then === 32 || then === 61));
}

/** A text or `value:` follows the comma as the next argument or field. Behind an opening brace it stands for a colon. */
function goesOnAfterComma(text: string, at: number, before: number): boolean {
  let next = at + 1;
  while (next < at + 10 && isSpace(text.charCodeAt(next))) next++;
  if ((before === 40 || before === 58 || before === 38 || before === 62) && isQuote(text.charCodeAt(next))) return true;
  if (isQuote(text.charCodeAt(next))) next++;
  return isIn('vV', text.charCodeAt(next)) && isIn('aA', text.charCodeAt(next + 1));
}

/** A text follows, or the name of one that is taken as it is; or what a call is made to answer. */
function opensValue(text: string, at: number): boolean {
  if (text.charCodeAt(at + 1) === 41 && isIn('). :{-=', text.charCodeAt(at + 2))) return true;
  if (text.startsWith('(self)', at)) return true;
  let next = at + 1;
  while (next < at + 5 && isSpace(text.charCodeAt(next))) next++;
  const prefix = text.charCodeAt(next);
  if (prefix === 64 || (prefix === 98 && isQuote(text.charCodeAt(next + 1)))) next++;
  return isQuote(text.charCodeAt(next));
}

/** Behind the bracket and what else closes, the statement ends or another one begins. */
function isDone(text: string, at: number): boolean {
  let next = at + 1;
  while (next < at + 12 && isClosing(text.charCodeAt(next))) next++;
  while (next < at + 48 && isSpace(text.charCodeAt(next))) next++;
  return (
    isIn(';,.}/&#@', text.charCodeAt(next)) &&
    !/^\.(?:perform|(?:then|will|and)\w{0,3}[Rr]eturn)/.test(text.slice(next, next + 16))
  );
}

/** `value:`, a text or a block stands in the line below. */
function goesOnBelow(text: string, at: number): boolean {
  let next = at + 1;
  while (next < at + 56 && (isSpace(text.charCodeAt(next)) || text.charCodeAt(next) === 45)) next++;
  return next >= at + 56 || isIn('vV"\'|?o', text.charCodeAt(next));
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code > 127;
}

function isQuote(code: number): boolean {
  return code === 34 || code === 39 || code === 96;
}

function isClosing(code: number): boolean {
  return isQuote(code) || code === 41 || code === 93 || code === 42 || code === 92;
}

function isIn(signs: string, code: number): boolean {
  for (let at = 0; at < signs.length; at++) if (signs.charCodeAt(at) === code) return true;
  return false;
}

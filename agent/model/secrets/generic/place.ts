import type { Document } from '../../types.ts';

export interface Place {
  /** A programming language: a value without quotes is an expression there, not a literal. */
  code: boolean;
  /** Each line is a name and a value, which goes on to its end. */
  lines: boolean;
  /** `#` begins a comment there, and not a directive of the preprocessor. */
  hash: boolean;
  /** Configuration, shells and data: a value there is what it says, however weak. */
  config: boolean;
  /** Made by a tool: locks, minified code, source maps. Random text is normal there. */
  generated: boolean;
  /** Tests, fixtures, examples and documentation: a secret there is likelier to be invented. */
  test: boolean;
  /** Markdown, whose tables have columns with names. */
  markdown: boolean;
  /** Pages of wikis, mail and notes, which may have tables of other forms. */
  wiki: boolean;
  /** Texts of a user interface: "password" is a label there. */
  texts: boolean;
  /** Its values were encrypted so that they may be committed. */
  sealed: boolean;
}

const codeExtensions = new Set(
  `js mjs cjs jsx ts mts cts tsx vue svelte astro py pyi rb php inc java kt kts scala groovy go rs c cc cpp cxx h hpp hh m mm cs fs
  vb swift dart lua pl pm r jl ex exs erl hs clj cljs elm ml zig nim sol coffee jsp asp aspx cshtml erb ejs cfm`.split(
    /\s+/,
  ),
);

const configuration =
  /^[._]|^[^.]{1,40}$|\.(?:env|ini|cfg|conf|cnf|config|properties|ya?ml|toml|json|xml|tf|tfvars|tfstate|hcl|sh|bash|zsh|fish|bat|cmd|ps1|sql|txt|plist|reg|service|cue|nix|bicep|pp|ovpn|secrets|credentials|nmconnection|envrc|gradle|csv|tsv|jmx|reg|rdp|mobileconfig|gitconfig|jsonc|json5|jsonl|ndjson|pubxml|htaccess|odc|dsn|log|http|rest|bru)(?:\.\w{1,12})?$/;

/** What the path says about a file's content. */
export function placeOf(document: Document): Place {
  const path = document.path.toLowerCase();
  const name = path.slice(path.lastIndexOf('/') + 1);
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const code =
    codeExtensions.has(extension) ||
    /^#![^\n]{0,60}(?:node|python|ruby|perl|php|deno|bun)/.test(document.text.slice(0, 80));
  const test =
    /(?:^|\/|_|-|\.)(?:tests?|__tests__|__mocks__|mocks?|specs?|fixtures?|testdata|test-data|examples?|samples?|demos?|docs?|e2e|stubs?|templates?)(?:\/|_|-|\.|$)/.test(
      path,
    ) || /\.(?:md|mdx|rst|adoc|html?|dist)$/.test(name);
  const texts =
    /(?:^|[/_-])(?:locales?|i18n|lang|langs|languages|translations?|messages|l10n|nls)(?:\/|\.|_|-)|\.(?:po|pot|xlf|xliff|resx|strings|arb|ftl|css|scss|less)$|(?:^|\.)nls\b/.test(
      path,
    );
  return {
    // There `passwd` is what the name service looks users up in (nsswitch.conf(5)).
    config: !code && !test && !texts && configuration.test(name) && name !== 'nsswitch.conf',
    sealed: /^ya?ml$/.test(extension) && document.text.includes('kind: SealedSecret'),
    code,
    lines: /\.(?:properties|ini|conf|cfg)$/.test(name),
    hash: !/^(?:c|cc|cpp|cxx|h|hpp|hh|m|mm|cs|fs|swift|go|java|kt|rs|js|ts)$/.test(extension),
    generated:
      document.encoding === 'binary' ||
      /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock|composer\.lock|gemfile\.lock|poetry\.lock|uv\.lock|cargo\.lock|go\.sum|flake\.lock|pipfile\.lock|packages\.lock\.json|\.terraform\.lock\.hcl)$/.test(
        name,
      ) ||
      /\.(?:map|lock|svg|snap|wasm|ipynb_checkpoints)$|[.-]min\.(?:js|css|mjs)$|\.bundle\.js$/.test(name),
    test,
    texts,
    wiki: /\.(?:txt|text|wiki|mediawiki|jira|textile|eml|org)$/.test(name),
    markdown: /\.(?:md|mdx|markdown)$/.test(name),
  };
}

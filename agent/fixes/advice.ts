/** What a person does where no edit is right: the file's own way to get a value from outside, by its name. */
const ways: readonly [files: RegExp, way: string][] = [
  [
    /(?:^|\/)\.env(?:\.(?!example|sample|template|dist)[\w-]+)*$/,
    'A file of values belongs on machines, not in git: git rm --cached it, name it in .gitignore, and keep its names in .env.example.',
  ],
  [
    /(?:^|\/)(?:Dockerfile|Containerfile)[^/]*$/,
    'Mount it where a command needs it: RUN --mount=type=secret,id=NAME,env=NAME.',
  ],
  [/(?:^|\/)Jenkinsfile[^/]*$/, 'Bind it with withCredentials, or with credentials(…) in environment.'],
  [
    /(?:^|\/)values[^/]*\.ya?ml$/,
    'Leave it empty, and give it with an existing Secret of the cluster, --set-file or helm-secrets.',
  ],
  [
    /(?:^|\/)(?:web|app)\.config$/i,
    'Put it into a file outside of git with <appSettings file="…">, or use configBuilders.',
  ],
  [
    /(?:^|\/)(?:pip\.conf|pip\.ini)$/,
    'pip fills nothing in here: set PIP_INDEX_URL, or keep the password in a keyring.',
  ],
  [
    /\.ya?ml$/,
    'Of Kubernetes: keep it as a SealedSecret, an ExternalSecret or encrypted by SOPS. Else read it where the file is used.',
  ],
  [/\.jsonc?$/, 'JSON has no references: leave it out, and let the program read it from its environment.'],
  [/\.sql$/, 'Give it as a variable of the client (psql -v, sqlcmd -v), or set it outside of the script.'],
  [
    /\.tf(?:\.json)?$/,
    'A back end reads no variables: give it with -backend-config or the variable of the environment that it knows.',
  ],
  [
    /\.(?:rs|cs|kts?|php|dart|cpp|c|h|go|java|ts|hs|exs?)$/,
    'A constant cannot be read from outside: make it a value that is read when the program starts.',
  ],
];

/** One sentence for a file in which a secret was found and no fix is offered; undefined where nothing is known of its kind. */
export function wayOut(path: string): string | undefined {
  return ways.find(([files]) => files.test(path))?.[1];
}

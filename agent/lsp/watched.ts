/** Files whose change means that something has to be looked at again. VS Code's patterns, relative to each folder. */
export const watchers: { globPattern: string }[] = [
  '**/.git/{HEAD,index,packed-refs,config,ORIG_HEAD,FETCH_HEAD}',
  '**/.git/refs/**',
  '**/.git/hooks/*',
  '**/{.husky,.githooks}/*',
  '**/{lefthook,.lefthook,lefthook-local,.lefthook-local}.{yml,yaml}',
  '**/pregate.{yaml,yml}',
  '**/.pregate/**',
  '**/{package.json,package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml,bun.lock,.npmrc}',
  '**/requirements*.{txt,in}',
].map((globPattern) => ({ globPattern }));

/**
 * `repository`: a ref, the index or git's configuration. `companion`: what the judgement of another file rests on, such as
 * a lockfile or the policy.
 */
export function kindOfChange(uri: string): 'repository' | 'companion' {
  return /\/\.git\//.test(uri) ? 'repository' : 'companion';
}

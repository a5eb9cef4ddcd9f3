/** Gate inputs that reach every rule of the built-in gates; the same seed gives the same input. */
export function randomInput(seed: number): Record<string, unknown> {
  const random = generator(seed);
  const pick = <T>(...list: T[]): T => list[Math.floor(random() * list.length)] as T;
  const some = <T>(most: number, make: (index: number) => T): T[] =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, (_, index) => make(index));
  const paths = ['.github/workflows/ci.yml', 'deploy/production/app.yaml', 'src/a.ts', 'COMMIT_EDITMSG', 'commit:abc'];
  return {
    schema: 'gate.input/v1',
    stage: pick('pre-commit', 'pre-push', 'ci'),
    time: { now: '2026-11-23T12:00:00.000Z', now_ns: '1795435200000000000' },
    repo: { base: pick('aaaa', null) },
    push: pick(null, {
      remote: 'origin',
      refs: some(3, () => ({
        dst: pick('refs/heads/main', 'refs/tags/v1', 'refs/heads/größe "x"'),
        kind: pick('branch', 'tag'),
        old: pick(null, 'aaaa'),
        new: pick(null, 'bbbb', 'aaaa'),
        create: pick(true, false),
        delete: pick(true, false),
        force: pick(true, false, null),
        protected: pick(true, false),
      })),
    }),
    commits: some(4, (index) => ({
      sha: `${index}`.repeat(40),
      subject: pick('Add', 'Ünïcode ✓ %d', 'a "quoted" one\ttab', ''),
      signature: { present: true, status: pick('good', 'none', 'bad', 'untrusted', 'no-key') },
    })),
    signing: {
      required: pick(true, false),
      configured: pick(true, false),
      will_sign: pick(true, false, null),
      problem: pick(null, 'no key is set'),
    },
    findings: some(6, (index) => ({
      rule: pick(
        'github-token',
        'private-key',
        'conflict-markers',
        'lock-out-of-sync',
        'template-injection',
        'untrusted-checkout',
        'unpinned-uses',
        'use-trusted-publishing',
        'npm-install-script',
      ),
      class: pick('secret', 'dependency', 'pipeline', 'repository'),
      severity: pick('critical', 'high', 'medium', 'low', 'info'),
      confidence: pick('high', 'medium', 'low'),
      message: pick('one', 'two', 'zwölf “drei”'),
      path: pick(...paths),
      introduced: pick(true, false, null),
      fingerprint: `f${index}`,
      suppressed: pick(null, null, {
        by: 'comment',
        reason: 'r',
        expires: pick(null, '2026-11-22', '2026-11-23', '2027-01-01T00:00:00Z'),
        introduced: pick(true, false),
      }),
    })),
    weakened: some(2, () => ({ setting: 's', msg: pick('turns it down', 'excludes src'), path: 'pregate.yaml' })),
    pipelines: some(2, () => ({
      path: pick(...paths),
      privileged: pick(true, false),
      unresolved_includes: some(2, (index) => `acme/ci@v${index}`),
    })),
    publish: some(3, () => ({
      what: pick('An image (docker push)', 'A crate (cargo publish)'),
      tags: some(3, () => ({ ref: pick('a:latest', 'a:1.2.3', 'a:$X'), mutable: pick(true, false, null) })),
      provenance: pick(true, false),
      sbom: pick(true, false),
      resolved: pick(true, true, false),
    })),
    manifests: some(2, (index) => ({
      name: `Secret s${index}`,
      from: { path: pick(...paths) },
      plain_secrets: some(2, (at) => ({ path: `data.k${at}`, index: at })),
    })),
    unread_manifests: some(1, () => ({ path: 'a.yaml', reason: 'it is a template' })),
    images: some(3, (index) => ({
      ref: `app:${index}`,
      digest: pick(null, 'sha256:aa'),
      production: pick(true, false),
      resolved: pick(true, true, false),
      signatures: pick<unknown>('unknown', []),
    })),
  };
}

/** Pointers of the leaves of a random input that `gateInput` would list as unknown. */
export function unknownIn(input: ReturnType<typeof randomInput>): string[] {
  const unknown = ['/checks', '/reviews/state'];
  const visit = (value: unknown, path: string): void => {
    if (value === null && /\/(force|mutable)$/.test(path)) unknown.push(path);
    if (value === 'unknown' && path.endsWith('/signatures')) unknown.push(path);
    if (/\/(unread_manifests|unresolved_includes)\/\d+$/.test(path)) unknown.push(path);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) visit(part, `${path}/${key}`);
  };
  visit(input, '');
  return unknown;
}

/** mulberry32: small, and good enough to reach every branch. */
function generator(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

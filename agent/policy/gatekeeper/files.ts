/**
 * True for YAML that holds templates or constraints of Gatekeeper, or admission policies of Kubernetes itself; everything
 * else in a folder is no policy.
 */
export function isGatekeeperFile({ path, bytes }: { path: string; bytes: Uint8Array }): boolean {
  if (!/\.ya?ml$/i.test(path)) return false;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return (
    /^\s*(?:-\s+)?apiVersion:\s*["']?(?:templates|constraints)\.gatekeeper\.sh\//m.test(text) ||
    /^\s*(?:-\s+)?kind:\s*["']?ValidatingAdmissionPolicy\b/m.test(text)
  );
}

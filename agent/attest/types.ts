/** An in-toto Statement (in-toto Attestation Framework, Statement v1). */
export interface Statement {
  _type: typeof statementType;
  subject: ResourceDescriptor[];
  predicateType: string;
  predicate: Record<string, unknown>;
}

/** in-toto ResourceDescriptor v1, as far as it is used here. */
export interface ResourceDescriptor {
  name?: string;
  uri?: string;
  digest: Record<string, string>;
}

/** A DSSE envelope (secure-systems-lab, DSSE 1.0). */
export interface Envelope {
  payloadType: string;
  /** Base64 of the statement's bytes. */
  payload: string;
  signatures: { keyid: string; sig: string }[];
  /** The Sigstore bundle around it, where that holds what verifying needs: a certificate and its place in a log. */
  bundle?: Record<string, unknown>;
}

export const statementType = 'https://in-toto.io/Statement/v1';
export const payloadType = 'application/vnd.in-toto+json';

/** Predicates that are made here. The last is ours; the others are the framework's own. */
export const predicates = {
  /** Simple Verification Result: lists only what passed, so that leaving one out can only lower trust. */
  svr: 'https://in-toto.io/attestation/svr/v0.2',
  test: 'https://in-toto.io/attestation/test-result/v0.1',
  sbom: 'https://cyclonedx.org/bom',
  /** Issued by CI only, after it has recomputed everything (SLSA, Verification Summary v1). */
  vsa: 'https://slsa.dev/verification_summary/v1',
  decision: 'https://pregate.dev/attestation/policy-decision/v1',
} as const;

/** Namespace of our SSHSIG signatures: never git's, so that no statement can be passed off as a commit. */
export const namespace = 'attest@pregate';

/** Where the envelopes of a commit lie: one JSON line for each, as in-toto bundles are. */
export const notesRef = 'refs/notes/pregate/attestations';

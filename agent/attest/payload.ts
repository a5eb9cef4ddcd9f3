import { strictBase64 } from '../sign/wire.ts';
import { type Envelope, payloadType, type Statement, statementType } from './types.ts';

/** What an envelope says, whoever signed it: to be shown and searched, never to be trusted. */
export interface Payload {
  /** The bytes that were signed. */
  bytes: Buffer;
  statement: Statement;
  /** Signed note of the audit log, when the statement carries one. */
  checkpoint?: string;
  /** Earlier checkpoints that the log proves to contain. */
  consistency: { from: string; proof: string[] }[];
}

/** Decodes and parses the payload, the one place that does; undefined when it is no in-toto statement. */
export function openPayload(envelope: Envelope): Payload | undefined {
  const bytes = envelope.payloadType === payloadType ? strictBase64(envelope.payload) : undefined;
  const statement = bytes && parseStatement(bytes);
  if (!bytes || !statement) return undefined;
  const log = (statement.predicate['auditLog'] ?? {}) as { note?: unknown; consistency?: unknown; earlier?: unknown };
  const proofs = [log.consistency, ...(Array.isArray(log.earlier) ? log.earlier : [])];
  return {
    bytes,
    statement,
    ...(typeof log.note === 'string' ? { checkpoint: log.note } : {}),
    consistency: proofs.filter(isProof),
  };
}

function isProof(value: unknown): value is Payload['consistency'][number] {
  const { from, proof } = (value ?? {}) as { from?: unknown; proof?: unknown };
  return typeof from === 'string' && Array.isArray(proof);
}

function parseStatement(payload: Buffer): Statement | undefined {
  try {
    const value = JSON.parse(payload.toString('utf8')) as Partial<Statement> | null;
    const whole =
      value?._type === statementType &&
      typeof value.predicateType === 'string' &&
      typeof value.predicate === 'object' &&
      value.predicate !== null &&
      Array.isArray(value.subject) &&
      value.subject.every((one) => typeof one?.digest === 'object' && one.digest !== null);
    return whole ? (value as Statement) : undefined;
  } catch {
    return undefined;
  }
}

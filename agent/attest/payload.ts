import type { Envelope, Statement } from './types.ts';

/** What an envelope says, whoever signed it: to be shown and searched, never to be trusted. */
export interface Payload {
  statement: Statement;
  /** Signed note of the audit log, when the statement carries one. */
  checkpoint?: string;
  consistency?: { from: string; proof: string[] };
}

/** Reads the payload; undefined when it is no statement. */
export function openPayload(envelope: Envelope): Payload | undefined {
  try {
    const statement = JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8')) as Statement;
    const log = (statement.predicate?.['auditLog'] ?? {}) as { note?: unknown; consistency?: Payload['consistency'] };
    const proof = log.consistency?.proof;
    const whole = typeof log.consistency?.from === 'string' && Array.isArray(proof);
    return {
      statement,
      ...(typeof log.note === 'string' ? { checkpoint: log.note } : {}),
      ...(whole && log.consistency ? { consistency: log.consistency } : {}),
    };
  } catch {
    return undefined;
  }
}

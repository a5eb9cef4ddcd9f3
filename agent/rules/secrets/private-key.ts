import { draftsOf } from '../../model/secrets/drafts.ts';
import { defineRule } from '../rule.ts';

const names = new Set(['private-key']);

export default defineRule({
  meta: {
    id: 'private-key',
    title: 'Private key',
    category: 'secret',
    severity: 'critical',
    confidence: 'high',
    why: 'The key’s owner can no longer be told from anyone who has read this file. A passphrase only delays that.',
    fix: 'Make a new pair, put its public half where the old one stood, revoke the old one; keep keys in an agent, a key store or the pipeline’s secrets.',
    sources: [
      'https://www.rfc-editor.org/rfc/rfc7468',
      'https://www.rfc-editor.org/rfc/rfc5958',
      'https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key',
      'https://www.rfc-editor.org/rfc/rfc7517',
    ],
  },
  reads: 'text',
  check: (document, context) => draftsOf(document, names, context),
});

import { draftsOf } from '../../model/secrets/drafts.ts';
import { defineRule } from '../rule.ts';

const names = new Set(['authorization-header']);

export default defineRule({
  meta: {
    id: 'authorization-header',
    title: 'Credential in an Authorization header',
    category: 'secret',
    severity: 'high',
    confidence: 'medium',
    why: 'Basic is the password itself in base64; a bearer token is good for whoever sends it.',
    fix: 'Revoke it, and read the header from the environment.',
    sources: ['https://www.rfc-editor.org/rfc/rfc7617', 'https://www.rfc-editor.org/rfc/rfc6750'],
  },
  reads: 'text',
  check: (document, context) => draftsOf(document, names, context),
});

import { draftsOf } from '../../model/secrets/drafts.ts';
import { defineRule } from '../rule.ts';

const names = new Set(['jwt']);

export default defineRule({
  meta: {
    id: 'jwt',
    title: 'Signed JSON Web Token',
    category: 'secret',
    severity: 'medium',
    confidence: 'medium',
    why: 'Until it expires, whoever holds it is its subject. What it says can be read by anyone.',
    fix: 'End the session or rotate the signing key, and let tests sign tokens of their own.',
    sources: ['https://www.rfc-editor.org/rfc/rfc7519'],
  },
  reads: 'text',
  check: (document, context) => draftsOf(document, names, context),
});

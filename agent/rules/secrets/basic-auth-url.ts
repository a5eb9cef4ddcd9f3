import { draftsOf } from '../../model/secrets/drafts.ts';
import { defineRule } from '../rule.ts';

const names = new Set(['basic-auth-url']);

export default defineRule({
  meta: {
    id: 'basic-auth-url',
    title: 'Password or token in a URL',
    category: 'secret',
    severity: 'high',
    confidence: 'medium',
    why: 'It is stored with the address, and sent to logs, histories and referrers wherever the address goes.',
    fix: 'Revoke it, and give the credential by a header, a credential helper or the environment.',
    sources: ['https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1', 'https://git-scm.com/docs/gitcredentials'],
  },
  reads: 'text',
  check: (document, context) => draftsOf(document, names, context),
});

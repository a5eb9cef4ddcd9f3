import { draftsOf } from '../../model/secrets/drafts.ts';
import { defineRule } from '../rule.ts';

const names = new Set(['connection-string']);

export default defineRule({
  meta: {
    id: 'connection-string',
    title: 'Password in a connection string',
    category: 'secret',
    severity: 'high',
    confidence: 'medium',
    why: 'The address, the user and the password stand together: nothing else is needed to reach the data.',
    fix: 'Change the password, and read the string from the environment or a secret store.',
    sources: [
      'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1',
      'https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING',
    ],
  },
  reads: 'text',
  check: (document, context) => draftsOf(document, names, context),
});

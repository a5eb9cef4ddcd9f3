import { draftsOf } from '../../model/secrets/drafts.ts';
import { defineRule } from '../rule.ts';

const names = new Set(['key-store']);

export default defineRule({
  meta: {
    id: 'key-store',
    title: 'Key store or password database',
    category: 'secret',
    severity: 'high',
    confidence: 'high',
    why: 'Its passphrase is all that protects the keys, it can be guessed offline and for ever, and many have the default one.',
    fix: 'Remove it, replace the keys it holds, and hand it to the build as a secret file.',
    sources: [
      'https://www.rfc-editor.org/rfc/rfc7292',
      'https://docs.oracle.com/en/java/javase/21/docs/specs/man/keytool.html',
    ],
  },
  reads: 'text',
  check: (document, context) => draftsOf(document, names, context),
});

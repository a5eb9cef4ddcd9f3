import { draftsOf } from '../../model/secrets/drafts.ts';
import { defineRule } from '../rule.ts';

const names = new Set(['generic-secret']);

export default defineRule({
  meta: {
    id: 'generic-secret',
    title: 'Key or token in plain text',
    category: 'secret',
    severity: 'high',
    confidence: 'medium',
    why: 'A random value under a name that says secret, key or token. History keeps it after the line is changed.',
    fix: 'Make a new one where this one was made, and read it from the environment or a secret store.',
    sources: [
      'https://cwe.mitre.org/data/definitions/798.html',
      'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
    ],
  },
  reads: 'text',
  check: (document, context) => draftsOf(document, names, context),
});

import { draftsOf } from '../../model/secrets/drafts.ts';
import { defineRule } from '../rule.ts';

const names = new Set(['generic-password']);

export default defineRule({
  meta: {
    id: 'generic-password',
    title: 'Password in plain text',
    category: 'secret',
    severity: 'high',
    confidence: 'medium',
    why: 'Most leaks are plain passwords in configuration. History keeps them after the line is changed.',
    fix: 'Change the password, and read it from the environment or a secret store.',
    sources: [
      'https://cwe.mitre.org/data/definitions/798.html',
      'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
    ],
  },
  reads: 'text',
  check: (document, context) => draftsOf(document, names, context),
});

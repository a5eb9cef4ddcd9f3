import { draftsOf } from '../../model/secrets/drafts.ts';
import { defineRule } from '../rule.ts';

const names = new Set(['kubernetes-secret']);

export default defineRule({
  meta: {
    id: 'kubernetes-secret',
    title: 'Value of a Kubernetes Secret in the repository',
    category: 'secret',
    severity: 'high',
    confidence: 'medium',
    why: 'base64 is an encoding and no protection: who reads the manifest has the value.',
    fix: 'Commit a sealed, encrypted or external secret (SOPS, Sealed Secrets, External Secrets) instead, and rotate what stood here.',
    sources: [
      'https://kubernetes.io/docs/concepts/configuration/secret/',
      'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
    ],
  },
  reads: 'text',
  check: (document, context) => draftsOf(document, names, context),
});

import { draftsOf } from '../../model/secrets/drafts.ts';
import { defineRule } from '../rule.ts';

const names = new Set(['kubernetes-token']);

export default defineRule({
  meta: {
    id: 'kubernetes-token',
    title: 'Kubernetes service account token',
    category: 'secret',
    severity: 'critical',
    confidence: 'high',
    why: 'It is the identity of a workload at the cluster’s interface, and tokens of this old kind do not expire.',
    fix: 'Delete the token’s Secret and bind short-lived tokens (TokenRequest) instead.',
    sources: ['https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/'],
  },
  reads: 'text',
  check: (document, context) => draftsOf(document, names, context),
});

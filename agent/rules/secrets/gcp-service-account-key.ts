import { draftsOf } from '../../model/secrets/drafts.ts';
import { defineRule } from '../rule.ts';

const names = new Set(['gcp-service-account-key']);

export default defineRule({
  meta: {
    id: 'gcp-service-account-key',
    title: 'Google Cloud service account key',
    category: 'secret',
    severity: 'critical',
    confidence: 'high',
    why: 'The file is all that is needed to act as the service account, from anywhere, until it is deleted.',
    fix: 'console.cloud.google.com/iam-admin/serviceaccounts: delete the key, look through the audit log, and use workload identity instead of keys.',
    sources: ['https://cloud.google.com/iam/docs/keys-create-delete'],
  },
  reads: 'text',
  check: (document, context) => draftsOf(document, names, context),
});

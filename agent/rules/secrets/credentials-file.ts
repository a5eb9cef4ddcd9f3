import { draftsOf } from '../../model/secrets/drafts.ts';
import { defineRule } from '../rule.ts';

const names = new Set(['credentials-file']);

export default defineRule({
  meta: {
    id: 'credentials-file',
    title: 'Password or token in a credentials file',
    category: 'secret',
    severity: 'high',
    confidence: 'high',
    why: 'The file exists to hold a login, and it is about to become part of the repository.',
    fix: 'Change the login, remove the file from the index and name it in .gitignore.',
    sources: [
      'https://docs.npmjs.com/cli/v11/configuring-npm/npmrc',
      'https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html',
      'https://www.postgresql.org/docs/current/libpq-pgpass.html',
      'https://docs.docker.com/reference/cli/docker/login/',
    ],
  },
  reads: 'text',
  check: (document, context) => draftsOf(document, names, context),
});

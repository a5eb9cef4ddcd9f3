/** Points of reading, the daemon and what is remembered with both gits; see `test/hooks/newer-git.test.ts`. */
import { againWithNewerGit } from '../hooks/newer-git.ts';

againWithNewerGit((file) => !/^test\/(hooks|product)\//.test(file));

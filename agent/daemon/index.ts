/** What the hook bundle loads of this room, as one part of it (`scripts/hook-bundle.ts`). */
export { startDaemon } from './process.ts';
export { startServer } from './server.ts';
export { serve } from './worker.ts';

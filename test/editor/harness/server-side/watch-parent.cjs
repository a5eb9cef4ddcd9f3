// Loaded before the server: ends it and its process group when the test that started it was killed without a chance to
// clean up. The extension host inherits this file and then ends with its server.
'use strict';

const parent = process.ppid;

setInterval(() => {
  if (process.ppid === parent) {
    return;
  }
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    process.exit(1);
  }
}, 500).unref();

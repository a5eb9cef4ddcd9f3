// Replaces the server's native watchdog, which npm ships as C++ source only: the extension host ends with its server.
'use strict';

exports.start = (pid) => {
  setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(87);
    }
  }, 1000).unref();
};

exports.exit = (code) => process.exit(code ?? 0);

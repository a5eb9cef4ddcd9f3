// Replaces the server's native log writer, which npm ships as C++ source only. Without it every log file, and with them
// the output channels an extension or Git writes ("Open Git Log"), would be empty.
'use strict';
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

class Logger {
  /** @param {string} _type @param {string} _name @param {string} path */
  constructor(_type, _name, path) {
    this.path = path;
    this.level = 2;
    this.raw = false;
  }

  write(level, message) {
    if (level < this.level) {
      return;
    }
    const time = new Date().toISOString().slice(0, -1).replace('T', ' ');
    try {
      appendFileSync(this.path, this.raw ? message : `${time} [${LEVELS[level]}] ${message}\n`);
    } catch {
      // The run is over and its folder is gone.
    }
  }

  trace(message) {
    this.write(0, message);
  }
  debug(message) {
    this.write(1, message);
  }
  info(message) {
    this.write(2, message);
  }
  warn(message) {
    this.write(3, message);
  }
  error(message) {
    this.write(4, message);
  }
  critical(message) {
    this.write(5, message);
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  /** The server knows one pattern only: the one `write` follows. */
  setPattern() {
    this.raw = false;
  }
  /** Output channels bring their own line ends. */
  clearFormatters() {
    this.raw = true;
  }
  flush() {}
  drop() {}
}

async function createAsyncRotatingLogger(name, path) {
  mkdirSync(dirname(path), { recursive: true });
  return new Logger('rotating_async', name, path);
}

// One assignment for each name: the server imports them from an ES module, and Node finds only such names.
exports.version = 1;
exports.Logger = Logger;
exports.createAsyncRotatingLogger = createAsyncRotatingLogger;
exports.createRotatingLogger = createAsyncRotatingLogger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};

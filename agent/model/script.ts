export type { Effective } from './script/effective.ts';
export { effective } from './script/effective.ts';
export { scriptsOf } from './script/read.ts';
export * from './script/types.ts';

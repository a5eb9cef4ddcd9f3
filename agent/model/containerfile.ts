export { parseImage } from './containerfile/image.ts';
export { containerfileOf } from './containerfile/read.ts';
export * from './containerfile/types.ts';

import { SignatureError } from '../policy/bundle/signature.ts';
import { BundleError, limits } from './limits.ts';

/** Why a bundle could not be read, as the end of a sentence. */
export function reasonOf(error: unknown): string {
  if (error instanceof BundleError || error instanceof SignatureError) return error.message;
  const { code, problem } = error as NodeJS.ErrnoException & { problem?: { message: string } };
  if (problem) return problem.message;
  if (code === 'ENOENT') return 'there is no such file or folder';
  if (code === 'ERR_BUFFER_TOO_LARGE') return `unpacked it is larger than ${limits.totalBytes / 1e6} MB`;
  if (code?.startsWith('Z_')) return 'its compression is damaged';
  return code ?? 'an unknown error';
}

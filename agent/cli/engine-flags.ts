import type { EngineChoice } from '../gate/check.ts';
import { type Args, type Option, text, UsageError } from './command.ts';

/** Flags of every command that judges: by which policy, which engine answers, and what it is compared with. */
export const engineOptions: Record<string, Option> = {
  bundle: { type: 'string', value: 'DIR|TAR.GZ', help: 'judge by this policy instead of the configured one' },
  engine: { type: 'string', value: 'ENGINE', help: 'opa-server: ask the OPA server of your own configuration' },
  'verify-with': {
    type: 'string',
    value: 'PROGRAM',
    help: 'opa: ask the opa on the PATH as well; a difference closes',
  },
};

/** The choice the flags name. What it needs is loaded only when they name one. */
export function engineOf(args: Args): { engine?: EngineChoice } {
  const named = text(args, 'engine');
  const verifyWith = text(args, 'verify-with');
  if (named !== undefined && named !== 'opa-server')
    throw new UsageError(`--engine knows opa-server, not ${JSON.stringify(named)}`);
  if (verifyWith !== undefined && verifyWith !== 'opa') {
    throw new UsageError(`--verify-with knows opa, not ${JSON.stringify(verifyWith)}`);
  }
  if (named !== undefined && verifyWith !== undefined)
    throw new UsageError('--engine and --verify-with exclude each other');
  if (named === undefined && verifyWith === undefined) return {};
  return {
    engine: async (policy, context) => {
      const { askServer, checkWithProgram } = await import('../engines/choose.ts');
      return named === undefined ? checkWithProgram(policy, context) : askServer(policy, context);
    },
  };
}

import type { Provider } from '../types.ts';
import { ai } from './ai.ts';
import { azure } from './azure.ts';
import { cloud } from './cloud.ts';
import { hosting } from './hosting.ts';
import { messaging } from './messaging.ts';
import { operations } from './operations.ts';
import { packages } from './packages.ts';
import { payments } from './payments.ts';
import { services } from './services.ts';

/** Every row. Rows that share an id are kinds of one credential. */
export const providers: readonly Provider[] = [
  ...hosting,
  ...packages,
  ...cloud,
  ...azure,
  ...ai,
  ...messaging,
  ...payments,
  ...operations,
  ...services,
];

import { addresses } from './addresses.ts';
import { ai } from './ai.ts';
import { analytics } from './analytics.ts';
import { azure } from './azure.ts';
import { build } from './build.ts';
import { chat } from './chat.ts';
import { clouds } from './clouds.ts';
import { commerce } from './commerce.ts';
import { crypto } from './crypto.ts';
import { data } from './data.ts';
import { growth } from './growth.ts';
import { hosted } from './hosted.ts';
import { offices } from './offices.ts';
import { people } from './people.ts';
import { places } from './places.ts';
import { press } from './press.ts';
import { tools } from './tools.ts';
import { watching } from './watching.ts';

/** The compact tables, by what the services are for. */
export const tables = [
  addresses,
  ai,
  analytics,
  azure,
  build,
  chat,
  clouds,
  commerce,
  crypto,
  data,
  growth,
  hosted,
  offices,
  people,
  places,
  press,
  tools,
  watching,
] as const;

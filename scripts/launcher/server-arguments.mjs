// @ts-check
import { projectPath } from './project.mjs';

/**
 * MB of one half of V8's young generation from the start on. A wait at Consul lives 25 s; in the few MB with which V8 begins, a thousand
 * of them would grow old by that, and take a collection of the whole heap to go.
 */
const YOUNG_GENERATION_MB = 16;

/**
 * By how much the heap grows, in percent of what a collection leaves of it, before the next one, until the fleet was read once: it grows from nothing then, and with
 * less each few MB of it would be marked anew, a quarter of all that a start costs. `server/keep-heap-small.ts` sets what holds afterwards.
 */
const FIRST_HEAP_GROWTH_PERCENT = 100;

/**
 * Where little is allocated, V8 marks the whole heap up to three times in a row to give memory back. That was a fifth of what a process at rest cost, most of it on V8's own threads; what it gave back was
 * 45 MB of 320.
 */
const NO_IDLE_COLLECTIONS = '--no-memory-reducer';

/**
 * What Node is called with to run the production server. Without `--enable-source-maps`, by which Node keeps the maps of all of Next too, 15 MB: the bundle is
 * legible, and who wants its sources in a stack trace sets `NODE_OPTIONS=--enable-source-maps`.
 */
export const serverArguments = [
  `--min-semi-space-size=${YOUNG_GENERATION_MB}`,
  `--heap-growing-percent=${FIRST_HEAP_GROWTH_PERCENT}`,
  NO_IDLE_COLLECTIONS,
  projectPath('dist/server.mjs'),
];

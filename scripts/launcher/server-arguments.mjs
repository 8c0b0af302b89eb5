// @ts-check
import { projectPath } from './project.mjs';

/**
 * MB of one half of V8's young generation from the start on. A wait at Consul lives 25 s; in the few MB with which V8 begins, a thousand
 * of them would grow old by that, and take a collection of the whole heap to go.
 */
const YOUNG_GENERATION_MB = 16;

/** What Node is called with to run the production server. */
export const serverArguments = [
  '--enable-source-maps',
  `--min-semi-space-size=${YOUNG_GENERATION_MB}`,
  projectPath('dist/server.mjs'),
];

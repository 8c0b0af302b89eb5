import { config } from 'zod/v4/core';

/** zod compiles its schemas by `eval` where it may. The content policy forbids that, and each page would report that it was tried. */
config({ jitless: true });

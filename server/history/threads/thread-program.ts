import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { WorkerOptions } from 'node:worker_threads';

export interface ThreadProgram {
  readonly program: URL | string;
  readonly options: WorkerOptions;
}

let bundled: ThreadProgram | null = null;

/**
 * The program of a thread. A build has it beside the server; a source is bundled first, once a process, since a thread can load no TypeScript by itself, and with a
 * loader of its own takes a second of a processor to begin.
 */
export function threadProgram(): ThreadProgram {
  if (!import.meta.url.endsWith('.ts'))
    return { program: new URL('./history-thread.mjs', import.meta.url), options: {} };
  bundled ??= bundle();
  return bundled;
}

function bundle(): ThreadProgram {
  const here = fileURLToPath(import.meta.url);
  const { buildSync } = createRequire(here)('esbuild') as typeof import('esbuild');
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL('./thread.ts', import.meta.url))],
    ...{ bundle: true, write: false, format: 'cjs', platform: 'node', target: 'node20', logLevel: 'silent' },
    // What is native, or asks for what is, stays where it is.
    external: ['better-sqlite3', 'pg'],
  });
  // Packages are found from here, wherever the process was started.
  const program = `((require) => {${outputFiles[0]?.text}\n})(require('node:module').createRequire(${JSON.stringify(here)}))`;
  return { program, options: { eval: true, execArgv: [] } };
}

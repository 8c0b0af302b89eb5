import { readSettings } from './config/settings';
import { SettingsError } from './config/settings-error';
import { RecordError } from './history/record-store';
import { startLictor } from './lictor';

/** A status that tells an operator (and a unit file) to look at the settings rather than to try again. */
const EXIT_UNUSABLE = 2;

/**
 * Lictor as a process: by the environment's settings until SIGTERM or SIGINT (status 0). What cannot be used is one line on standard error (status
 * 2). `pagesDir` is where the pages' build lies; null: the API alone.
 */
export async function runProcess(pagesDir: string | null): Promise<void> {
  try {
    const lictor = await startLictor(readSettings(process.env), pagesDir);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        lictor.close().then(
          () => process.exit(0),
          (error) => fail(error, 1),
        );
      });
    }
  } catch (error) {
    fail(error, isUnusable(error) ? EXIT_UNUSABLE : 1);
  }
}

function isUnusable(error: unknown): boolean {
  if (error instanceof RecordError) return error.code === 'newer-version';
  return error instanceof SettingsError || (error as NodeJS.ErrnoException).code === 'EACCES';
}

function fail(error: unknown, status: number): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(status);
}

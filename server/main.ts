import { readSettings } from './config/settings';
import { SettingsError } from './config/settings-error';
import { startLictor } from './lictor';

/** A status that tells an operator (and a unit file) to look at the settings rather than to try again. */
const EXIT_UNUSABLE = 2;

async function main(): Promise<void> {
  const lictor = await startLictor(readSettings(process.env), process.cwd());
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      lictor.close().then(
        () => process.exit(0),
        (error) => fail(error, 1),
      );
    });
  }
}

function fail(error: unknown, status: number): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(status);
}

main().catch((error: NodeJS.ErrnoException) => {
  const unusable = error instanceof SettingsError || error.code === 'EADDRINUSE' || error.code === 'EACCES';
  fail(error, unusable ? EXIT_UNUSABLE : 1);
});

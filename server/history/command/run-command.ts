import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { type RecordPlace, recordPlace } from '@/server/config/history-settings';
import { SettingsError } from '@/server/config/settings-error';
import type { Environment } from '@/server/config/variables';
import { exportTransitions } from '@/server/history/queries/export-transitions';
import { RecordError } from '@/server/history/record-store';
import type { OpenDatabase } from '@/server/history/store/open-database';
import { openPostgres } from '@/server/history/store/postgres-database';
import { recordErrorOf } from '@/server/history/store/record-error-of';
import { openSqliteForReading, sqliteFile } from '@/server/history/store/sqlite-database';
import { StoreReader } from '@/server/history/store/store-reader';
import { openForWriting } from '@/server/history/store/writable-record';
import { CommandError } from './command-error';
import { type Command, readCommand } from './command-line';
import { exportRecord } from './export-record';
import { importRecord } from './import-record';
import { refusePenInUse } from './pen-in-use';
import { readLines } from './read-lines';
import { vacuumRecord } from './vacuum-record';
import { verifyRecord } from './verify-record';

const EXIT_UNUSABLE = 2;

/** What it says goes to standard error, so that an export can go to standard output. @returns the exit status: 1 where a record is not sound */
export async function runCommand(args: string[], env: Environment): Promise<number> {
  try {
    const command = readCommand(args);
    const place = recordPlace(env);
    return await run(command, place).catch((error: unknown) => {
      throw error instanceof CommandError ? error : recordErrorOf(error, place);
    });
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof RecordError || error instanceof SettingsError)) throw error;
    say(error.message);
    return EXIT_UNUSABLE;
  }
}

const say = (sentence: string): void => console.error(sentence);
const placeText = (place: RecordPlace): string =>
  place.kind === 'sqlite' ? sqliteFile(place.folder) : 'the database of LICTOR_DATABASE_URL';
const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

async function run(command: Command, place: RecordPlace): Promise<number> {
  switch (command.verb) {
    case 'export':
      return reading(place, (database) => exportTo(command, database, place));
    case 'import':
      return writing(place, async (database) => {
        say(`Importing into ${placeText(place)}.`);
        const { transitions } = await importRecord(database, readLines(command.file), command.replace);
        say(`${transitions} transitions are imported.`);
        return 0;
      });
    case 'vacuum':
      return writing(place, async (database) => {
        const { before, after } = await vacuumRecord(database);
        say(`${placeText(place)} took ${mb(before)} and takes ${mb(after)}.`);
        return 0;
      });
    case 'verify':
      return reading(place, async (database) => {
        let sound = true;
        for await (const { what, wrong } of verifyRecord(database, new StoreReader(database))) {
          say(`${what}: ${wrong ?? 'sound'}`);
          sound &&= wrong === null;
        }
        return sound ? 0 : 1;
      });
  }
}

async function exportTo(
  { fromMs, toMs, format, output }: Extract<Command, { verb: 'export' }>,
  database: OpenDatabase,
  place: RecordPlace,
): Promise<number> {
  const out = output === null ? process.stdout : createWriteStream(output);
  const failed = new Promise<never>((_, reject) => {
    out.once('error', (error) => reject(new CommandError(`The export cannot be written: ${error.message}`)));
  });
  const write = (lines: string | Uint8Array) =>
    new Promise<void>((resolve, reject) => out.write(lines, (error) => (error ? reject(error) : resolve())));
  const exported = async (): Promise<string> => {
    if (format === 'jsonl') {
      const { transitions } = await exportRecord(database, fromMs, write);
      return `${transitions} transitions`;
    }
    const everything = { dc: null, service: null, node: null, instance: null, afterId: null, matches: null };
    const range = { fromMs: fromMs ?? 0, toMs: toMs ?? Number.MAX_SAFE_INTEGER };
    const table = exportTransitions(
      new StoreReader(database),
      { ...everything, ...range, order: 'oldest-first' },
      format,
    );
    for await (const lines of table) await write(lines as Uint8Array);
    return 'The transitions';
  };
  const what = await Promise.race([exported(), failed]);
  if (output !== null) await finished((out as Writable).end());
  say(`${what} of ${placeText(place)} are exported.`);
  return 0;
}

/** Beside whoever writes it. */
async function reading(place: RecordPlace, act: (database: OpenDatabase) => Promise<number>): Promise<number> {
  const database =
    place.kind === 'sqlite' ? await openSqliteForReading(place.folder) : await openPostgres(place.url, 2);
  return act(database).finally(() => database.close());
}

/** With nobody else writing it. */
async function writing(place: RecordPlace, act: (database: OpenDatabase) => Promise<number>): Promise<number> {
  const record = await openForWriting(place);
  try {
    await refusePenInUse(record.database);
    return await act(record.database);
  } finally {
    await record.close();
  }
}

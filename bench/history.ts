// What the past costs: how fast it is written while Lictor goes on, what a month of it takes on the disk, and how long its questions take. Beside it what
// the same transitions cost as lines at the end of a plain file.
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PostgresUnderTest } from '@/e2e/harness/postgres';
import type { Transition } from '@/lib/history/transition';
import type { RecordPlace } from '@/server/config/history-settings';
import { startRecordThreads } from '@/server/history/threads/record-threads';
import { GeneratedFleet } from './history/generated-fleet';
import { writeMonth } from './history/month';
import { type Pace, paced } from './history/paced-writes';
import { askAll } from './history/questions';
import { percentiles } from './measure/percentiles';
import { type Row, report } from './measure/table';

const A_SECOND = 5_000;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    transitions: { type: 'string', default: '10000000' },
    seconds: { type: 'string', default: '60' },
  },
});
const wanted = Number(options.transitions);
const seconds = Number(options.seconds);
const stores = positionals.length > 0 ? positionals : ['sqlite', 'postgres'];
if (!(wanted >= 200_000 && seconds >= 1) || stores.some((store) => store !== 'sqlite' && store !== 'postgres')) {
  throw new Error(
    'Usage: npm run bench -- history [sqlite] [postgres] [--transitions N, at least 200000] [--seconds N]',
  );
}

const folder = await mkdtemp(join(tmpdir(), 'lictor-history-bench-'));
const stops: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true })];
try {
  const rows: Row[] = [];
  console.log(`${A_SECOND} transitions a second into a plain file`);
  rows.push(...paceRows('a plain file', await pacedIntoFile(join(folder, 'plain.jsonl')), false));
  for (const store of stores) rows.push(...(await measure(store as 'sqlite' | 'postgres')));
  report('history', `${wanted} transitions of 50,000 instances in 30 days (bound)`, rows, { wanted, seconds });
} finally {
  for (const stop of stops.reverse()) await stop();
}

async function measure(store: 'sqlite' | 'postgres'): Promise<Row[]> {
  const isFile = store === 'sqlite';
  const postgres = isFile ? null : await PostgresUnderTest.open();
  if (postgres) stops.push(() => postgres.close());
  const placeOf = async (name: string): Promise<RecordPlace> =>
    postgres ? { kind: 'postgres', url: await postgres.database() } : { kind: 'sqlite', folder: join(folder, name) };

  console.log(`${A_SECOND} transitions a second into ${store}`);
  const rows = paceRows(store, await pacedInto(await placeOf('pace')), isFile);

  console.log(`A month of ${wanted} transitions into ${store}`);
  const place = await placeOf('month');
  const endMs = Date.now();
  const startedAtMs = performance.now();
  const written = await writeMonth(place, wanted, endMs);
  const tookS = (performance.now() - startedAtMs) / 1_000;

  const openedAtMs = performance.now();
  const threads = startRecordThreads(place, (notice) => console.log(notice));
  await threads.writer.takePen('bench');
  const startMs = performance.now() - openedAtMs;
  const { bytes } = await threads.reader.facts();
  const fleet = new GeneratedFleet();
  fleet.begin(0);
  const asked = await askAll(threads.reader, fleet.keys, endMs, isFile);
  await threads.close();
  return [
    ...rows,
    { what: `${store}: transitions a second of the bulk`, values: { value: written / tookS } },
    {
      what: `${store}: bytes a transition`,
      values: { value: (bytes ?? 0) / written },
      ...(isFile ? { bounds: { value: 80 } } : {}),
    },
    {
      what: `${store}: opened and ready to write, ms`,
      values: { value: startMs },
      ...(isFile ? { bounds: { value: 1_000 } } : {}),
    },
    ...asked.map((row) => ({ ...row, what: `${store}: ${row.what}` })),
  ];
}

async function pacedInto(place: RecordPlace): Promise<Pace> {
  const threads = startRecordThreads(place, (notice) => console.log(notice));
  await threads.writer.takePen('bench');
  const fleet = new GeneratedFleet();
  await threads.writer.append({ transitions: fleet.begin(Date.now()), gaps: [], aliveMs: Date.now() });
  const pace = await paced(
    A_SECOND,
    seconds,
    (count) => changes(fleet, count),
    (transitions) => threads.writer.append({ transitions, gaps: [], aliveMs: Date.now() }),
  );
  await threads.close();
  return pace;
}

async function pacedIntoFile(file: string): Promise<Pace> {
  const fleet = new GeneratedFleet();
  fleet.begin(Date.now());
  let last = Promise.resolve();
  return paced(
    A_SECOND,
    Math.min(seconds, 20),
    (count) => changes(fleet, count),
    (transitions) => {
      const lines = transitions.map((transition) => `${JSON.stringify(transition)}\n`).join('');
      last = last.then(() => appendFile(file, lines));
      return last;
    },
  );
}

/** So many changes of now. */
function changes(fleet: GeneratedFleet, count: number): Transition[] {
  const made: Transition[] = [];
  while (made.length < count) made.push(...fleet.change(Date.now()));
  return made;
}

function paceRows(into: string, { loopMs, batchMs, core }: Pace, bounded: boolean): Row[] {
  const { p50, p99, max } = percentiles(batchMs);
  return [
    {
      what: `${into}: delay of the event loop, ms`,
      values: { ...loopMs },
      ...(bounded ? { bounds: { p99: 20 } } : {}),
    },
    { what: `${into}: a batch until it is durable, ms`, values: { p50, p99, max } },
    { what: `${into}: the whole process, % of a core`, values: { value: core } },
  ];
}

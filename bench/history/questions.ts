import { percentiles } from '@/bench/measure/percentiles';
import type { Row } from '@/bench/measure/table';
import { pastFleet } from '@/lib/history/past-fleet';
import { tierMs } from '@/lib/history/roll-up';
import { readLanes } from '@/server/history/queries/read-lanes';
import { readPastSummary } from '@/server/history/queries/read-past';
import { readTimeline } from '@/server/history/queries/read-timeline';
import { readTransitions } from '@/server/history/queries/read-transitions';
import type { Scope } from '@/server/history/queries/scope';
import type { RecordReader } from '@/server/history/record-store';
import { MONTH_MS } from './month';

const ROUNDS = 20;
const ALL: Scope = { dc: null, service: null, node: null, instance: null };

/** How long the questions of a page take, each about other things and moments in every round. @param bounded whether they are held against bounds */
export async function askAll(
  reader: RecordReader,
  instances: readonly string[],
  endMs: number,
  bounded: boolean,
): Promise<Row[]> {
  const some = (round: number) => instances[(round * 7_919) % instances.length] as string;
  const dcOf = (round: number) => `dc${1 + (round % 3)}`;
  const ago = (round: number) => endMs - Math.floor((round / ROUNDS) * 20 * tierMs.day) - round * 7_123;
  const timeline = (scope: Partial<Scope>, toMs: number, lengthMs: number) =>
    readTimeline(reader, { ...ALL, ...scope }, { fromMs: toMs - lengthMs, toMs, stepMs: null }, endMs);
  const questions: [string, number | null, (round: number) => Promise<unknown>][] = [
    ['a datacenter over 1 h', null, (round) => timeline({ dc: dcOf(round) }, ago(round), tierMs.hour)],
    ['a datacenter over 24 h', 50, (round) => timeline({ dc: dcOf(round) }, ago(round), tierMs.day)],
    ['a datacenter over 30 days', 100, (round) => timeline({ dc: dcOf(round) }, endMs, MONTH_MS)],
    ['a service over 24 h', null, (round) => timeline(serviceOf(some(round)), ago(round), tierMs.day)],
    ['an instance over 30 days', 20, (round) => timeline(instanceOf(some(round)), endMs, MONTH_MS)],
    [
      'the fleet at a past moment',
      500,
      async (round) => pastFleet(await readPastSummary(reader, ago(round), 1), { address: '' }),
    ],
    [
      'the worst services of 24 h',
      null,
      (round) =>
        readLanes(reader, { ...ALL, dc: dcOf(round) }, { ...range(ago(round), tierMs.day), limit: 8 }, null, endMs),
    ],
    [
      'the worst services of 30 days',
      null,
      (round) => readLanes(reader, { ...ALL, dc: dcOf(round) }, { ...range(endMs, MONTH_MS), limit: 8 }, null, endMs),
    ],
    [
      'the newest transitions of a day',
      null,
      (round) =>
        readTransitions(
          reader,
          {
            ...ALL,
            dc: dcOf(round),
            ...range(ago(round), tierMs.day),
            order: 'newest-first',
            afterId: null,
            matches: null,
          },
          100,
        ),
    ],
  ];
  const rows: Row[] = [];
  for (const [what, boundMs, ask] of questions) {
    await ask(ROUNDS);
    const ms: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const askedAtMs = performance.now();
      await ask(round);
      ms.push(performance.now() - askedAtMs);
    }
    const { p50, p95, max } = percentiles(ms);
    rows.push({
      what: `${what}, ms`,
      values: { p50, p95, max },
      ...(bounded && boundMs !== null ? { bounds: { p95: boundMs } } : {}),
    });
  }
  return rows;
}

const range = (toMs: number, lengthMs: number) => ({ fromMs: toMs - lengthMs, toMs });

function instanceOf(key: string): Partial<Scope> {
  return { dc: key.split('/')[0] ?? null, instance: key };
}

/** The service of an instance as the bench names both. */
function serviceOf(key: string): Partial<Scope> {
  const [dc = null, , id = ''] = key.split('/');
  return { dc, service: id.split('-').slice(0, 2).join('-') };
}

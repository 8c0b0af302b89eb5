import { expect, test } from 'vitest';
import { exampleArrival, exampleFlip, exampleInstance, exampleService } from '@/lib/history/example-transition';
import type { Transition } from '@/lib/history/transition';
import type { TransitionQuery } from '@/server/history/record-store';
import { MemoryRecord } from '@/server/history/testing/memory-record';
import { exportTransitions } from './export-transitions';
import { readReplay } from './read-replay';
import { readTransitions, type TransitionsAsked } from './read-transitions';

const web = exampleInstance('n1', 'web-1');

/** One instance that falls and recovers for ever, twice in each second. */
function flips(count: number): Transition[] {
  return Array.from({ length: count }, (_, at) =>
    at % 2 === 0
      ? exampleFlip(1_000 + at * 250, 'web', web, 'passing', 'critical')
      : exampleFlip(1_000 + at * 250, 'web', web, 'critical', 'passing'),
  );
}

/** A record that counts what is asked of it. */
class CountingRecord extends MemoryRecord {
  pages = 0;

  override transitions(query: TransitionQuery): ReturnType<MemoryRecord['transitions']> {
    this.pages += 1;
    return super.transitions(query);
  }
}

const everything: TransitionsAsked = {
  ...{ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, dc: null, service: null, node: null, instance: null },
  ...{ order: 'oldest-first', afterId: null, matches: null },
};

test('an export is read on only as its reader takes it, and is whole', async () => {
  const record = new CountingRecord(flips(30_000));
  const file = exportTransitions(record, everything, 'jsonl')[Symbol.asyncIterator]();
  await file.next();
  await new Promise((resolve) => setImmediate(resolve));
  expect(record.pages).toBeLessThan(4);
  let rest = '';
  for (let next = await file.next(); !next.done; next = await file.next()) rest += next.value;
  expect(JSON.parse(rest.trimEnd().split('\n').at(-1) ?? '').id).toBe(30_000);
});

test('a filter that finds nothing does not read the whole record, and says where to go on', async () => {
  const record = new CountingRecord(flips(45_000));
  const found: number[] = [];
  let afterId: number | null = null;
  let answers = 0;
  do {
    const asked = {
      ...everything,
      afterId,
      matches: ({ observedAtMs }: Transition) => observedAtMs === 1_000 + 44_000 * 250,
    };
    const { transitions, nextId } = await readTransitions(record, asked, 10);
    found.push(...transitions.map(({ id }) => id));
    afterId = nextId;
    answers += 1;
  } while (afterId !== null);
  expect([found, answers]).toEqual([[44_001], 3]);
});

test('a replay of too many changes ends sooner, at a moment from which the next one goes on', async () => {
  const transitions = [exampleService(0, 'web'), exampleArrival(0, 'web', web), ...flips(14_000)];
  const record = new MemoryRecord(transitions);
  const live = { epoch: 1, consul: { address: '' } };
  const first = await readReplay(record, { fromMs: 0, toMs: 3_600_000, dc: null }, live);
  expect(Date.parse(first.to)).toBe(1_000 + 10_000 * 250);
  const second = await readReplay(record, { fromMs: Date.parse(first.to), toMs: 3_600_000, dc: null }, live);
  expect([second.changes.length, second.to]).toEqual([14_000 - 10_000 - 1, '1970-01-01T01:00:00.000Z']);
  const seqs = [...first.changes, ...second.changes].map(({ seq }) => seq);
  expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
});

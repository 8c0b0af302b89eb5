import fc from 'fast-check';
import { expect, test } from 'vitest';
import { serviceSubject } from '@/lib/history/subjects';
import type { Transition } from '@/lib/history/transition';
import { MemoryRecord } from '@/server/history/testing/memory-record';
import { PastEdges, readRecordedEdges } from './past-edges';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const changed = (atMs: number, edge: string, to: string | null): Transition => ({
  ...{ subject: serviceSubject('dc1', 'front'), kind: 'edge', item: edge, from: null, to },
  ...{ observedAtMs: atMs, index: null, merged: false, unwatchedFromMs: null },
});

test('edges of a moment are those that the transitions up to it leave, in whatever order moments are asked for', async () => {
  const step = fc.record({
    afterMs: fc.integer({ min: 0, max: 5 * HOUR }),
    edge: fc.constantFrom('dc1/a>dc1/b', 'dc1/a>dc1/c', 'dc1/b>dc1/a'),
    share: fc.option(fc.integer({ min: 0, max: 100 })),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 30 }),
      fc.array(fc.integer({ min: 0, max: 6 * DAY }), { minLength: 1, maxLength: 12 }),
      async (steps, moments) => {
        let atMs = 0;
        const transitions = steps.map(({ afterMs, edge, share }) => {
          atMs += afterMs;
          return changed(atMs, edge, share === null ? null : JSON.stringify({ kinds: ['route'], share }));
        });
        const past = new PastEdges(new MemoryRecord(transitions), () => 7 * DAY);
        for (const moment of moments) {
          const expected = new Map<string, number>();
          for (const [index, { edge, share }] of steps.entries()) {
            if ((transitions[index]?.observedAtMs ?? 0) > moment) continue;
            if (share === null) expected.delete(edge);
            else expected.set(edge, share);
          }
          const found = new Map([...(await past.at(moment))].map(([edge, { share }]) => [edge, share]));
          expect(found).toEqual(expected);
        }
      },
    ),
  );
});

test('who plays the past reads what its moments share once, and what is being written is not held', async () => {
  const record = new MemoryRecord([changed(1, 'dc1/a>dc1/b', '{"kinds":["route"]}')]);
  const asked: number[] = [];
  const counting = new Proxy(record, {
    get: (target, name) =>
      name === 'transitions'
        ? (query: Parameters<MemoryRecord['transitions']>[0]) => {
            asked.push(query.fromMs);
            return target.transitions(query);
          }
        : Reflect.get(target, name),
  });
  const past = new PastEdges(counting, () => 12 * HOUR + 5_000);
  for (const atMs of [7 * HOUR, 8 * HOUR, 9 * HOUR]) await past.at(atMs);
  expect(asked.filter((fromMs) => fromMs === 0)).toHaveLength(1);
  for (const atMs of [12 * HOUR + 1, 12 * HOUR + 2]) await past.at(atMs);
  expect(asked.filter((fromMs) => fromMs === 0)).toHaveLength(3);
});

test('a record that did not answer is asked again', async () => {
  let fails = true;
  const record = new MemoryRecord([changed(1, 'dc1/a>dc1/b', '{"kinds":["route"]}')]);
  const failing = new Proxy(record, {
    get: (target, name) =>
      name === 'transitions' && fails
        ? () => Promise.reject(new Error('Away.'))
        : Reflect.get(target, name).bind(target),
  });
  const past = new PastEdges(failing, () => DAY);
  await expect(past.at(7 * HOUR)).rejects.toThrow('Away.');
  fails = false;
  expect([...(await past.at(7 * HOUR)).keys()]).toEqual(['dc1/a>dc1/b']);
});

test('what the record holds now comes with when it was written', async () => {
  const record = new MemoryRecord([
    changed(1, 'dc1/a>dc1/b', '{"kinds":["route"]}'),
    changed(2, 'dc1/a>dc1/c', '{"kinds":["route"]}'),
    changed(3, 'dc1/a>dc1/b', '{"kinds":["upstream"]}'),
    changed(4, 'dc1/a>dc1/c', null),
  ]);
  expect([...(await readRecordedEdges(record))]).toEqual([
    ['dc1/a>dc1/b', { text: '{"kinds":["upstream"]}', atMs: 3 }],
  ]);
});

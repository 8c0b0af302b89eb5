import { expect, test } from 'vitest';
import { answerOf } from '@/server/consul/testing/answer';
import { HeldTransport } from '@/server/consul/testing/held-transport';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { SummaryDifference, type Wake } from './summary-difference';
import type { WatchContext } from './watch-context';

function summarizing() {
  const transport = new HeldTransport();
  const clock = new ManualClock();
  const located: [string[] | null, readonly Wake[]][] = [];
  const told = { contacted: () => {}, failed: () => {} };
  const context = { dc: 'dc1', transport, clock, random: () => 1, ...told } as unknown as WatchContext;
  const summary = new SummaryDifference(context, ({ services, wakes }) =>
    located.push([services && [...services].sort(), wakes]),
  );
  const answer = (counts: Record<string, number>) =>
    transport.answer(answerOf(Object.entries(counts).map(([Name, InstanceCount]) => ({ Name, InstanceCount }))));
  const reads = () => transport.requests.length;
  return { transport, clock, summary, located, answer, reads };
}

test('a change is located by the difference of the summaries before and after it', async () => {
  const { clock, summary, located, answer } = summarizing();
  summary.begin();
  await answer({ web: 1, api: 2, old: 1 });
  expect(located).toEqual([]);
  summary.ask(7);
  await clock.advance(1_000);
  await answer({ web: 2, api: 2, new: 1 });
  expect(located).toEqual([[['new', 'old', 'web'], [7]]]);
});

test('that no difference shows a change is told as well', async () => {
  const { clock, summary, located, answer } = summarizing();
  summary.begin();
  await answer({ web: 1 });
  summary.ask(7);
  summary.ask(null);
  await clock.advance(1_000);
  await answer({ web: 1 });
  expect(located).toEqual([[[], [7, null]]]);
});

test('one read at a time and one a second; what changes during a read is located by the next', async () => {
  const { clock, summary, located, answer, reads } = summarizing();
  summary.begin();
  await answer({ web: 1 });
  for (let n = 0; n < 3; n += 1) summary.ask(n);
  await clock.advance(999);
  expect(reads()).toBe(1);
  await clock.advance(1);
  expect(reads()).toBe(2);
  summary.ask(3);
  await clock.advance(5_000);
  expect(reads()).toBe(2);
  await answer({ web: 2 });
  // However long one takes, there is a pause before the next.
  await clock.advance(249);
  expect(reads()).toBe(2);
  await clock.advance(1);
  await answer({ web: 2 });
  expect(located).toEqual([
    [['web'], [0, 1, 2]],
    [[], [3]],
  ]);
  await clock.advance(60_000);
  expect(reads()).toBe(3);
});

test('a change before the first summary, and one whose summary fails, may be anywhere', async () => {
  const { transport, clock, summary, located, answer, reads } = summarizing();
  summary.begin();
  summary.ask(7);
  await answer({ web: 1 });
  await clock.advance(1_000);
  await answer({ web: 1 });
  summary.ask(8);
  await clock.advance(1_000);
  await transport.fail(new Error('no'));
  expect(located).toEqual([
    [[], [7]],
    [null, [8]],
  ]);
  // The summary is read anew all the same, of any server.
  await clock.advance(1_000);
  expect([reads(), transport.requests.at(-1)?.query]).toEqual([4, { dc: 'dc1', stale: '' }]);
  await answer({ web: 1 });
  expect(located.length).toBe(2);
});

test('stopped it asks nothing, and begins anew', async () => {
  const { transport, clock, summary, located, answer } = summarizing();
  summary.begin();
  await answer({ web: 1 });
  summary.ask(9);
  summary.stop();
  summary.ask(9);
  await clock.advance(10_000);
  expect(transport.open).toEqual([]);
  summary.begin();
  await answer({ web: 5 });
  expect(located).toEqual([]);
});

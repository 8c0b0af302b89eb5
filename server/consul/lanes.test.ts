import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Lanes } from './lanes';
import { settled } from './testing/manual-clock';

it('never runs more than its total, keeps the reserve from the waiting, and serves each lane in order', async () => {
  const step = fc.oneof(
    fc.constant({ enter: 'short' } as const),
    fc.constant({ enter: 'waiting' } as const),
    fc.record({ finish: fc.nat() }),
    fc.record({ giveUp: fc.nat() }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.integer({ min: 2, max: 6 }), async (steps, total) => {
      const reserved = Math.floor(total / 2);
      const lanes = new Lanes(() => ({ total, waiting: total - reserved }));
      const tickets: { lane: 'short' | 'waiting'; end: AbortController; finish?: () => void; over: boolean }[] = [];
      const pick = <T>(list: T[], at: number) => list[at % Math.max(1, list.length)];
      const queued = () => tickets.filter((ticket) => !ticket.over && !ticket.finish);
      const running = () => tickets.filter((ticket) => !ticket.over && ticket.finish);
      const check = () => {
        expect(lanes.running.short + lanes.running.waiting).toBe(running().length);
        expect(running().length).toBeLessThanOrEqual(total);
        expect(lanes.running.waiting).toBeLessThanOrEqual(total - reserved);
        expect(lanes.queued).toBe(queued().length);
        // Nobody queues where there is room for it.
        if (queued().some((ticket) => ticket.lane === 'short')) expect(running().length).toBe(total);
        if (queued().some((ticket) => ticket.lane === 'waiting')) {
          expect(running().length === total || lanes.running.waiting === total - reserved).toBe(true);
        }
        // In each lane whoever runs came before whoever queues.
        for (const lane of ['short', 'waiting'] as const) {
          const last = tickets.findLastIndex((ticket) => ticket.lane === lane && !ticket.over && ticket.finish);
          const first = tickets.findIndex((ticket) => ticket.lane === lane && !ticket.over && !ticket.finish);
          if (first >= 0) expect(last).toBeLessThan(first);
        }
      };
      for (const action of steps) {
        if ('enter' in action) {
          const ticket: (typeof tickets)[number] = { lane: action.enter, end: new AbortController(), over: false };
          tickets.push(ticket);
          const work = () => new Promise<void>((resolve) => Object.assign(ticket, { finish: resolve }));
          const over = () => Object.assign(ticket, { over: true });
          void lanes.run(ticket.lane, ticket.end.signal, work).then(over, over);
        } else if ('finish' in action) pick(running(), action.finish)?.finish?.();
        else pick(queued(), action.giveUp)?.end.abort();
        await settled();
        check();
      }
      for (const ticket of queued()) ticket.end.abort();
      while (running().length > 0) {
        for (const ticket of running()) ticket.finish?.();
        await settled();
      }
      expect(lanes.running).toEqual({ short: 0, waiting: 0 });
      expect(lanes.queued).toBe(0);
    }),
    { numRuns: 60 },
  );
});

it('does not start what was aborted before', async () => {
  const lanes = new Lanes(() => ({ total: 2, waiting: 1 }));
  await expect(lanes.run('short', AbortSignal.abort(new Error('no')), () => Promise.resolve(1))).rejects.toThrow('no');
});

it('lets in whoever queues when the capacity grows, and nobody while it is over a lesser one', async () => {
  let total = 1;
  const lanes = new Lanes(() => ({ total, waiting: total }));
  const finish: (() => void)[] = [];
  const work = () => new Promise<void>((resolve) => finish.push(resolve));
  const runs = Array.from({ length: 4 }, () => lanes.run('waiting', new AbortController().signal, work));
  await settled();
  expect([finish.length, lanes.queued]).toEqual([1, 3]);
  total = 3;
  lanes.admit();
  await settled();
  expect([finish.length, lanes.queued]).toEqual([3, 1]);
  total = 2;
  finish[0]?.();
  await settled();
  expect([finish.length, lanes.queued]).toEqual([3, 1]);
  finish[1]?.();
  await settled();
  expect([finish.length, lanes.queued]).toEqual([4, 0]);
  for (const end of finish) end();
  await Promise.all(runs);
});

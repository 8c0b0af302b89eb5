import { expect, it } from 'vitest';
import { edgeRecord } from '@/lib/topology/recorded-edge';
import { TopologyBook } from '@/lib/topology/topology-book';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { EdgeRecord } from './edge-record';

const DAY = 24 * 3_600_000;

function recordOf(held: Record<string, { text: string; atMs: number }> = {}) {
  const clock = new ManualClock(100 * DAY);
  const book = new TopologyBook();
  const written: string[] = [];
  const around: { state: 'writing' | 'following' | 'down' } & Record<'fails' | 'loads', number> & {
      isSettled: boolean;
    } = {
    ...{ state: 'writing', isSettled: true, fails: 0, loads: 0 },
  };
  const record = new EdgeRecord({
    ...{ book, clock, restateAfterMs: 15 * DAY, state: () => around.state, isSettled: () => around.isSettled },
    load: async () => {
      around.loads += 1;
      if (around.fails > 0) {
        around.fails -= 1;
        throw new Error('The record does not answer.');
      }
      return new Map(Object.entries(held));
    },
    recorded: (edge, from, to) => {
      written.push(`${edge} ${from === null ? '-' : 'was'} ${to ?? 'gone'}`);
      if (to === null) delete held[edge];
      else held[edge] = { text: to, atMs: clock.now() };
    },
  });
  const tell = (to: string, kind: 'declared' | 'upstream' = 'declared') => {
    const edge = { from: 'dc1/front', to: `dc1/${to}`, kind, source: 'test', seenAtMs: 0 };
    book.tell({ id: to, edges: [edge], nodes: [] }, clock.now());
    record.look(book.changes());
  };
  const untell = (to: string) => {
    book.untell(to);
    record.look(book.changes());
  };
  return { clock, book, written, around, record, tell, untell };
}

const DECLARED = '{"kinds":["declared"]}';
const CART = 'dc1/front>dc1/cart';

it('writes edges as they come, change and go, and each once', async () => {
  const { clock, record, written, tell, untell, book } = recordOf();
  tell('cart');
  record.start();
  await clock.advance(5_000);
  tell('cart', 'upstream');
  await clock.advance(1_000);
  untell('cart');
  await clock.advance(60_000);
  expect(written).toEqual([`${CART} - ${DECLARED}`, `${CART} was {"kinds":["upstream"]}`, `${CART} was gone`]);
  expect(book.parts().edges).toEqual([]);
});

it('writes what an end turned out to be', async () => {
  const { clock, record, written, tell, book } = recordOf();
  tell('cart');
  record.start();
  await clock.advance(2_000);
  book.tell({ id: 'kind', edges: [], nodes: [{ key: 'dc1/cart', kind: 'database' }] }, 0);
  record.look(book.changes());
  await clock.advance(1_000);
  const [edge] = book.parts().edges;
  expect(written.at(-1)).toBe(`${CART} was ${edge && edgeRecord(edge, null, book.node('dc1/cart'))}`);
  expect(written).toHaveLength(2);
});

it('begins once everything was read, with what changed while nobody wrote, and not later than after a minute', async () => {
  const held = { [CART]: { text: DECLARED, atMs: 99 * DAY }, 'dc1/front>dc1/old': { text: DECLARED, atMs: 99 * DAY } };
  const { clock, record, written, around, tell } = recordOf(held);
  around.isSettled = false;
  record.start();
  tell('cart');
  tell('new');
  await clock.advance(30_000);
  expect(written).toEqual([]);
  await clock.advance(31_000);
  expect(written).toEqual(['dc1/front>dc1/old was gone', `dc1/front>dc1/new - ${DECLARED}`]);
});

it('writes nothing while another one does, and then goes on from what that one wrote', async () => {
  const held: Record<string, { text: string; atMs: number }> = {};
  const { clock, record, written, around, tell } = recordOf(held);
  around.state = 'following';
  record.start();
  tell('cart');
  await clock.advance(10_000);
  expect([written, around.loads]).toEqual([[], 0]);
  held[CART] = { text: DECLARED, atMs: clock.now() };
  around.state = 'writing';
  tell('users');
  await clock.advance(2_000);
  expect(written).toEqual([`dc1/front>dc1/users - ${DECLARED}`]);
});

it('holds what changes while nothing can be written, and does not write twice what already waits', async () => {
  const { clock, record, written, around, tell } = recordOf();
  record.start();
  tell('cart');
  await clock.advance(2_000);
  around.state = 'down';
  tell('users');
  await clock.advance(10_000);
  expect(written).toHaveLength(1);
  around.state = 'writing';
  await clock.advance(2_000);
  expect([written, around.loads]).toEqual([[`${CART} - ${DECLARED}`, `dc1/front>dc1/users - ${DECLARED}`], 1]);
});

it('reads again what it could not read, and does not end by it', async () => {
  const { clock, record, written, around, tell } = recordOf();
  around.fails = 2;
  tell('cart');
  record.start();
  await clock.advance(12_000);
  expect([written.length, around.loads]).toEqual([1, 3]);
});

it('writes again what was written long ago, before the record forgets it', async () => {
  const { clock, record, written, tell } = recordOf({ [CART]: { text: DECLARED, atMs: 86 * DAY } });
  tell('cart');
  record.start();
  await clock.advance(2_000);
  expect(written).toEqual([]);
  await clock.advance(1 * DAY + 3_600_000);
  expect(written).toEqual([`${CART} was ${DECLARED}`]);
});

it('ends at once, also while it reads', async () => {
  const { clock, record, written, tell } = recordOf();
  tell('cart');
  record.start();
  record.stop();
  await clock.advance(10_000);
  expect([written, clock.pending]).toEqual([[], 0]);
});

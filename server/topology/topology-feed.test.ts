import { expect, it } from 'vitest';
import type { Change } from '@/lib/stream/protocol';
import { TopologyBook } from '@/lib/topology/topology-book';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { TopologyFeed } from './topology-feed';

function feedOf() {
  const clock = new ManualClock();
  const book = new TopologyBook();
  const sent: string[][] = [];
  const publisher = {
    epoch: 7,
    get seq() {
      return sent.length;
    },
    publish: (_topic: 'topology', { changes }: { changes: readonly Change[] }) =>
      sent.push(changes.map(({ op, key }) => `${op} ${key}`)),
  };
  const feed = new TopologyFeed({ book, publisher, clock, before: () => {}, after: () => {} });
  const see = (...names: string[]) => {
    for (const to of names) {
      const evidence = { from: 'dc1/front', to: `dc1/${to}`, kind: 'declared' as const, source: 'test', seenAtMs: 0 };
      book.tell({ id: to, edges: [evidence], nodes: [] }, 0);
      feed.touch();
    }
  };
  return { clock, book, feed, sent, see };
}

it('sends nothing before its start, and then all that there is', async () => {
  const { clock, feed, sent, see } = feedOf();
  see('cart');
  await clock.advance(10_000);
  feed.flush();
  expect(sent).toEqual([]);
  feed.start();
  expect(sent).toEqual([['put dc1/front>dc1/cart', 'put dc1/front', 'put dc1/cart']]);
});

it('sends at the end of the turn, and together, what one cause changes; what follows waits, and goes out together', async () => {
  const { clock, feed, sent, see } = feedOf();
  feed.start();
  await clock.advance(1_000);
  see('a', 'b');
  expect(sent).toEqual([]);
  await Promise.resolve();
  expect(sent).toHaveLength(1);
  see('c');
  await clock.advance(25);
  see('d');
  await clock.advance(24);
  expect(sent).toHaveLength(1);
  await clock.advance(1);
  expect(sent.slice(1)).toEqual([['put dc1/front>dc1/c', 'put dc1/front>dc1/d', 'put dc1/c', 'put dc1/d']]);
});

it('sends out what waits before a body is given out, and the body bears the place of that', async () => {
  const { clock, feed, sent, see } = feedOf();
  feed.start();
  see('cart');
  feed.flush();
  expect(sent).toHaveLength(1);
  expect(feed.body()).toMatchObject({ epoch: 7, seq: 1, edges: [{ key: 'dc1/front>dc1/cart' }] });
  await clock.advance(1_000);
  expect(sent).toHaveLength(1);
});

it('sends nothing after its end', async () => {
  const { clock, feed, sent, see } = feedOf();
  feed.start();
  see('cart');
  feed.stop();
  see('users');
  await clock.advance(1_000);
  expect(sent).toEqual([]);
});

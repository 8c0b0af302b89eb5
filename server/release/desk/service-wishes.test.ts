import { expect, it } from 'vitest';
import { wishKey } from '@/lib/release/wish-record';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { ServiceWishes } from './service-wishes';
import { StoredKeys } from './testing/stored-keys';
import { WishShelf } from './wish-shelf';

async function wishing(home: () => string | null = () => 'dc1') {
  const clock = new ManualClock();
  const keys = new StoredKeys();
  const changed: string[] = [];
  const written: string[] = [];
  const consul = {
    ...{ home, transportOf: () => keys },
    primaryOf: (dc: string) => (dc === 'dc3' ? 'dc3' : dc === 'dc9' ? null : 'dc1'),
    copiesOf: (primary: string) => (primary === 'dc1' ? ['dc1', 'dc2'] : [primary]),
  };
  const shelf = new WishShelf({
    consul,
    clock,
    random: () => 0,
    onChange: (some) => changed.push(...some),
    onWritten: (key, { by }) => written.push(`${key} ${by}`),
  });
  shelf.start();
  await clock.advance(100);
  const wish = async (dc: string, mechanism: string, by: string) => {
    const value = {
      ...{
        format: 1,
        mechanism,
        shares: null,
        declares: null,
        weights: null,
        routes: [],
        failover: [],
        stages: {},
        by,
      },
      ...{ at: '2026-01-01T00:00:00Z', before: { shares: null, routes: [], failover: [], stages: {} } },
    };
    keys.put(wishKey(dc, 'web'), JSON.stringify(value));
    await clock.advance(500);
  };
  const wishes = new ServiceWishes(shelf, consul);
  const by = () => ['dc1', 'dc2', 'dc3', 'dc9'].map((dc) => wishes.wishOf(`${dc}/web`)?.record?.by);
  return { clock, keys, shelf, consul, wishes, wish, by, changed, written };
}

it('a wish by the mesh holds wherever its entries do, the newest before others', async () => {
  const { wish, by, changed } = await wishing();
  await wish('dc2', 'mesh', 'a');
  expect(by()).toEqual(['a', 'a', undefined, undefined]);
  await wish('dc1', 'mesh', 'b');
  expect(by()).toEqual(['b', 'b', undefined, undefined]);
  expect(changed).toEqual(['dc2/web', 'dc1/web']);
});

it('a wish by another mechanism is its own datacenter’s, and stands before one by the mesh that was made elsewhere', async () => {
  const { wish, by } = await wishing();
  await wish('dc2', 'policy', 'a');
  await wish('dc1', 'mesh', 'b');
  await wish('dc3', 'weights', 'c');
  await wish('dc9', 'mesh', 'd');
  expect(by()).toEqual(['b', 'a', 'c', 'd']);
});

it('a wish that was read by itself is told all the same, once, and so is its end', async () => {
  const { keys, shelf, wishes, clock, wish, changed } = await wishing();
  const { signal } = new AbortController();
  await wish('dc1', 'mesh', 'a');
  const text = keys.text(wishKey('dc1', 'web')) ?? '';
  keys.put(wishKey('dc1', 'web'), text.replace('"a"', '"b"'));
  await wishes.refresh('dc1/web', signal);
  expect(shelf.wishOf('dc1/web')?.record?.by).toBe('b');
  await clock.advance(500);
  expect(changed.splice(0)).toEqual(['dc1/web', 'dc1/web']);
  keys.delete(wishKey('dc1', 'web'));
  await wishes.refresh('dc1/web', signal);
  expect(shelf.wishOf('dc1/web')).toBeUndefined();
  await clock.advance(500);
  expect(changed).toEqual(['dc1/web']);
});

it('a wish that is deleted while it is read by itself stays deleted', async () => {
  const { keys, shelf, wishes, clock, wish } = await wishing();
  await wish('dc1', 'mesh', 'a');
  const release = keys.holdReads();
  const read = wishes.refresh('dc1/web', new AbortController().signal);
  keys.delete(wishKey('dc1', 'web'));
  await clock.advance(500);
  expect(shelf.wishOf('dc1/web')).toBeUndefined();
  release();
  await read;
  expect(shelf.wishOf('dc1/web')).toBeUndefined();
});

it('what was wished before is no news, and what is taken away is nothing that was wished', async () => {
  const { keys, wish, clock, consul, written } = await wishing();
  await wish('dc1', 'mesh', 'a');
  const later: string[] = [];
  const onWritten = (key: string) => later.push(key);
  const shelf = new WishShelf({ consul, clock, random: () => 0, onChange: () => {}, onWritten });
  shelf.start();
  await clock.advance(500);
  await wish('dc2', 'mesh', 'b');
  keys.delete(wishKey('dc1', 'web'));
  await clock.advance(500);
  expect([written, later]).toEqual([['dc1/web a', 'dc2/web b'], ['dc2/web']]);
  shelf.stop();
});

it('nothing is asked until it is known where Lictor keeps what it writes', async () => {
  let home: string | null = null;
  const { keys, shelf, clock } = await wishing(() => home);
  await shelf.refresh('dc1', 'web', new AbortController().signal);
  expect([keys.requests, shelf.waits]).toEqual([[], 0]);
  home = 'dc1';
  await clock.advance(1_000);
  expect(shelf.waits).toBe(1);
  shelf.stop();
});

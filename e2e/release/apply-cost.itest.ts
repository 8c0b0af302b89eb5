import { expect, test } from 'vitest';
import { CountingProxy } from '@/e2e/harness/counting-proxy';
import { onStage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import type { Mechanism } from '@/lib/release/mechanism';
import { putVersions, writableSplits } from './writable';

const OLD = '1.4.2';
const NEW = '1.5.0';
const MOVES = [10, 20, 30, 40, 50];

/** What is read of the service: its wish, all that a mechanism looks at, and the chain. Waiting queries are none of it. */
const isRead = (request: string) =>
  /^GET \/v1\/(config\/[^/]+\/(web|global)|kv\/lictor\/.*\/web|catalog\/connect\/web|health\/service\/web|discovery-chain\/web)\?/.test(
    request,
  ) && !request.includes('index=');

/**
 * The most reads of one move, in the mean of several: before it, for its answer, and to see that it has arrived; each with room for what the book adds now and
 * then. Then the read that comes last, and how often it is one of a move.
 */
const BOUNDS: [Mechanism, number, RegExp, number][] = [
  ['mesh', 18, /discovery-chain/, 1],
  ['policy', 7, /kv\/lictor\/traffic\/web/, 3],
  ['weights', 8, /health\/service\/web/, 3],
];

test(
  'a move reads before it what decides and nothing else, and after it once what was moved, which the book takes over',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    await putVersions(consul, 'web', [OLD, OLD, OLD, NEW]);
    const proxy = await stage.opened(CountingProxy.open(consul.address));
    const lictor = await stage.lictor(proxy.address);
    const client = await writableSplits(lictor, { dc: 'dc1', name: 'web' });
    for (const [mechanism, most, last, times] of BOUNDS) {
      let reads = 0;
      for (const percent of [5, ...MOVES]) {
        const { etag } = await client.split('dc1', 'web');
        const from = proxy.requests.length;
        const shares = { [OLD]: 100 - percent, [NEW]: percent };
        const moved = await client.write('dc1', 'web', { mechanism, shares }, etag);
        expect(moved.body).toMatchObject({ mechanism, wish: shares, drift: null });
        await until('it to be looked whether it has arrived', () => {
          const looks = proxy.requests.slice(from).filter((request) => isRead(request) && last.test(request));
          return looks.length >= times;
        });
        // The first one makes what the others change.
        if (percent !== 5) reads += proxy.requests.slice(from).filter(isRead).length;
      }
      expect(reads / MOVES.length, mechanism).toBeLessThanOrEqual(most);
    }
  }),
);

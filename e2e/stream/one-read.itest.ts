import { afterAll, beforeAll, expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import { CountingProxy } from '@/e2e/harness/counting-proxy';
import { type LictorUnderTest, lictorFor } from '@/e2e/harness/lictor-for';
import { StreamReader } from '@/e2e/harness/stream-reader';
import { startWorld } from '@/e2e/world/start-world';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';

const SERVICES = Array.from({ length: 10 }, (_, n) => `web-${n}`);
const CLIENTS = 200;
const FLIPS = 20;
const DEADLINE_MS = 60_000;

let world: World;
let proxy: CountingProxy;
let lictor: LictorUnderTest;
const clients: StreamReader[] = [];

beforeAll(async () => {
  world = await startWorld({ datacenters: 1, clientsPerDatacenter: 0, shop: false });
  for (const service of SERVICES) {
    for (const n of [1, 2]) {
      await putInstance(world.consul('dc1'), { node: `edge-${n}`, service, id: `${service}-${n}` });
    }
  }
  proxy = await CountingProxy.open(world.consul('dc1').address);
  lictor = await lictorFor(proxy.address);
  await lictor.synced();
  const waits = () =>
    SERVICES.every((name) => proxy.requests.some((line) => line.includes(`/${name}?`) && /[?&]index=/.test(line)));
  await until('a wait to stand on each service', waits, { deadlineMs: DEADLINE_MS });
});

afterAll(async () => {
  for (const client of clients) client.cut();
  await lictor?.close();
  await proxy?.close();
  await world?.stop();
});

/** Someone who has the list and one service open. */
async function join(at: number): Promise<void> {
  const topics = ['fleet', 'nodes', `service:dc1/web-${at % SERVICES.length}`];
  const client = await StreamReader.open(lictor.url, topics);
  await client.frame('the opening', ({ event }) => event === 'heartbeat', DEADLINE_MS);
  clients.push(client);
}

/**
 * Requests for services' health since `from` that are no repetition: a wait that ran out is asked again for the same index, as time goes by;
 * one for another index stands for an answer with news.
 */
function newReads(from: number): string[] {
  const before = new Set(proxy.requests.slice(0, from));
  const since = proxy.requests.slice(from).filter((request) => request.startsWith('GET /v1/health/service/web-'));
  return [...new Set(since)].filter((request) => !before.has(request));
}

/** What was asked of the catalog and of health, service names apart. */
function kindsOf(requests: readonly string[]): string[] {
  const read = requests.filter((request) => /^GET \/v1\/(catalog|health|internal\/ui)\//.test(request));
  const kinds = read.map((request) => request.replace(/\?.*/, '').replace(/(health\/service\/).*/, '$1…'));
  return [...new Set(kinds)].sort();
}

/** Flips one instance again and again, each flip heard by every client before the next. Gives the reads that it led to. */
async function readsOfFlips(): Promise<string[]> {
  const from = proxy.requests.length;
  for (let n = 1; n <= FLIPS; n += 1) {
    const status = n % 2 === 1 ? 'critical' : 'passing';
    await putInstance(world.consul('dc1'), { node: 'edge-1', service: 'web-0', id: 'web-0-1', status });
    await until(
      `flip ${n} to reach ${clients.length} clients`,
      () =>
        clients.every((client) => {
          const last = client.changesOf('fleet').findLast(({ change }) => change.key === 'dc1/web-0')?.change;
          return (last?.value as { status?: string } | undefined)?.status === status;
        }),
      { deadlineMs: DEADLINE_MS },
    );
  }
  // The last wait goes out after its change was published.
  await until('the wait after the last flip', () => newReads(from).length >= FLIPS, { deadlineMs: DEADLINE_MS });
  return newReads(from);
}

test('two hundred clients cost Consul the same reads as one, in kind and number', async () => {
  await join(0);
  const ofOne = await readsOfFlips();
  const kinds = kindsOf(proxy.requests);
  const watches = async () => (await lictor.system()).datacenters[0]?.watches;
  const held = await watches();

  const from = proxy.requests.length;
  for (let at = 1; at < CLIENTS; at += 1) await join(at);
  await Promise.all(SERVICES.map((service) => lictor.get(`/api/v1/services/dc1/${service}`)));
  await Promise.all(clients.map(() => lictor.get('/api/v1/fleet')));
  expect(newReads(from)).toEqual([]);

  const ofMany = await readsOfFlips();
  expect((await lictor.system()).stream.clients).toBe(CLIENTS);
  expect([ofOne.length, ofMany.length]).toEqual([FLIPS, FLIPS]);
  expect(kindsOf(proxy.requests)).toEqual(kinds);
  expect(await watches()).toBe(held);
});

test('what was asked is counted by endpoint, and no service is named', async () => {
  const counted = (text: string) =>
    Number(/^lictor_consul_endpoint_requests\{endpoint="\/v1\/health\/service\/:name"\} (\d+)$/m.exec(text)?.[1]);
  const metrics = await (await fetch(`${lictor.url}/metrics`)).text();
  const seen = proxy.requests.filter((request) => request.startsWith('GET /v1/health/service/')).length;
  expect(counted(metrics)).toBeGreaterThanOrEqual(2 * FLIPS);
  // A request may be under way, and one that a closing connection never read is sent twice.
  expect(Math.abs(counted(metrics) - seen)).toBeLessThan(FLIPS);
  expect(metrics).toMatch(/^lictor_consul_endpoint_requests\{endpoint="\/v1\/catalog\/services"\} \d+$/m);
  expect(metrics).not.toContain('web-');
});

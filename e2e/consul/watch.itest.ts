import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { startWorld } from '@/e2e/world/start-world';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import { systemClock } from '@/server/consul/clock';
import { http1Transport } from '@/server/consul/http1-transport';
import { type ProbeReport, probe } from '@/server/consul/probe';
import type { ConsulTransport } from '@/server/consul/transport';
import { type RecordedWatch, recordWatch } from './recorded-watch';

const NODE = 'dc1-client-1';

describe('a watch on a real Consul', () => {
  let world: World;
  let agent: ConsulHttp;
  let transport: ConsulTransport;
  const watches: RecordedWatch[] = [];

  beforeAll(async () => {
    world = await startWorld({ datacenters: 1, clientsPerDatacenter: 1, shop: false });
    agent = world.node(NODE).consul;
    transport = http1Transport({ address: world.datacenters[0]?.serverHttp ?? '', maxConnections: 32 });
  });
  afterEach(() => {
    for (const { watch } of watches.splice(0)) watch.stop();
  });
  afterAll(async () => {
    await transport?.close();
    await world?.stop();
  });

  const register = (name: string, id = name) =>
    world.register(NODE, { Name: name, ID: id, Check: { CheckID: `${id}-check`, TTL: '1h', Status: 'passing' } });
  const say = (id: string, status: 'pass' | 'warn' | 'fail', note = '') =>
    agent.put(`/v1/agent/check/${status}/${encodeURIComponent(`${id}-check`)}?note=${note}`);

  function watched(...[service, options]: [string, Parameters<typeof recordWatch>[2]?]): RecordedWatch {
    const recorded = recordWatch(transport, service, options);
    watches.push(recorded);
    return recorded;
  }

  const newest = (subject: RecordedWatch, ...expected: string[]) =>
    until(`the watch to see ${expected.join(', ')}`, () => subject.newest().join() === expected.join());

  it('wakes for a flip of its own service and for nothing else', async () => {
    await register('web', 'web-1');
    await register('web', 'web-2');
    await register('other');
    const subject = watched('web');
    const witness = watched('other');
    await newest(subject, 'web-1=passing', 'web-2=passing');
    await newest(witness, 'other=passing');
    await say('web-2', 'fail');
    await newest(subject, 'web-1=passing', 'web-2=critical');
    await say('web-2', 'warn');
    await newest(subject, 'web-1=passing', 'web-2=warning');
    const before = subject.watch.wakes;
    await say('other', 'fail');
    await newest(witness, 'other=critical');
    expect(subject.watch.wakes).toBe(before);
    expect(witness.watch.wakes).toBe(2);
    expect(subject.changes.map((change) => change.merged)).not.toContain(true);
    const indexes = subject.changes.map((change) => change.index);
    expect(subject.changes.slice(1).map((change) => change.previousIndex)).toEqual(indexes.slice(0, -1));
    expect(subject.states).toEqual(['live']);
  });

  it('sees instances come and go, and new output of a check', async () => {
    await register('cart', 'cart-1');
    const subject = watched('cart');
    await newest(subject, 'cart-1=passing');
    await register('cart', 'cart-2');
    await newest(subject, 'cart-1=passing', 'cart-2=passing');
    await say('cart-1', 'pass', 'slow');
    await until('the new output', () =>
      subject.changes.at(-1)?.value.entries.some((entry) => entry.Checks.some((check) => check.Output === 'slow')),
    );
    await world.deregister(NODE, 'cart-1');
    await newest(subject, 'cart-2=passing');
  });

  it('takes the end of a wait as a sign of life without news', async () => {
    await register('quiet');
    const subject = watched('quiet', { waitMs: 600 });
    await until('three waits to end', () => subject.contacts() >= 4);
    expect(subject.watch.wakes).toBe(1);
    expect([subject.errors, subject.states]).toEqual([[], ['live']]);
  });

  it('reads names of any kind, and is told of the ones that Consul redirects', async () => {
    const name = 'a/b c%?#支付<b>';
    await register(name, 'odd-1');
    await newest(watched(name), 'odd-1=passing');
    const redirected = watched('a//b');
    await until('the redirect', () => redirected.errors.length > 0);
    expect(redirected.errors[0]).toMatchObject({ kind: 'redirect', status: 301 });
    expect(redirected.changes).toEqual([]);
  });

  it('ends a wait at once and leaves no socket', async () => {
    const own = http1Transport({ address: world.datacenters[0]?.serverHttp ?? '', maxConnections: 16 });
    const subject = recordWatch(own, 'web');
    await until('the wait to stand', () => subject.contacts() === 1 && own.stats.waiting === 1);
    subject.watch.stop();
    await until('the connection to close', () => own.stats.openConnections === 0 && own.stats.waiting === 0);
    expect(subject.errors).toEqual([]);
    await own.close();
  });

  it('keeps up with churn without a hot loop, and ends with what is true', async () => {
    await register('churn');
    const subject = watched('churn', { burst: 3, refillMs: 200 });
    await newest(subject, 'churn=passing');
    const started = performance.now();
    for (let turn = 0; turn < 40; turn++) await say('churn', turn % 2 === 0 ? 'fail' : 'pass', String(turn));
    await say('churn', 'warn', 'end');
    await newest(subject, 'churn=warning');
    const reads = 3 + (performance.now() - started) / 200 + 1;
    expect(subject.watch.wakes).toBeLessThanOrEqual(reads);
    expect(subject.changes.at(-1)?.merged).toBe(true);
  });

  it('finds a frozen server stale, then down, and what happened meanwhile once it is thawed', async () => {
    await register('ice');
    const subject = watched('ice', { waitMs: 600, graceMs: 400, downAfterMs: 2_000 });
    const reports: ProbeReport[] = [];
    const probing = probe({
      transport,
      datacenter: 'dc1',
      clock: systemClock,
      random: Math.random,
      onReport: (report) => reports.push(report),
    });
    await newest(subject, 'ice=passing');
    await until('the probe', () => reports.at(-1)?.ok);
    const before = subject.changes.length;
    world.freeze('dc1');
    await until('the watch to be down', () => subject.watch.state === 'down');
    expect(subject.states).toEqual(['live', 'stale', 'down']);
    expect(subject.errors[0]).toMatchObject({ kind: 'timeout' });
    await until('the probe to fail', () => reports.at(-1)?.ok === false);
    await say('ice', 'fail');
    world.thaw('dc1');
    await until('the probe to get through', () => reports.at(-1)?.ok);
    subject.watch.retryNow();
    await newest(subject, 'ice=critical');
    expect(subject.watch.state).toBe('live');
    // The first read after the gap may hide more; whether it is also the flip is the agent's timing.
    expect(subject.changes[before]?.merged).toBe(true);
    probing.stop();
  });

  it('survives a server whose state was wiped, although its index went back', async () => {
    // Raises the index above all that the new server will have when the service stands in it again.
    for (let turn = 0; turn < 300; turn++) await world.consul('dc1').put('/v1/kv/raise', String(turn));
    await register('phoenix');
    const subject = watched('phoenix');
    await newest(subject, 'phoenix=passing');
    const high = subject.watch.index ?? 0;
    await world.wipeServer('dc1');
    await until(
      'the new server to give the service',
      () => {
        const index = subject.watch.index ?? high;
        return index < high && subject.newest().join() === 'phoenix=passing';
      },
      { deadlineMs: 45_000 },
    );
    await say('phoenix', 'fail');
    await newest(subject, 'phoenix=critical');
    expect(subject.watch.state).toBe('live');
    expect(subject.states).toContain('stale');
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lictorFor } from '@/e2e/harness/lictor-for';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { startWorld } from '@/e2e/world/start-world';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import type { ConsulError } from '@/server/consul/consul-error';
import { consulTransport } from '@/server/consul/consul-transport';
import type { ConsulTransport } from '@/server/consul/transport';
import { type RecordedWatch, recordWatch } from './recorded-watch';
import { openTunnel, type Tunnel } from './tunnel';

const NODE = 'dc1-client-1';
const WATCHES = 300;

describe('watches over HTTP/2 on a real Consul', () => {
  let world: World;
  let agent: ConsulHttp;
  let tunnel: Tunnel;
  let transport: ConsulTransport;
  const watches: RecordedWatch[] = [];

  beforeAll(async () => {
    world = await startWorld({ datacenters: 1, clientsPerDatacenter: 1, shop: false, tls: true });
    agent = world.node(NODE).consul;
    const port = Number(new URL(world.datacenters[0]?.serverHttps ?? '').port);
    tunnel = await openTunnel(() => port);
  });
  beforeEach(() => {
    transport = consulTransport({
      address: `https://127.0.0.1:${tunnel.port}`,
      maxConnections: 3,
      tls: {
        ...{ verify: true, caFile: world.tls?.ca ?? null, caPath: null, certFile: null, keyFile: null },
        serverName: 'server.dc1.consul',
      },
    });
  });
  afterEach(async () => {
    for (const { watch } of watches.splice(0)) watch.stop();
    await transport.close();
    await until('every socket to be closed', () => tunnel.open.length === 0);
  });
  afterAll(async () => {
    await tunnel?.close();
    await world?.stop();
  });

  const register = (name: string) =>
    world.register(NODE, { Name: name, Check: { CheckID: `${name}-check`, TTL: '1h', Status: 'passing' } });
  const say = (name: string, status: 'pass' | 'warn' | 'fail') => agent.put(`/v1/agent/check/${status}/${name}-check`);
  function watched(name: string): RecordedWatch {
    const recorded = recordWatch(transport, name);
    watches.push(recorded);
    return recorded;
  }
  const newest = (subject: RecordedWatch, expected: string) =>
    until(`the watch to see ${expected}`, () => subject.newest().join() === expected);
  const allStand = (sessions: number) =>
    until(
      'every watch to wait at Consul',
      () => {
        const { waiting, openConnections } = transport.stats;
        const live = watches.every(({ watch }) => watch.state === 'live');
        return live && waiting === watches.length && openConnections === sessions;
      },
      { deadlineMs: 30_000 },
    );

  it('a flip wakes its own watch and no other', async () => {
    await register('web');
    await register('other');
    const subject = watched('web');
    const witness = watched('other');
    await newest(subject, 'web=passing');
    await newest(witness, 'other=passing');
    await say('web', 'fail');
    await newest(subject, 'web=critical');
    await say('web', 'warn');
    await newest(subject, 'web=warning');
    expect([witness.watch.wakes, subject.states, subject.errors]).toEqual([1, ['live'], []]);
    expect(transport.stats).toMatchObject({ protocol: 'h2', openConnections: 1 });
    // Consul allows 250 streams a connection; 8 of each are kept for short requests.
    expect(transport.waitingCapacity).toBe(3 * 242);
  });

  it('hundreds of waits stand on two sessions; one that ends takes its own with it, and they come back together', async () => {
    await register('web');
    const subject = watched('web');
    for (let at = 1; at < WATCHES; at += 1) watched(`absent-${at}`);
    await allStand(2);
    expect(tunnel.open).toHaveLength(2);
    await say('web', 'pass');
    await newest(subject, 'web=passing');

    expect(watches.flatMap(({ errors }) => errors)).toEqual([]);
    const made = tunnel.made;
    tunnel.open[1]?.destroy();
    await until('some watches to fail', () => transport.stats.errors.reset > 0);
    await allStand(2);
    const hit = watches.filter(({ errors }) => errors.length > 0);
    // Those for which the first session had no room when they asked.
    expect(hit.length).toBeGreaterThanOrEqual(WATCHES - 242);
    expect(hit.length).toBeLessThan(WATCHES / 2);
    expect(tunnel.made - made).toBe(1);
    await say('web', 'fail');
    await newest(subject, 'web=critical');
  });

  it('finds its way back after the agent was restarted, all of them by two connections', async () => {
    const subject = watched('web');
    for (let at = 1; at < WATCHES; at += 1) watched(`absent-${at}`);
    await allStand(2);
    await world.stopServer('dc1');
    await until('the loss to be seen', () => watches.every(({ watch }) => watch.state !== 'live'));
    await until('no connection to be left', () => transport.stats.openConnections === 0);
    await world.startServer('dc1');
    await say('web', 'pass');
    await until('every watch to be live again', () => watches.every(({ watch }) => watch.state === 'live'), {
      deadlineMs: 45_000,
    });
    await newest(subject, 'web=passing');
    expect(tunnel.open.length).toBe(2);
    const kinds = new Set(watches.flatMap(({ errors }) => errors.map((error) => (error as ConsulError).kind)));
    for (const kind of kinds) expect(['reset', 'truncated', 'connect', 'status', 'timeout']).toContain(kind);
  });

  it('leaves no stream and no socket', async () => {
    for (let at = 0; at < 50; at += 1) watched(`absent-${at}`);
    await allStand(1);
    for (const { watch } of watches.splice(0)) watch.stop();
    await until('nothing to be under way', () => transport.stats.waiting === 0);
    await transport.close();
    await until('every socket to be closed', () => tunnel.open.length === 0 && transport.stats.openConnections === 0);
    expect(transport.stats).toMatchObject({ queued: 0, short: 0 });
  });

  it('lets Lictor watch every service exactly under a budget that HTTP/1.1 would exhaust, and say so', async () => {
    for (let at = 0; at < 12; at += 1) await register(`shelf-${at}`);
    const lictor = await lictorFor(world.datacenters[0]?.serverHttps ?? '', {
      CONSUL_CACERT: world.tls?.ca ?? '',
      LICTOR_CONSUL_MAX_CONNECTIONS: '16',
    });
    try {
      await lictor.synced();
      const { datacenters, connections } = await lictor.system();
      expect(datacenters[0]).toMatchObject({ mode: 'exact', watchesNotLive: 0, problems: [] });
      expect(datacenters[0]?.services).toBeGreaterThan(12);
      expect(connections).toMatchObject({ protocol: 'h2', budget: 16, open: 1, waitingCapacity: 16 * 242 });
      expect(connections.waiting).toBeGreaterThan(12);
    } finally {
      await lictor.close();
    }
  });
});

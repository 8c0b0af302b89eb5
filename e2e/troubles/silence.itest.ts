import { describe, expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import { onStage } from '@/e2e/harness/stage';
import type { Frame } from '@/e2e/harness/stream-reader';
import { untilSame } from '@/e2e/harness/until-same';
import { until } from '@/e2e/world/until';
import type { FleetBody, Freshness } from '@/lib/fleet/model';

/** Waiting is most of what these do, so they wait side by side, each on a small world of its own. */
describe.concurrent('Consul falls silent', () => {
  test(
    'no Consul at start: it serves, says which address and since when, and recovers by itself',
    onStage(async (stage) => {
      const world = await stage.bareWorld(1);
      const { address } = world.consul('dc1');
      await world.stopServer('dc1');
      const startedAtMs = Date.now();
      const lictor = await stage.lictor(address);
      const stream = await stage.follow(lictor, ['fleet', 'nodes']);

      const early = await lictor.readiness();
      expect(early.status).toBe(503);
      expect(early.body.detail).toContain(address);
      const fleet = await lictor.get<FleetBody>('/api/v1/fleet');
      expect(fleet).toMatchObject({ datacenters: [], consul: { address, reachable: false } });
      expect(fleet?.consul.reason).toContain(address);
      const since = Date.parse(fleet?.consul.since ?? '');
      expect(since).toBeGreaterThanOrEqual(startedAtMs - 1);

      await until('/readyz to be 200', async () => (await lictor.readiness()).status === 200);
      expect(Date.now() - startedAtMs).toBeGreaterThanOrEqual(15_000);
      const late = await lictor.get<FleetBody>('/api/v1/fleet');
      expect(Date.parse(late?.consul.since ?? '')).toBe(since);

      await world.startServer('dc1');
      await untilState(lictor, 'dc1', 'live');
      await untilSame(lictor, address, { stream, topics: ['fleet', 'nodes'] });
      expect((await lictor.get<FleetBody>('/api/v1/fleet'))?.consul).toMatchObject({ reachable: true, reason: null });
    }),
  );

  test(
    'a frozen server: its datacenter is stale, then lost, and live again when thawed; the other one never is',
    onStage(async (stage) => {
      const world = await stage.bareWorld(2);
      const { address } = world.consul('dc1');
      const topics = ['fleet', 'nodes', 'service:dc1/near', 'service:dc2/far'];
      await putInstance(world.consul('dc1'), { node: 'edge', service: 'near' });
      await putInstance(world.consul('dc2'), { node: 'edge', service: 'far' });
      const lictor = await stage.lictor(address);
      await lictor.synced();
      const stream = await stage.follow(lictor, topics);
      await untilSame(lictor, address, { stream, topics });

      world.freeze('dc2');
      const stale = await stream.reader.frame('a heartbeat to call dc2 stale', tells('dc2', 'stale'));
      expect(ageIn(stale, 'dc2')).toBeGreaterThan(5_000);
      expect(await freshnessOf(lictor, 'dc2')).toMatchObject({ state: 'stale', reason: expect.any(String) });

      await putInstance(world.consul('dc1'), { node: 'edge', service: 'near', status: 'critical' });
      await stream.reader.frame(
        'a flip in dc1',
        ({ event, data }) => event === 'change' && data.topic === 'service:dc1/near',
      );

      const lost = await stream.reader.frame('a heartbeat to call dc2 lost', tells('dc2', 'lost'));
      expect(ageIn(lost, 'dc2')).toBeGreaterThan(15_000);
      expect(await freshnessOf(lictor, 'dc2')).toMatchObject({ state: 'lost' });
      expect(await lictor.get('/api/v1/services/dc2/far')).toMatchObject({ service: { status: 'passing' } });
      const folded = stream.body('fleet') as FleetBody;
      expect(folded.datacenters.map(({ name, freshness }) => [name, freshness.state])).toEqual([
        ['dc1', 'live'],
        ['dc2', 'lost'],
      ]);

      world.thaw('dc2');
      await putInstance(world.consul('dc2'), { node: 'edge', service: 'far', status: 'warning' });
      await untilState(lictor, 'dc2', 'live');
      await untilSame(lictor, address, { stream, topics });
      // Stale, lost and live are told once each, not again whenever another watch has failed.
      const told = stream.reader.changesOf('fleet').filter(({ change }) => change.key === 'dc2');
      expect(told.length).toBeLessThanOrEqual(8);
      expect(stream.reader.frames.filter(tells('dc1', 'stale'))).toEqual([]);
      expect(stream.reader.frames.filter(tells('dc1', 'lost'))).toEqual([]);
    }),
  );

  test(
    'the asked server frozen: every datacenter is stale, and all is right again when it is thawed',
    onStage(async (stage) => {
      const world = await stage.bareWorld(2);
      const { address } = world.consul('dc1');
      const lictor = await stage.lictor(address);
      await lictor.synced();
      world.freeze('dc1');
      await Promise.all(['dc1', 'dc2'].map((dc) => untilState(lictor, dc, 'stale')));
      await putInstance(world.consul('dc2'), { node: 'edge', service: 'meanwhile' });
      world.thaw('dc1');
      await Promise.all(['dc1', 'dc2'].map((dc) => untilState(lictor, dc, 'live')));
      await untilSame(lictor, address);
    }),
  );

  test(
    'a datacenter cut off from the WAN: it is stale, then lost, while it lives on, and is caught up with when the way is free again',
    onStage(async (stage) => {
      const world = await stage.bareWorld(2, { cuttableWan: true });
      const { address } = world.consul('dc1');
      const topics = ['fleet', 'nodes', 'service:dc2/far'];
      await putInstance(world.consul('dc2'), { node: 'edge', service: 'far' });
      const lictor = await stage.lictor(address);
      await lictor.synced();
      const stream = await stage.follow(lictor, topics);
      await untilSame(lictor, address, { stream, topics });

      world.cutWan();
      await untilState(lictor, 'dc2', 'stale');
      // It is none of its own servers' doing: they take what is written, and know nothing of the cut.
      await putInstance(world.consul('dc2'), { node: 'edge', service: 'far', status: 'critical' });
      await putInstance(world.consul('dc2'), { node: 'edge', service: 'meanwhile' });
      await untilState(lictor, 'dc2', 'lost');
      expect(await freshnessOf(lictor, 'dc2')).toMatchObject({ reason: expect.stringContaining('dc=dc2') });
      expect(await lictor.get('/api/v1/services/dc2/far')).toMatchObject({ service: { status: 'passing' } });
      expect((await lictor.get<FleetBody>('/api/v1/fleet'))?.consul).toMatchObject({ reachable: true });
      await putInstance(world.consul('dc1'), { node: 'edge', service: 'near' });
      await until('what is near to be shown', () => lictor.get('/api/v1/services/dc1/near'));

      world.mendWan();
      await untilState(lictor, 'dc2', 'live');
      await untilSame(lictor, address, { stream, topics }, 60_000);
    }),
    120_000,
  );

  test(
    'an answer that never ends: the others go on, and it is given up and asked again',
    onStage(async (stage) => {
      const world = await stage.bareWorld(1);
      const consul = world.consul('dc1');
      for (const service of ['stuck', 'good']) await putInstance(consul, { node: 'edge', service });
      const proxy = await stage.proxy(consul.address);
      const lictor = await stage.lictor(proxy.address);
      await lictor.synced();
      proxy.spoil(/service\/stuck/, 'endless');
      for (const service of ['stuck', 'good']) await putInstance(consul, { node: 'edge', service, status: 'critical' });
      await until('the good one to fall', async () => {
        const body = await lictor.get('/api/v1/services/dc1/good');
        return JSON.stringify(body).includes('"critical":1');
      });
      expect(await lictor.get('/api/v1/services/dc1/stuck')).toMatchObject({ service: { status: 'passing' } });
      await until('the endless answer to be given up', async () => {
        const { connections, datacenters } = await lictor.system();
        return (connections.errors.timeout ?? 0) > 0 && datacenters[0]?.watchesNotLive === 1;
      });
      proxy.heal();
      await untilSame(lictor, consul.address);
    }),
  );

  test(
    'a datacenter that joins while Lictor runs appears with all that is in it',
    onStage(async (stage) => {
      const world = await stage.bareWorld(2);
      const { address } = world.consul('dc1');
      await putInstance(world.consul('dc2'), { node: 'edge', service: 'far' });
      // Without its memory dc1 does not know of dc2 until that starts again.
      await Promise.all(['dc1', 'dc2'].map((dc) => world.stopServer(dc)));
      await world.node('dc1-server-1').forget();
      await world.startServer('dc1');
      const lictor = await stage.lictor(address);
      await lictor.synced();
      const topics = ['fleet', 'nodes', 'service:dc2/far'];
      const stream = await stage.follow(lictor, topics);
      expect((stream.body('fleet') as FleetBody).datacenters.map(({ name }) => name)).toEqual(['dc1']);

      await world.startServer('dc2');
      await untilState(lictor, 'dc2', 'live');
      const bodies = await untilSame(lictor, address, { stream, topics });
      expect(bodies.services['dc2/far']).toMatchObject({ service: { status: 'passing' } });
    }),
  );
});

function tells(dc: string, state: Freshness['state']) {
  return ({ event, data }: Frame) =>
    event === 'heartbeat' && data.freshness.some((one) => one.dc === dc && one.state === state);
}

function ageIn(frame: Frame, dc: string): number | null | undefined {
  if (frame.event !== 'heartbeat') return undefined;
  return frame.data.freshness.find((one) => one.dc === dc)?.lastContactMs;
}

async function freshnessOf(lictor: LictorUnderTest, dc: string): Promise<Freshness | undefined> {
  const fleet = await lictor.get<FleetBody>('/api/v1/fleet');
  return fleet?.datacenters.find(({ name }) => name === dc)?.freshness;
}

async function untilState(lictor: LictorUnderTest, dc: string, state: Freshness['state']): Promise<void> {
  await until(`${dc} to be ${state}`, async () => (await freshnessOf(lictor, dc))?.state === state, {
    deadlineMs: 30_000,
  });
}

import { expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import { getAsIs } from '@/e2e/harness/get-as-is';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import { recorded } from '@/e2e/harness/recorded';
import { onStage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import type { FleetBody, ServiceBody } from '@/lib/fleet/model';
import type { LanesBody, ReplayBody, TimelineBody } from '@/lib/history/bodies';
import type { TransitionItem } from '@/lib/history/transition-item';
import { foldChange } from '@/lib/stream/fold';

async function get<Body>(lictor: LictorUnderTest, path: string): Promise<Body> {
  const body = await lictor.get<Body>(`/api/v1/${path}`);
  if (body === null) throw new Error(`There is nothing at ${path}.`);
  return body;
}

const statusOf = (fleet: FleetBody, name: string): string | undefined =>
  fleet.datacenters[0]?.services.find((service) => service.name === name)?.status;

test(
  'a real outage has its length in the timeline, the lanes, the transitions, the replay and the fleet of then',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    const lictor = await stage.lictor(consul.address);
    await lictor.synced();
    const own = async (): Promise<TransitionItem[]> => {
      const items = await recorded(lictor, 'dc=dc1&service=web');
      return items.filter(({ subjectKind, kind }) => subjectKind === 'instance' && kind !== 'check');
    };
    const seen = (count: number) => until(`${count} transitions`, async () => (await own()).length === count);
    // What is there when it begins is recorded as it was read, which is not its order.
    await until('the datacenter in the record', async () => (await recorded(lictor, 'service=consul')).length > 0);
    await putInstance(consul, { node: 'edge', service: 'web' });
    await seen(1);
    await putInstance(consul, { node: 'edge', service: 'web', status: 'critical' });
    await seen(2);
    await putInstance(consul, { node: 'edge', service: 'web' });
    await seen(3);

    const [arrived = '', fell = '', rose = ''] = (await own()).map(({ observedAt }) => observedAt);
    const outageMs = Date.parse(rose) - Date.parse(fell);
    const timeline = await get<TimelineBody>(lictor, 'timeline?dc=dc1&service=web');
    expect(timeline.recordedFrom).toBe(arrived);
    expect(timeline.timeInMs.critical).toBe(outageMs);
    const knownMs = Date.parse(timeline.to) - Date.parse(arrived);
    expect(timeline.availability).toBeCloseTo((knownMs - outageMs) / knownMs, 9);
    expect(timeline.buckets.some(({ critical }) => critical === 1)).toBe(true);

    for (const query of ['dc=dc1&service=web', 'dc=dc1&node=edge', 'dc=dc1&filter=name:web']) {
      const { lanes } = await get<LanesBody>(lictor, `lanes?${query}`);
      expect([query, lanes[0]?.bars.filter(({ status }) => status === 'critical')]).toEqual([
        query,
        [{ from: fell, to: rose, status: 'critical' }],
      ]);
    }

    const then = await get<FleetBody>(lictor, `fleet?at=${fell}`);
    expect([statusOf(then, 'web'), then.datacenters[0]?.freshness.state]).toEqual(['critical', 'live']);
    const service = await get<ServiceBody>(lictor, `services/dc1/web?at=${fell}`);
    expect(service.instances).toMatchObject([{ id: 'web', status: 'critical', since: fell, sinceAtLeast: false }]);
    expect(service.instances[0]?.checks.map(({ id, status }) => [id, status])).toContainEqual([
      'web:health',
      'critical',
    ]);

    const replay = await get<ReplayBody>(lictor, `replay?from=${arrived}&to=${rose}`);
    let fleet = replay.snapshot;
    const statuses = [statusOf(fleet, 'web')];
    for (const event of replay.changes) {
      fleet = foldChange(fleet, 'fleet', event) as FleetBody;
      if (statuses.at(-1) !== statusOf(fleet, 'web')) statuses.push(statusOf(fleet, 'web'));
    }
    expect(statuses).toEqual(['passing', 'critical']);
    const now = await get<FleetBody>(lictor, 'fleet');
    const nowRecorded = await get<FleetBody>(lictor, `fleet?at=${timeline.to}`);
    const facts = ({ datacenters }: FleetBody) =>
      datacenters.map(({ name, leader, services }) => [
        name,
        leader,
        services.map(({ key, status, instances, versions, tags }) => ({ key, status, instances, versions, tags })),
      ]);
    expect(facts(nowRecorded)).toEqual(facts(now));

    const { text } = await getAsIs(lictor.url, '/api/v1/transitions?format=jsonl&service=web&order=oldest-first');
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(await recorded(lictor, 'service=web'));

    const odd = encodeURIComponent("x' or 1=1; drop table transition; -- %\u0000");
    for (const query of [
      ...[`dc=${odd}`, `service=${odd}`, `dc=dc1&node=${odd}`, `dc=${odd}&node=${odd}`, `filter=${odd}`],
      ...[`instance=dc1/${odd}/${odd}`, `cursor=${odd}`, `limit=${odd}`, `from=${odd}`, `step=${odd}`, `order=${odd}`],
    ]) {
      for (const route of ['timeline', 'lanes', 'transitions', 'replay']) {
        const { status } = await getAsIs(lictor.url, `/api/v1/${route}?${query}`);
        expect([route, query, status < 500]).toEqual([route, query, true]);
      }
    }
    expect((await recorded(lictor, 'service=web')).length).toBeGreaterThan(3);
  }),
  60_000,
);

import { expect, test } from 'vitest';
import { putInstance, putNodeCheck, removeInstance } from '@/e2e/harness/catalog';
import type { FollowedStream } from '@/e2e/harness/followed-stream';
import { onStage } from '@/e2e/harness/stage';
import { untilSame } from '@/e2e/harness/until-same';
import type { DatacenterRecord, FleetBody, NodesBody, Status } from '@/lib/fleet/model';

const SERVICES = Array.from({ length: 8 }, (_, n) => `web-${n}`);
const NODES = ['edge-1', 'edge-2', 'edge-3', 'edge-4', 'edge-5'];
const TOPICS = ['fleet', 'nodes', 'service:dc1/web-0'];
const SLOW = { deadlineMs: 60_000 };

const dc1 = (stream: FollowedStream) => (stream.body('fleet') as FleetBody).datacenters[0];
const nodeNames = (stream: FollowedStream) =>
  (stream.body('nodes') as NodesBody).datacenters[0]?.nodes.map(({ name }) => name) ?? [];

/** Every status that a record of this key was told to have, in order; `gone` where it was removed. */
const told = (stream: FollowedStream, topic: string, key: string) =>
  stream.reader
    .changesOf(topic)
    .filter(({ change }) => change.key === key)
    .map(({ change }) => (change.op === 'remove' ? 'gone' : (change.value as { status: Status }).status));

test(
  'a lost node takes nothing out of sight; a part of every service, a whole node, everything: unknown first, gone once the leader says so',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    const id = (service: string, node: string) => `${service}-${node}`;
    for (const service of SERVICES)
      for (const node of NODES) await putInstance(consul, { node, service, id: id(service, node) });
    const lictor = await stage.lictor(consul.address);
    await lictor.synced();
    const stream = await stage.follow(lictor, TOPICS);
    const same = () => untilSame(lictor, consul.address, { stream, topics: TOPICS }, SLOW.deadlineMs);
    await same();

    await putNodeCheck(consul, 'edge-1', 'critical', 'Agent not live or unreachable');
    await same();
    expect(
      dc1(stream)
        ?.services.filter(({ name }) => SERVICES.includes(name))
        .map(({ status }) => status),
    ).toEqual(SERVICES.map(() => 'critical'));
    await putNodeCheck(consul, 'edge-1', 'passing');
    await same();
    expect(told(stream, 'fleet', 'dc1/web-0')).not.toContain('unknown');

    // Each service stays in Consul's list, with one instance of five; one of the nodes goes altogether.
    const left = NODES.slice(0, 3);
    await Promise.all([
      ...SERVICES.flatMap((service) => left.map((node) => removeInstance(consul, node, id(service, node)))),
      consul.put('/v1/catalog/deregister', { Node: 'edge-4' }),
    ]);
    await same();
    expect(told(stream, 'service:dc1/web-0', 'dc1/edge-2/web-0-edge-2').slice(-2)).toEqual(['unknown', 'gone']);
    expect(told(stream, 'service:dc1/web-0', 'dc1/edge-4/web-0-edge-4').slice(-2)).toEqual(['unknown', 'gone']);
    expect(nodeNames(stream)).not.toContain('edge-4');
    expect(dc1(stream)?.unconfirmed).toBeNull();

    for (const service of SERVICES) await putInstance(consul, { node: 'edge-1', service, id: id(service, 'edge-1') });
    await same();
    await world.wipeServer('dc1');
    await same();
    const ofDatacenter = stream.reader.changesOf('fleet').filter(({ change }) => change.key === 'dc1');
    const held = ofDatacenter.flatMap(({ change }) => (change.value as DatacenterRecord).unconfirmed ?? []);
    expect(Math.max(...held.map(({ instances }) => instances))).toBeGreaterThanOrEqual(SERVICES.length);
    expect(told(stream, 'fleet', 'dc1/web-7').slice(-2)).toEqual(['unknown', 'gone']);
    expect(dc1(stream)?.services.map(({ name }) => name)).toEqual(['consul']);
  }),
  240_000,
);

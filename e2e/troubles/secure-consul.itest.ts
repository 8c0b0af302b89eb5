import { describe, expect, test } from 'vitest';
import { signCertificate } from '@/e2e/consul/signed-certificate';
import { openTunnel, type Tunnel } from '@/e2e/consul/tunnel';
import { putInstance } from '@/e2e/harness/catalog';
import type { FollowedStream } from '@/e2e/harness/followed-stream';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import { onStage, type Stage } from '@/e2e/harness/stage';
import { untilSame } from '@/e2e/harness/until-same';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import type { FleetBody, FreshnessState } from '@/lib/fleet/model';

const TOPICS = ['fleet', 'nodes', 'service:dc1/web'];
const PATIENCE = { deadlineMs: 45_000 };

describe.concurrent('Consul behind HTTP/2', () => {
  test(
    'a frozen server is stale, then lost, and live again when it is thawed, over as many connections as before',
    onStage(async (stage) => {
      const { world, lictor, stream, tunnel } = await secured(stage);
      const connections = tunnel.open.length;
      expect((await lictor.system()).connections.protocol).toBe('h2');
      world.freeze('dc1');
      await untilHeard(stream, 'stale');
      await untilHeard(stream, 'lost');
      expect(await lictor.get('/api/v1/services/dc1/web')).toMatchObject({ service: { status: 'passing' } });
      world.thaw('dc1');
      await flip(world, 'critical');
      await untilHeard(stream, 'live');
      await untilSame(lictor, world.consul('dc1').address, { stream, topics: TOPICS });
      await until('the connections of the freeze to be gone', () => tunnel.open.length === connections, PATIENCE);
      await until(
        'nothing to be left of the requests of the freeze',
        async () => {
          const { connections: now, datacenters } = await lictor.system();
          return now.queued === 0 && datacenters.every(({ watchesNotLive }) => watchesNotLive === 0);
        },
        PATIENCE,
      );
    }),
    120_000,
  );

  test(
    'a certificate that has expired, and one of another name, are told as what they are; when it is renewed all is well by itself',
    onStage(async (stage) => {
      const { world, lictor, stream, tunnel } = await secured(stage);
      const connections = tunnel.open.length;
      /** New connections meet the new certificate; those that stand are cut, as by a restart. */
      const replace = async (wrong: { days?: number; names?: string[] }) => {
        await signCertificate({ folder: `${world.folder}/tls`, ...wrong });
        await world.consul('dc1').put('/v1/agent/reload');
        for (const socket of Array.from(tunnel.open)) socket.destroy();
      };
      await replace({ days: -1 });
      await untilSaid(lictor, /the certificate has expired; renew it/);
      await flip(world, 'warning');
      expect(await lictor.get('/api/v1/services/dc1/web')).toMatchObject({ service: { status: 'passing' } });
      await untilHeard(stream, 'stale');
      await replace({ names: ['IP:127.0.0.9', 'DNS:elsewhere'] });
      await untilSaid(lictor, /the certificate is for another name.*CONSUL_TLS_SERVER_NAME/);
      await replace({});
      await untilHeard(stream, 'live');
      await untilSame(lictor, world.consul('dc1').address, { stream, topics: TOPICS });
      // Asked once a second, so it may be the last to be well again.
      const reached = async () => (await lictor.get<FleetBody>('/api/v1/fleet'))?.consul.reachable;
      await until('Consul to count as reachable', reached, PATIENCE);
      await until('as many connections as before', () => tunnel.open.length === connections, PATIENCE);
    }),
    120_000,
  );
});

/** Lictor on a Consul by HTTPS, through a tunnel that counts its connections and can cut them. */
async function secured(stage: Stage) {
  const world = await stage.bareWorld(1, { tls: true });
  await flip(world, 'passing');
  const port = Number(new URL(world.datacenters[0]?.serverHttps ?? '').port);
  const tunnel: Tunnel = await stage.opened(openTunnel(() => port));
  const lictor = await stage.lictor(`https://127.0.0.1:${tunnel.port}`, {
    CONSUL_CACERT: world.tls?.ca ?? '',
    CONSUL_TLS_SERVER_NAME: 'server.dc1.consul',
  });
  await lictor.synced();
  // It leads over a connection of its own, made with the first call.
  await until('Lictor to lead', async () => (await lictor.system()).leadership.leads);
  const stream = await stage.follow(lictor, TOPICS);
  await untilSame(lictor, world.consul('dc1').address, { stream, topics: TOPICS });
  return { world, lictor, stream, tunnel };
}

const flip = (world: World, status: 'passing' | 'warning' | 'critical') =>
  putInstance(world.consul('dc1'), { node: 'edge', service: 'web', status });

/** Resolves at a heartbeat from now on that calls dc1 so. */
async function untilHeard({ reader }: FollowedStream, state: FreshnessState): Promise<void> {
  const from = reader.frames.length;
  await until(
    `a heartbeat to call dc1 ${state}`,
    () =>
      reader.frames
        .slice(from)
        .some(({ event, data }) => event === 'heartbeat' && data.freshness.some((one) => one.state === state)),
    PATIENCE,
  );
}

/** Resolves once both what is said of Consul's address and what is said of the datacenter are as wanted. */
async function untilSaid(lictor: LictorUnderTest, sentence: RegExp): Promise<void> {
  await until(
    `the fleet to say ${sentence}`,
    async () => {
      const fleet = await lictor.get<FleetBody>('/api/v1/fleet');
      const reasons = [fleet?.consul.reason, fleet?.datacenters[0]?.freshness.reason];
      if (reasons.every((reason) => reason && sentence.test(reason))) return true;
      throw new Error(`it said ${JSON.stringify(reasons)}`);
    },
    PATIENCE,
  );
}

import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAlive } from './process-alive';
import { startWorld } from './start-world';
import { until } from './until';
import type { World } from './world';

interface Check {
  Node: string;
  CheckID: string;
  ServiceID: string;
  Status: string;
  Output: string;
  Notes: string;
}

let world: World;

beforeAll(async () => {
  world = await startWorld({ datacenters: 2 });
});

afterAll(async () => {
  await world?.stop();
});

/** Resolves with the first check of a datacenter that is as wanted. */
function checkWhere(datacenter: string, what: string, wanted: (check: Check) => boolean): Promise<Check> {
  return until(what, async () => {
    const checks = await world.consul(datacenter).get<Check[]>('/v1/health/state/any');
    return checks.find(wanted);
  });
}

function first(service: string, datacenter: string) {
  const [instance] = world.instances(service, datacenter);
  if (instance === undefined) throw new Error(`No ${service} in ${datacenter}.`);
  return instance;
}

describe('a world', () => {
  test('is one federation whose datacenters all know each other', async () => {
    for (const { name } of world.datacenters) {
      const known = await world.consul(name).get<string[]>('/v1/catalog/datacenters');
      expect(known.toSorted()).toEqual(['dc1', 'dc2']);
      const self = await world.consul(name).get<{ DebugConfig: Record<string, unknown> }>('/v1/agent/self');
      expect(self.DebugConfig.PrimaryDatacenter).toBe('dc1');
    }
  });

  test('stands in the catalog as instances() lists it, at the client agents only', async () => {
    expect(new Set(world.instances().map(({ service }) => service)).size).toBeGreaterThanOrEqual(14);
    for (const { name } of world.datacenters) {
      const listed = world.instances(undefined, name);
      const services = new Set(listed.map(({ service }) => service));
      for (const service of services) {
        const entries = await world
          .consul(name)
          .get<{ Node: string; ServiceID: string; ServiceMeta: Record<string, string> }[]>(
            `/v1/catalog/service/${service}`,
          );
        const found = entries.map(({ Node, ServiceID, ServiceMeta }) => `${Node}/${ServiceID}@${ServiceMeta.version}`);
        const expected = listed.filter((one) => one.service === service);
        expect(found.toSorted()).toEqual(
          expected.map(({ node, id, version }) => `${node}/${id}@${version}`).toSorted(),
        );
        expect(expected.every(({ node }) => node.includes('-client-'))).toBe(true);
      }
    }
  });

  test('answers at each instance by name, version and id', async () => {
    const front = first('front', 'dc1');
    const answer = await fetch(`http://127.0.0.1:${front.port}/`);
    expect(await answer.text()).toBe(`front ${front.version}, instance ${front.id} on ${front.node}\n`);
  });

  test('has sidecars with upstreams, and intentions that allow and deny', async () => {
    const [sidecar] = await world
      .consul('dc1')
      .get<{ ServiceProxy: { Upstreams: { DestinationName: string }[] } }[]>('/v1/catalog/service/front-sidecar-proxy');
    expect(sidecar?.ServiceProxy.Upstreams.map(({ DestinationName }) => DestinationName)).toEqual(['api', 'search']);
    const intentions = await world.consul('dc1').get<{ Action: string }[]>('/v1/connect/intentions');
    expect(new Set(intentions.map(({ Action }) => Action))).toEqual(new Set(['allow', 'deny']));
  });

  test('flips an instance by what its own server answers, and its agent tells Consul', async () => {
    const payment = first('payment', 'dc1');
    const its = (check: Check) => check.Node === payment.node && check.CheckID === `${payment.id}:health`;
    await world.flip(payment, 'warning', 'queue is 80% full');
    const warned = await checkWhere('dc1', 'a warning', (check) => its(check) && check.Status === 'warning');
    expect(warned.Output).toContain('429 Too Many Requests Output: queue is 80% full');
    await world.flip(payment, 'critical', '<script>alert(1)</script>');
    const failed = await checkWhere('dc1', 'a failure', (check) => its(check) && check.Status === 'critical');
    expect(failed.Output).toContain('503 Service Unavailable Output: <script>alert(1)</script>');
    await world.flip(payment, 'passing');
    await checkWhere('dc1', 'a recovery', (check) => its(check) && check.Status === 'passing');
  });

  test('kills an instance, TCP check included, and revives it', async () => {
    const database = first('database', 'dc2');
    const tcp = (check: Check) => check.Node === database.node && check.CheckID === `${database.id}:tcp`;
    await world.kill(database);
    const refused = await checkWhere('dc2', 'a refusal', (check) => tcp(check) && check.Status === 'critical');
    expect(refused.Output).toContain('connection refused');
    await world.revive(database);
    await checkWhere('dc2', 'a connection', (check) => tcp(check) && check.Status === 'passing');
  });

  test('puts an instance and a node into maintenance with a reason, and takes them out', async () => {
    const users = first('users', 'dc1');
    await world.setMaintenance(users, 'disk is replaced');
    await world.setNodeMaintenance('dc2-client-1', 'kernel update');
    const service = await checkWhere(
      'dc1',
      'maintenance',
      ({ CheckID }) => CheckID === `_service_maintenance:${users.id}`,
    );
    expect(service.Notes).toBe('disk is replaced');
    const node = await checkWhere('dc2', 'node maintenance', ({ CheckID }) => CheckID === '_node_maintenance');
    expect(node).toMatchObject({ Node: 'dc2-client-1', Notes: 'kernel update', Status: 'critical' });
    await world.setMaintenance(users, null);
    await world.setNodeMaintenance('dc2-client-1', null);
    await world.allPassing();
  });

  test('rolls a version out without ever having fewer instances', async () => {
    const before = world.instances('mail', 'dc1').length;
    const counts: number[] = [];
    const fresh = await world.deploy('mail', '1.6.0', {
      pause: async () => {
        const mails = await world.consul('dc1').get<unknown[]>('/v1/health/service/mail?passing');
        counts.push(mails.length);
      },
    });
    expect(fresh.map(({ version }) => version)).toEqual(Array.from({ length: before }, () => '1.6.0'));
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(before);
    await until('the old instances to be gone', async () => {
      const mails = await world.consul('dc1').get<{ ServiceID: string }[]>('/v1/catalog/service/mail');
      return mails.length === before && mails.every(({ ServiceID }) => fresh.some(({ id }) => id === ServiceID));
    });
  });

  test('loses a node and gets it back with its services', async () => {
    await world.loseNode('dc2-client-2');
    const serf = (check: Check) => check.Node === 'dc2-client-2' && check.CheckID === 'serfHealth';
    await checkWhere('dc2', 'the loss', (check) => serf(check) && check.Status === 'critical');
    await world.returnNode('dc2-client-2');
    await checkWhere('dc2', 'the return', (check) => serf(check) && check.Status === 'passing');
    await world.allPassing();
  });

  test('freezes a server, which then answers nothing until it is thawed', async () => {
    world.freeze('dc2');
    await expect(world.consul('dc2').get('/v1/status/leader', 500)).rejects.toThrow(/timeout/);
    world.thaw('dc2');
    await until('dc2 to answer', () => world.node('dc2-server-1').leaderOf('dc2'));
  });

  test('wipes a server: its index goes back, and its agents register again what they know', async () => {
    const index = async () => {
      const { headers } = await world.consul('dc2').request('GET', '/v1/catalog/services');
      return Number(headers.get('x-consul-index'));
    };
    const before = await index();
    await world.wipeServer('dc2');
    await until('the first index', async () => (await index()) > 0);
    expect(await index()).toBeLessThan(before);
    await world.allPassing();
  });

  test('leaves no process and no file after stop, which can be called twice', async () => {
    const pids = world.pids();
    expect(pids.length).toBe(2 * 3 + 2 + 1);
    await Promise.all([world.stop(), world.stop()]);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(existsSync(world.folder)).toBe(false);
  });
});

import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import { onStage, type Stage } from '@/e2e/harness/stage';
import { startWorld } from '@/e2e/world/start-world';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import type { FleetBody, FleetDatacenter } from '@/lib/fleet/model';
import { EnterpriseFront } from './enterprise-front';

/** A federation with TLS and ACLs. */
let secure: World;
/** Two datacenters that know each other and none of the federation; one address serves both. */
let plain: World;

beforeAll(async () => {
  const bare = { clientsPerDatacenter: 0, shop: false };
  [secure, plain] = await Promise.all([
    startWorld({ ...bare, names: ['dc1', 'dc4'], tls: true, acl: true }),
    startWorld({ ...bare, names: ['dc2', 'dc3'] }),
  ]);
  await Promise.all([
    putInstance(secure.consul('dc1'), { node: 'n1', service: 'vault' }),
    putInstance(secure.consul('dc4'), { node: 'n4', service: 'ledger' }),
    putInstance(plain.consul('dc2'), { node: 'n2', service: 'web' }),
    putInstance(plain.consul('dc3'), { node: 'n3', service: 'api' }),
  ]);
});

afterAll(async () => {
  await Promise.all([secure?.stop(), plain?.stop()]);
});

const secureEntry = () => ({
  address: secure.datacenters[0]?.serverHttps,
  token: secure.tokens?.read,
  tls: { caFile: secure.tls?.ca },
  maxConnections: 32,
});
const plainAddress = () => plain.datacenters[0]?.serverHttp ?? '';
const plainEntry = () => ({ address: plainAddress() });

/** Lictor with this file of datacenters, whatever the variables of a single address say. */
async function lictorWith(stage: Stage, entries: Record<string, object>): Promise<LictorUnderTest> {
  const file = path.join(plain.folder, `${randomUUID()}.json`);
  await writeFile(file, JSON.stringify(entries));
  return stage.lictor('http://127.0.0.1:1', { LICTOR_DATACENTERS: file });
}

async function fleetOf(lictor: LictorUnderTest): Promise<FleetDatacenter[]> {
  return (await lictor.get<FleetBody>('/api/v1/fleet'))?.datacenters ?? [];
}

async function datacenter(lictor: LictorUnderTest, name: string): Promise<FleetDatacenter> {
  const found = (await fleetOf(lictor)).find((dc) => dc.name === name);
  if (!found) throw new Error(`${name} is not shown.`);
  return found;
}

/** Without that of the servers, which a leader enters a moment after its election. */
const servicesOf = ({ services }: FleetDatacenter): string[] =>
  services.map(({ name }) => name).filter((name) => name !== 'consul');

const inState = (lictor: LictorUnderTest, name: string, state: FleetDatacenter['freshness']['state']) =>
  until(
    `${name} to be ${state}`,
    async () => {
      const found = await datacenter(lictor, name);
      if (found.freshness.state !== state) throw new Error(`${found.freshness.state}: ${found.freshness.reason}`);
      return found;
    },
    { deadlineMs: 60_000 },
  );

const statusOf = (lictor: LictorUnderTest, dc: string, service: string, status: string) =>
  until(
    `${service} of ${dc} to be ${status}`,
    async () => (await datacenter(lictor, dc)).services.some((one) => one.name === service && one.status === status),
    { deadlineMs: 40_000 },
  );

// Both wait for an address to be lost, and neither disturbs what the other reads.
test.concurrent(
  'each datacenter is read at its own address; one that stops and starts again costs the others nothing',
  onStage(async (stage) => {
    const lictor = await lictorWith(stage, { dc1: secureEntry(), dc2: plainEntry(), dc3: plainEntry() });
    await lictor.synced();
    for (const name of ['dc1', 'dc2', 'dc3']) await inState(lictor, name, 'live');
    expect((await fleetOf(lictor)).map((dc) => [dc.name, servicesOf(dc)])).toEqual([
      ['dc1', ['vault']],
      ['dc2', ['web']],
      ['dc3', ['api']],
    ]);

    const { addresses, connections } = await lictor.system();
    expect(addresses.map(({ address, datacenters }) => [address, datacenters])).toEqual([
      [secureEntry().address, ['dc1']],
      [plainAddress(), ['dc2', 'dc3']],
    ]);
    expect(addresses.map(({ protocol, fullBudget }) => [protocol, fullBudget])).toEqual([
      ['h2', 32],
      // Half of what the agent allows one client: the two datacenters share it.
      ['http/1.1', 100],
    ]);
    for (const { open, budget } of addresses) expect(open).toBeLessThanOrEqual(budget);
    expect(connections.fullBudget).toBe(132);

    await secure.stopServer('dc1');
    const lost = await inState(lictor, 'dc1', 'lost');
    expect(lost.freshness.reason).toContain(`${secureEntry().address}`);
    expect(servicesOf(lost)).toEqual(['vault']);
    await putInstance(plain.consul('dc2'), { node: 'n2', service: 'web', status: 'critical' });
    await statusOf(lictor, 'dc2', 'web', 'critical');
    for (const name of ['dc2', 'dc3']) await inState(lictor, name, 'live');
    expect((await lictor.readiness()).status).toBe(200);
    const { consul, addresses: reached } = await until('the other address to answer', async () => {
      const system = await lictor.system();
      return system.addresses[1]?.reachable && system;
    });
    const [away, ...here] = reached;
    expect(consul.reachable).toBe(true);
    expect(away).toMatchObject({ reachable: false, reason: expect.stringContaining(`${secureEntry().address}`) });
    expect(here).toMatchObject([{ reachable: true, reason: null }]);

    await secure.startServer('dc1');
    await inState(lictor, 'dc1', 'live');
    await putInstance(secure.consul('dc1'), { node: 'n1', service: 'vault', status: 'warning' });
    await statusOf(lictor, 'dc1', 'vault', 'warning');

    const pages = ['/api/v1/fleet', '/api/v1/system', '/readyz', '/metrics'].map((page) => fetch(lictor.url + page));
    for (const page of await Promise.all(pages)) expect(await page.text()).not.toContain(secure.tokens?.read);
  }),
  180_000,
);

test.concurrent(
  'nothing but the named datacenters is read, and what cannot be read there says why without holding up the rest',
  onStage(async (stage) => {
    const nobody = 'http://127.0.0.1:1';
    // The second is served by its address, which knows dc3 too; the third is not known there.
    const lictor = await lictorWith(stage, { dc1: { address: nobody }, dc2: plainEntry(), dc9: plainEntry() });
    const ready = await until(
      'Lictor to be ready without the two',
      async () => {
        const { status, body } = await lictor.readiness();
        return status === 200 && body;
      },
      { deadlineMs: 60_000 },
    );
    expect(ready.datacenters.map(({ name, state }) => [name, state])).toEqual([
      ['dc1', 'unreachable'],
      ['dc2', 'synced'],
      ['dc9', 'unreachable'],
    ]);
    expect(ready.datacenters[0]?.reason).toContain(nobody);
    expect(ready.datacenters[2]?.reason).toContain('No path to datacenter');
    expect((await fleetOf(lictor)).map(({ name }) => name)).toEqual(['dc1', 'dc2', 'dc9']);
    expect(servicesOf(await datacenter(lictor, 'dc2'))).toEqual(['web']);
  }),
  120_000,
);

test.each([
  ['a namespace', 'CONSUL_NAMESPACE'],
  ['a partition, which 1.8 would pass over without a word', 'CONSUL_PARTITION'],
])(
  '%s is not asked for where Consul has none: the datacenters are denied, and say so',
  (_, variable) =>
    onStage(async (stage) => {
      const lictor = await stage.lictor(plainAddress(), { [variable]: 'team' });
      await until('both datacenters', async () => (await fleetOf(lictor)).length === 2, { deadlineMs: 40_000 });
      for (const name of ['dc2', 'dc3']) {
        const { freshness, services } = await inState(lictor, name, 'denied');
        expect(freshness.reason).toMatch(new RegExp(`^${variable} cannot be asked for: Consul 1\\..* no Enterprise`));
        expect(services).toEqual([]);
      }
      expect((await lictor.readiness()).status).toBe(200);
    })(),
  90_000,
);

test(
  'a token that may not read the version is answered by what Consul says to a namespace',
  onStage(async (stage) => {
    const consul = secure.consul('dc1');
    const rules = 'service_prefix "" { policy = "read" }\nnode_prefix "" { policy = "read" }';
    await consul.put('/v1/acl/policy', { Name: 'no-agent', Rules: rules });
    const { SecretID } = await consul.put<{ SecretID: string }>('/v1/acl/token', { Policies: [{ Name: 'no-agent' }] });
    const lictor = await stage.lictor(secure.datacenters[0]?.serverHttp ?? '', {
      CONSUL_HTTP_TOKEN: SecretID,
      CONSUL_NAMESPACE: 'team',
    });
    await until('its datacenters', async () => (await fleetOf(lictor)).length === 2, { deadlineMs: 40_000 });
    const { freshness } = await inState(lictor, 'dc1', 'denied');
    expect(freshness.reason).toMatch(/^CONSUL_NAMESPACE cannot be asked for: Consul at .* no Enterprise/);
  }),
  90_000,
);

test(
  'datacenters behind one address are read each with its own token, which the other does not know',
  onStage(async (stage) => {
    const localToken = async (dc: string): Promise<string> => {
      // The policy comes to another datacenter by replication.
      const token = await until(`${dc} to know the policy`, () =>
        secure
          .consul(dc)
          .put<{ SecretID: string }>('/v1/acl/token', { Local: true, Policies: [{ Name: 'world-read' }] }),
      );
      return token.SecretID;
    };
    const address = secure.datacenters[0]?.serverHttp;
    const lictor = await lictorWith(stage, {
      dc1: { address, token: await localToken('dc1') },
      dc4: { address, token: await localToken('dc4') },
    });
    await lictor.synced();
    for (const [name, service] of [
      ['dc1', 'vault'],
      ['dc4', 'ledger'],
    ] as const) {
      const live = await inState(lictor, name, 'live');
      expect([live.partial, servicesOf(live)]).toEqual([false, [service]]);
    }
    expect((await lictor.system()).addresses).toHaveLength(1);
  }),
  90_000,
);

test(
  'of an Enterprise agent everything that has a namespace or a partition is asked for in those that are set',
  onStage(async (stage) => {
    const front = await EnterpriseFront.open(plainAddress());
    try {
      const lictor = await stage.lictor(front.address, { CONSUL_NAMESPACE: 'team', CONSUL_PARTITION: 'east' });
      await lictor.synced();
      await inState(lictor, 'dc2', 'live');
      const asked = (path: RegExp) => {
        const urls = front.asked.filter(({ pathname }) => path.test(pathname));
        const tenancies = urls.map(({ searchParams }) =>
          [searchParams.get('ns'), searchParams.get('partition')].join(),
        );
        return [...new Set(tenancies)];
      };
      expect(asked(/^\/v1\/(catalog\/services|health\/service\/web)$/)).toEqual(['team,east']);
      expect(asked(/^\/v1\/catalog\/nodes$/)).toEqual([',east']);
      // The nodes' own checks are nobody's.
      expect(asked(/^\/v1\/health\/state\/any$/)).toEqual(['default,east']);
      expect(asked(/^\/v1\/(status|agent|operator|catalog\/datacenters)/)).toEqual([',']);
    } finally {
      await front.close();
    }
  }),
  90_000,
);

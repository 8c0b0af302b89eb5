import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld } from '@/e2e/world/start-world';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import { ConsulClient } from '@/server/consul/consul-client';
import { decodeAgentSelf } from '@/server/consul/decode/agent-self';
import { decodeNodes } from '@/server/consul/decode/catalog-nodes';
import { decodeServices } from '@/server/consul/decode/catalog-services';
import { decodeDatacenters } from '@/server/consul/decode/datacenters';
import { decodeChecks } from '@/server/consul/decode/health-state';
import { decodeLeader } from '@/server/consul/decode/leader';
import { decodeMembers } from '@/server/consul/decode/members';
import { http1Transport } from '@/server/consul/http1-transport';
import { read } from '@/server/consul/read';
import type { ConsulAnswer, ConsulTransport } from '@/server/consul/transport';

describe('calls to two real datacenters', () => {
  let world: World;
  let client: ConsulClient;
  let transport: ConsulTransport;

  beforeAll(async () => {
    world = await startWorld({ datacenters: 2, clientsPerDatacenter: 1, shop: false });
    const address = world.datacenters[0]?.serverHttp ?? '';
    client = new ConsulClient({ address });
    transport = http1Transport({ address, maxConnections: 16 });
  });
  afterAll(async () => {
    client?.close();
    await transport?.close();
    await world?.stop();
  });

  it('compares and sets, and says when it lost', async () => {
    const key = 'lictor/a b/支付';
    expect(await client.getKey(key)).toBeNull();
    expect(await client.setKey(key, 'one', 0)).toBe(true);
    expect(await client.setKey(key, 'two', 0)).toBe(false);
    const entry = await client.getKey(key);
    expect(entry).toMatchObject({ key, value: 'one' });
    expect(await client.setKey(key, '', entry?.modifyIndex ?? 0)).toBe(true);
    expect((await client.getKey(key))?.value).toBe('');
    expect(await client.deleteKey(key, entry?.modifyIndex ?? 0)).toBe(false);
    expect(await client.deleteKey(key, (await client.getKey(key))?.modifyIndex ?? 0)).toBe(true);
    expect(await client.getKey(key)).toBeNull();
  });

  it('writes where it is told', async () => {
    expect(await client.setKey('there', 'x', 0, 'dc2')).toBe(true);
    expect(await client.getKey('there')).toBeNull();
    expect((await client.getKey('there', 'dc2'))?.value).toBe('x');
    await expect(client.getKey('there', 'dc9')).rejects.toMatchObject({ kind: 'status', status: 500 });
  });

  it('keeps a session until it ends it', async () => {
    const id = await client.createSession({ name: 'lictor', ttlSeconds: 10, lockDelaySeconds: 0 });
    expect(await client.renewSession(id)).toBe(true);
    await client.destroySession(id);
    expect(await client.renewSession(id)).toBe(false);
  });

  it('puts a node into maintenance for a reason, and takes it out', async () => {
    const node = world.node('dc2-client-1');
    const own = new ConsulClient({ address: node.http });
    const maintenance = async () => {
      const { value } = await readAs('/v1/health/node/dc2-client-1', decodeChecks, 'dc2');
      return value.entries.find((check) => check.CheckID === '_node_maintenance');
    };
    await own.setNodeMaintenance('a <b>drill</b>');
    await until('the maintenance', async () => (await maintenance())?.Notes === 'a <b>drill</b>');
    await own.setNodeMaintenance(null);
    await until('the end of the maintenance', async () => (await maintenance()) === undefined);
    own.close();
  });

  it('reads the same of datacenters and agent both ways', async () => {
    expect([...(await client.datacenters())].sort()).toEqual(['dc1', 'dc2']);
    expect(await client.datacenters()).toEqual((await readAs('/v1/catalog/datacenters', decodeDatacenters)).value);
    const self = await client.agentSelf();
    expect(self).toMatchObject({ datacenter: 'dc1', primaryDatacenter: 'dc1', maxConnectionsPerClient: 200 });
    expect(self).toEqual((await readAs('/v1/agent/self', decodeAgentSelf)).value);
  });

  it('decodes each kind of answer without a failure, of both datacenters', async () => {
    for (const dc of ['dc1', 'dc2']) {
      const nodes = (await readAs('/v1/catalog/nodes', decodeNodes, dc)).value;
      expect(nodes.entries.map(({ Node }) => Node).sort()).toEqual([`${dc}-client-1`, `${dc}-server-1`]);
      // The leader enters its own service a moment after it was elected.
      const services = await until(`the service of the servers of ${dc}`, async () => {
        const { value } = await readAs('/v1/catalog/services', decodeServices, dc);
        return (value.entries.length > 0 || value.failures.length > 0) && value;
      });
      expect(services).toEqual({ entries: [{ name: 'consul', tags: [] }], failures: [] });
      const checks = (await readAs('/v1/health/state/any', decodeChecks, dc)).value;
      expect(checks.entries.every((check) => check.CheckID === 'serfHealth' && check.ServiceID === '')).toBe(true);
      expect(checks.entries).toHaveLength(2);
      expect((await readAs('/v1/status/leader', decodeLeader, dc)).value).toMatch(/^127\.0\.0\.1:\d+$/);
      expect([nodes.failures, checks.failures]).toEqual([[], []]);
    }
    const members = (await readAs('/v1/agent/members', decodeMembers)).value;
    expect(members.failures).toEqual([]);
    expect(members.entries.map(({ name, server, status }) => [name, server, status]).sort()).toEqual([
      ['dc1-client-1', false, 'alive'],
      ['dc1-server-1', true, 'alive'],
    ]);
  });

  it('says which datacenter it knows no way to', async () => {
    const error = await readAs('/v1/status/leader', decodeLeader, 'dc9').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'status', status: 500 });
    expect(String(error)).toContain('GET /v1/status/leader?dc=dc9');
    expect(String(error)).toContain('"No path to datacenter"');
  });

  function readAs<Value>(path: string, decode: (answer: ConsulAnswer) => Value, dc?: string) {
    return read(transport, { path, decode, timeoutMs: 5_000, ...(dc !== undefined && { query: { dc } }) });
  }
});

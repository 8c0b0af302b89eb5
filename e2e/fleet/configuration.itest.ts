import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Stage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import type { ConfigurationChange, ConfigurationFact } from '@/lib/configuration/configuration-fact';
import { systemClock } from '@/server/consul/clock';
import { datacenterTransport } from '@/server/consul/datacenter-transport';
import { http1Transport } from '@/server/consul/http1-transport';
import { tokenSource } from '@/server/consul/token-source';
import { askPlace } from '@/server/fleet/configuration/ask-place';
import type { ConfigurationScope } from '@/server/fleet/configuration/configuration-source';
import { ConfigurationWatch } from '@/server/fleet/configuration/configuration-watch';
import { Federations } from '@/server/fleet/configuration/federations';

const ALL =
  'service_prefix "" { policy = "read" intentions = "read" }\nkey_prefix "app/" { policy = "read" }\nagent_prefix "" { policy = "read" }';
const NOTHING = 'node_prefix "" { policy = "read" }';

const stage = new Stage();
let world: World;

beforeAll(async () => {
  world = await stage.bareWorld(2, { acl: true, clientsPerDatacenter: 1 });
  const consul = world.consul('dc1');
  await consul.put('/v1/config', { Kind: 'service-defaults', Name: 'web', Protocol: 'tcp' });
  await consul.put('/v1/kv/app/web', { version: '1.4.1', password: 'hunter2' });
});

afterAll(() => stage.clear());

async function tokenWith(rules: string): Promise<string> {
  const consul = world.consul('dc1');
  const Name = `rules-${randomUUID()}`;
  await consul.put('/v1/acl/policy', { Name, Rules: rules });
  return (await consul.put<{ SecretID: string }>('/v1/acl/token', { Policies: [{ Name }] })).SecretID;
}

/** Both datacenters through one agent, the server of dc1 by default, with the token of a file. */
async function watching(rules: string, address = world.datacenters[0]?.serverHttp ?? '') {
  const file = join(world.folder, `token-${randomUUID()}`);
  await writeFile(file, await tokenWith(rules));
  const token = tokenSource(null, file);
  const inner = http1Transport({ address, maxConnections: 64 });
  const transport = datacenterTransport(inner, { token, tenancy: null });
  const changes: ConfigurationChange[] = [];
  const before: ConfigurationFact[] = [];
  const complete: string[] = [];
  const common = { transport, clock: systemClock, random: Math.random };
  const federations = new Federations(() => systemClock.now());
  const listener = {
    baseline: (_dc: string, facts: readonly ConfigurationFact[]) => before.push(...facts),
    changed: (change: ConfigurationChange) => changes.push(change),
    complete: (dc: string, { subject }: ConfigurationScope) => complete.push(`${dc} ${subject}`),
  };
  const stopAsking = askPlace({ ...common, federations });
  const watches = ['dc1', 'dc2'].map(
    (dc) =>
      new ConfigurationWatch({
        ...common,
        dc,
        waitMs: () => 20_000,
        mayWait: () => true,
        kvPrefixes: ['app/'],
        federations,
        listener,
      }),
  );
  const judge = setInterval(() => {
    for (const one of watches) one.tick();
  }, 50);
  await stage.opened(
    Promise.resolve({
      close: async () => {
        clearInterval(judge);
        stopAsking();
        for (const one of watches) one.stop();
        await inner.close();
      },
    }),
  );
  const change = (name: string, op = 'put') =>
    until(`the change of ${name}`, () => changes.find((one) => one.name === name && one.op === op));
  const grant = async (rules_: string) => {
    await writeFile(file, await tokenWith(rules_));
    // The file is looked at once a second.
    const known = token();
    await until('the token to be another', () => token() !== known);
    for (const one of watches) one.retryNow();
  };
  return { changes, before, complete, watches, change, grant };
}

test('entries, intentions and keys under a prefix are told when they come, change and go, once in a federation; values never', async () => {
  const { changes, before, complete, watches, change } = await watching(ALL);
  await until(
    'all to be read',
    () => watches.flatMap(({ readings }) => readings).filter(({ readAt }) => readAt).length === 4,
    { deadlineMs: 45_000 },
  );
  expect(watches.map(({ size }) => size)).toEqual([3, 1]);
  expect(before.map(({ dc, name }) => `${dc} ${name}`).sort()).toEqual(['dc1 app/web', 'dc1 service-defaults/web']);
  expect(changes).toEqual([]);
  const scopes = ['dc1 config-entry', 'dc1 intention', 'dc1 kv', 'dc2 kv'];
  // A datacenter that does not know the new policy yet says no, and is asked again after 30 s.
  await until(
    'all to be known to be complete',
    () => {
      expect([...complete].sort()).toEqual(scopes);
      return true;
    },
    { deadlineMs: 45_000 },
  );

  const consul = world.consul('dc1');
  await consul.put('/v1/config', { Kind: 'service-defaults', Name: 'web', Protocol: 'http' });
  expect(await change('service-defaults/web')).toMatchObject({
    ...{ dc: 'dc1', subject: 'config-entry', key: 'dc1/service-defaults/web', summary: 'Protocol: tcp → http' },
    ...{ merged: false, index: expect.any(Number), modifyIndex: expect.any(Number) },
  });
  await consul.delete('/v1/config/service-defaults/web');
  expect(await change('service-defaults/web', 'remove')).toMatchObject({ to: null, modifyIndex: null });

  const intention = { SourceName: 'web', DestinationName: 'api/v2', SourceType: 'consul' };
  const { ID } = await consul.post<{ ID: string }>('/v1/connect/intentions', { ...intention, Action: 'allow' });
  expect(await change('web => api/v2')).toMatchObject({ key: 'dc1/web/api%2Fv2', from: null });
  await consul.put(`/v1/connect/intentions/${ID}`, { ...intention, Action: 'deny' });
  await until('the change of the intention', () => changes.some(({ summary }) => summary === 'Action: allow → deny'));

  await consul.put('/v1/kv/other/key', 'unseen');
  await consul.put('/v1/kv/app/web', { version: '1.4.2', password: 'hunter3' });
  const { to } = await change('app/web');
  expect(JSON.parse(to?.content ?? '')).toEqual({ digest: to?.digest, bytes: 40, version: '1.4.2' });
  await world.consul('dc2').put('/v1/kv/app/there', 'x');
  expect(await change('app/there')).toMatchObject({ dc: 'dc2', subject: 'kv' });
  await consul.delete('/v1/kv/app/web');
  await change('app/web', 'remove');

  expect(JSON.stringify([changes, before])).not.toContain('hunter');
  // Nothing but what was done, and the copies of the federation tell nothing.
  expect(changes.map(({ name, op }) => `${op} ${name}`)).toEqual([
    ...['put service-defaults/web', 'remove service-defaults/web', 'put web => api/v2', 'put web => api/v2'],
    ...['put app/web', 'put app/there', 'remove app/web'],
  ]);
}, 150_000);

test('a right that is missing is a reading with its rule; what it hides is not gone, and what it shows again is not new', async () => {
  const consul = world.consul('dc1');
  await consul.put('/v1/config', { Kind: 'service-defaults', Name: 'kept', Protocol: 'http' });
  await consul.put('/v1/config', { Kind: 'service-defaults', Name: 'removed', Protocol: 'http' });
  const { changes, watches, before, grant, change } = await watching(ALL);
  await until('all to be read', () => before.some(({ name }) => name === 'service-defaults/kept'));
  await grant(NOTHING);
  const readingOf = (path: string) => watches[0]?.readings.find(({ source }) => source === path);
  await until(
    'the missing rules to be named',
    () => readingOf('/v1/config/')?.missingRule === 'service_prefix "" { policy = "read" }',
  );
  await until(
    'that of the keys too',
    () => readingOf('/v1/kv/app/')?.missingRule === 'key_prefix "app/" { policy = "read" }',
  );
  expect(readingOf('/v1/config/')?.problem).toContain('may not read all');
  await consul.delete('/v1/config/service-defaults/removed');
  await consul.put('/v1/config', { Kind: 'service-defaults', Name: 'added', Protocol: 'http' });
  await grant(ALL);
  await change('service-defaults/removed', 'remove');
  await until('no rule to be missing', () => readingOf('/v1/config/')?.missingRule === null);
  await until('all to be known', () => watches[0]?.current().some(({ name }) => name === 'service-defaults/added'));
  expect(changes.map(({ name, op }) => `${op} ${name}`).sort()).toEqual(['remove service-defaults/removed']);
});

test('entries are told too by agents that cannot list all kinds at once: a client agent, and a server of another datacenter', async () => {
  const consul = world.consul('dc1');
  const addresses = [world.node('dc1-client-1').http, world.datacenters[1]?.serverHttp ?? ''];
  for (const [number, address] of addresses.entries()) {
    const name = `asked-${number}`;
    await consul.put('/v1/config', { Kind: 'service-resolver', Name: name });
    const { before, change, complete } = await watching(ALL, address);
    await until('what is there to be read', () => before.some((fact) => fact.name === `service-resolver/${name}`));
    await until(
      'it to be known to be all',
      () => complete.filter((scope) => scope === 'dc1 config-entry').length === 7,
    );
    await consul.put('/v1/config', { Kind: 'service-defaults', Name: name, Protocol: 'http' });
    expect(await change(`service-defaults/${name}`)).toMatchObject({ dc: 'dc1', from: null });
    await consul.delete(`/v1/config/service-defaults/${name}`);
    expect(await change(`service-defaults/${name}`, 'remove')).toMatchObject({ to: null });
  }
}, 60_000);

import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Stage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import { ContenderUnderTest } from './contender';

/** What docs/leadership.md asks an operator to grant to the token that writes. */
const WRITE_POLICY = 'session_prefix "" { policy = "write" }\nkey_prefix "lictor/" { policy = "write" }';
/** What docs/acl.md asks for the token that reads. */
const READ_POLICY = 'service_prefix "" { policy = "read" }\nnode_prefix "" { policy = "read" }';

const stage = new Stage();
let world: World;

beforeAll(async () => {
  world = await stage.bareWorld(2, { acl: true });
});

afterAll(() => stage.clear());

async function tokenWith(rules: string): Promise<{ AccessorID: string; SecretID: string }> {
  const consul = world.consul('dc1');
  const Name = `rules-${randomUUID()}`;
  await consul.put('/v1/acl/policy', { Name, Rules: rules });
  return consul.put('/v1/acl/token', { Policies: [{ Name }] });
}

async function tokenFile(token: string): Promise<string> {
  const file = join(world.folder, `token-${randomUUID()}`);
  await writeFile(file, `${token}\n`);
  return file;
}

/** Asks the server of dc2, and has its home in dc1. */
const contender = (group: string, env: Record<string, string>) =>
  stage.opened(
    ContenderUnderTest.open(world.datacenters[1]?.serverHttp ?? '', {
      ...{ name: 'one', group },
      env: { LICTOR_HOME_DATACENTER: 'dc1', ...env },
    }),
  );

const keysIn = (dc: string) =>
  world
    .consul(dc)
    .get<string[]>('/v1/kv/lictor/?keys')
    .catch(() => []);

test('without a token to write with Lictor leads alone, says why, and writes nothing, whatever its other token may do', async () => {
  const one = await contender('none', { CONSUL_HTTP_TOKEN: world.tokens?.management ?? '' });
  await until('it to lead', () => one.leads);
  expect(one.state).toMatchObject({ by: 'alone', reason: expect.stringContaining('LICTOR_WRITE_TOKEN_FILE') });
  expect([await keysIn('dc1'), await keysIn('dc2')]).toEqual([[], []]);
});

test('the documented policy is enough to lead by a session in a home datacenter that is not the asked one, and the loss of it is noticed', async () => {
  const token = await tokenWith(WRITE_POLICY);
  const file = await tokenFile(token.SecretID);
  const one = await contender('least', {
    CONSUL_HTTP_TOKEN: (await tokenWith(READ_POLICY)).SecretID,
    LICTOR_WRITE_TOKEN_FILE: file,
  });
  await until('it to lead by a session', () => one.leads && one.state.by === 'session');
  expect(await keysIn('dc1')).toEqual(['lictor/leader/default/least']);
  expect(await keysIn('dc2')).toEqual([]);
  const [entry] = await world.consul('dc1').get<{ Value: string }[]>('/v1/kv/lictor/leader/default/least');
  const value = Buffer.from(entry?.Value ?? '', 'base64').toString();
  expect(value).toContain('http://one.example');
  expect(value).not.toContain(token.SecretID);

  await world.consul('dc1').delete(`/v1/acl/token/${token.AccessorID}`);
  await until('it to lead alone', () => one.leads && one.state.by === 'alone', { deadlineMs: 60_000 });
  expect(one.state.reason).toMatch(/token/);
  await writeFile(file, `${(await tokenWith(WRITE_POLICY)).SecretID}\n`);
  await until('it to lead by a session again', () => one.leads && one.state.by === 'session', { deadlineMs: 45_000 });
}, 150_000);

test('a token that may not do it is told what it lacks', async () => {
  const file = await tokenFile((await tokenWith('session_prefix "" { policy = "write" }')).SecretID);
  const one = await contender('lacking', { LICTOR_WRITE_TOKEN_FILE: file });
  await until('it to lead', () => one.leads);
  expect(one.state).toMatchObject({
    by: 'alone',
    reason: expect.stringContaining('key "lictor/leader/default/lacking"'),
  });
});

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { onStage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import { SplitClient } from './split-client';
import { putVersions, writableSplits } from './writable';

const shares = { '1': 90, '2': 10 };
const wish = { mechanism: 'policy', shares } as const;

test(
  'read-only no route writes; where others can reach it, or a datacenter is not live, writes are refused with the reason',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    await putVersions(consul, 'web', ['1', '1', '2']);
    const own = async () =>
      (await consul.get<string[]>('/v1/kv/?keys').catch(() => [])).filter((key) => key !== 'lictor/leader');

    const readOnly = await stage.lictor(consul.address, { LICTOR_READ_ONLY: '1' });
    await readOnly.synced();
    const reader = new SplitClient(readOnly.url);
    const { etag, body } = await reader.split('dc1', 'web');
    expect(body.writeRefusal).toContain('LICTOR_READ_ONLY');
    const tried = [
      await reader.write('dc1', 'web', wish, etag),
      await reader.preview('dc1', 'web', wish),
      ...(await Promise.all(
        (['undo', 'adopt', 'put-back'] as const).map((verb) => reader.verb('dc1', 'web', verb, etag)),
      )),
    ];
    expect(tried.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);

    const open = await stage.lictor(consul.address, { HOST: '0.0.0.0', LICTOR_ALLOW_OPEN: '1' });
    await open.synced();
    const anybody = new SplitClient(open.url.replace('0.0.0.0', '127.0.0.1'));
    const refused = await anybody.move('dc1', 'web', wish);
    expect([refused.status, refused.body.type]).toEqual([403, 'urn:lictor:problem:writes-closed']);
    expect(refused.body.detail).toContain('LICTOR_AUTH');
    expect((await anybody.preview('dc1', 'web', wish)).status).toBe(200);
    expect(await own()).toEqual([]);

    const lictor = await stage.lictor(consul.address);
    const client = await writableSplits(lictor, { dc: 'dc1', name: 'web' });
    const seen = await client.split('dc1', 'web');
    world.freeze('dc1');
    const closed = await until('writes to be closed', async () => {
      const { body: page } = await client.splits();
      return page.splits.find(({ writeRefusal }) => writeRefusal?.includes('dc1 is stale'));
    });
    expect(closed).toMatchObject({ name: 'web', etag: seen.etag });
    expect((await client.write('dc1', 'web', wish, seen.etag)).body.type).toBe('urn:lictor:problem:writes-closed');
    world.thaw('dc1');
    await until('writes to be open again', async () => (await client.splits()).body.splits[0]?.writeRefusal === null);
    expect(await own()).toEqual([]);
    expect((await client.move('dc1', 'web', wish)).body.declared).toEqual(shares);
  }),
);

test(
  'with ACLs on nothing is written without a token for that, whatever the token that reads may do; with one it is, and what it may not do is said',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1, { acl: true });
    const consul = world.consul('dc1');
    await putVersions(consul, 'web', ['1', '1', '2']);
    const management = world.tokens?.management ?? '';
    const without = await stage.lictor(consul.address, { CONSUL_HTTP_TOKEN: management });
    await without.synced();
    const reader = new SplitClient(without.url);
    const refused = await until('the reason', async () => {
      const answer = await reader.move('dc1', 'web', wish);
      return answer.body.detail?.includes('LICTOR_WRITE_TOKEN_FILE') && answer;
    });
    expect(refused.status).toBe(403);

    // As the demo gives it: services and nodes, and no key.
    const blind = await stage.lictor(consul.address, { CONSUL_HTTP_TOKEN: world.tokens?.read ?? '' });
    await blind.synced();
    const onlooker = new SplitClient(blind.url);
    const shown = await until('the rights to be known', async () => {
      const { status, etag, body } = await onlooker.split('dc1', 'web');
      expect(status, JSON.stringify(body)).toBe(200);
      return body.writeRefusal?.includes('LICTOR_WRITE_TOKEN_FILE') && { etag, body };
    });
    expect(shown.body.writeRefusal).toContain('key_prefix "lictor/release/" { policy = "read" }');
    const [mesh, policy, weights] = shown.body.mechanisms;
    expect(policy).toMatchObject({ mechanism: 'policy', can: false, declared: null });
    expect(policy?.reason).toContain('key_prefix "lictor/traffic/"');
    expect(mesh).toMatchObject({ mechanism: 'mesh', declared: null });
    expect(weights).toMatchObject({ mechanism: 'weights', can: false, declared: { '1': 66.67, '2': 33.33 } });
    expect(shown.body.versions.map(({ version, instances }) => [version, instances])).toEqual([
      ['1', 2],
      ['2', 1],
    ]);
    const unwritten = await onlooker.write('dc1', 'web', wish, shown.etag);
    expect([unwritten.status, unwritten.body.type]).toEqual([403, 'urn:lictor:problem:writes-closed']);
    expect((await onlooker.preview('dc1', 'web', wish)).body.detail).toContain('key_prefix "lictor/traffic/"');

    const Rules =
      'key_prefix "lictor/" { policy = "write" } service_prefix "" { policy = "read" } node_prefix "" { policy = "read" }';
    await consul.put('/v1/acl/policy', { Name: 'keys', Rules });
    const { SecretID } = await consul.put<{ SecretID: string }>('/v1/acl/token', { Policies: [{ Name: 'keys' }] });
    const file = join(world.folder, 'token');
    await writeFile(file, `${SecretID}\n`);
    const lictor = await stage.lictor(consul.address, {
      CONSUL_HTTP_TOKEN: world.tokens?.read ?? '',
      LICTOR_WRITE_TOKEN_FILE: file,
    });
    const client = await writableSplits(lictor, { dc: 'dc1', name: 'web' });
    const moved = await client.move('dc1', 'web', wish);
    expect(moved.body).toMatchObject({ declared: shares });
    const byMesh = await client.move('dc1', 'web', { mechanism: 'mesh', shares });
    expect(byMesh.status, JSON.stringify(byMesh.body)).toBeGreaterThanOrEqual(400);
    expect(byMesh.body.detail).toMatch(/service/);
    expect(JSON.stringify([moved, byMesh, await client.splits()])).not.toContain(SecretID);
    expect((await client.split('dc1', 'web')).body).toMatchObject({
      declared: shares,
      mechanism: 'policy',
      unfinished: null,
    });
  }),
);

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recorded } from '@/e2e/harness/recorded';
import { onStage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';

test(
  'what is configured is in the record: what was there, each change, and what changed while nobody watched; no value of a key',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    const protocol = (Protocol: string) =>
      consul.put('/v1/config', { Kind: 'service-defaults', Name: 'web', Protocol });
    await protocol('tcp');
    const config = join(world.folder, 'lictor.json');
    await writeFile(config, JSON.stringify({ history: { kvPrefixes: ['app/'] } }));
    const env = { LICTOR_CONFIG: config, LICTOR_DATA_DIR: join(world.folder, 'data') };
    const first = await stage.lictor(consul.address, env);
    const lines = async (lictor = first) =>
      (await recorded(lictor))
        .filter(({ kind }) => kind === 'configuration')
        .map(({ subject, from, to, unwatchedFrom }) => {
          const of = (content: string | null) => {
            const { Protocol, Action, version, bytes } = JSON.parse(content ?? '{}');
            return Protocol ?? Action ?? version ?? bytes ?? '-';
          };
          return `${subject}: ${of(from)} to ${of(to)}${unwatchedFrom === null ? '' : ', unwatched'}`;
        });
    const told = (line: string, lictor = first) =>
      until(line, async () => {
        const all = await lines(lictor);
        if (!all.includes(line)) throw new Error(all.join('; '));
        return true;
      });

    await told('dc1/service-defaults/web: - to tcp, unwatched');
    await protocol('http');
    await told('dc1/service-defaults/web: tcp to http');
    await consul.put('/v1/kv/app/web', { version: '1.4.2', password: 'hunter2' });
    await told('dc1/app%2Fweb: - to 1.4.2');
    const intention = { SourceName: 'web', DestinationName: 'api', SourceType: 'consul', Action: 'deny' };
    await consul.post('/v1/connect/intentions', intention);
    await told('dc1/web/api: - to deny');
    await first.close();

    await protocol('grpc');
    await consul.delete('/v1/kv/app/web');
    const second = await stage.lictor(consul.address, env);
    await told('dc1/service-defaults/web: http to grpc, unwatched', second);
    await told('dc1/app%2Fweb: 1.4.2 to -, unwatched', second);
    await protocol('http2');
    await told('dc1/service-defaults/web: grpc to http2', second);
    expect(await lines(second)).toHaveLength(7);
    expect(JSON.stringify(await recorded(second))).not.toContain('hunter2');
  }),
);

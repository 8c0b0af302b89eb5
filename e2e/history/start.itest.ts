import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import { dataFolder } from '@/e2e/harness/data-folder';
import { historyOf, recorded, words } from '@/e2e/harness/recorded';
import { onStage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import packageJson from '@/package.json' with { type: 'json' };

test(
  'a second Lictor on a folder shows what is live and says why it writes nothing, until the first one ends; a newer file ends it in one line',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    const folder = dataFolder();
    stage.atEnd(() => folder.remove());
    const env = { LICTOR_DATA_DIR: folder.path };
    const first = await stage.lictorProcess(consul.address, env);
    await until('the first to write', async () => (await historyOf(first.lictor)).state === 'writing');
    const second = await stage.lictorProcess(consul.address, env);
    await putInstance(consul, { node: 'edge', service: 'web' });
    await until('web to be shown', () => second.lictor.get('/api/v1/services/dc1/web'));
    const { history } = await second.lictor.system();
    expect(history).toMatchObject({ state: 'down', reason: expect.stringContaining(folder.path) });
    const metrics = await (await fetch(`${second.lictor.url}/metrics`)).text();
    expect(metrics).toContain('lictor_history_writing 0');

    first.spawned.signal('SIGTERM');
    expect((await first.spawned.ended).status).toBe(0);
    await until('the second to write', async () => (await historyOf(second.lictor)).state === 'writing', {
      deadlineMs: 40_000,
    });
    const lines = (await recorded(second.lictor)).map(words);
    expect(lines.filter((line) => / (started|stopped)/.test(line)).map((line) => line.replace(/^.*\) /, ''))).toEqual([
      `started ${packageJson.version}`,
      'stopped',
      `started ${packageJson.version}`,
    ]);
    expect(lines.filter((line) => line.startsWith('dc1/web registered'))).toHaveLength(1);
    second.spawned.signal('SIGTERM');
    await second.spawned.ended;

    const file = new Sqlite(`${folder.path}/history.sqlite`);
    file.exec("insert into kysely_migration (name, timestamp) values ('999-from-tomorrow', '2999-01-01')");
    file.close();
    const refused = stage.spawn('e2e/harness/api-process.ts', {
      PORT: '0',
      CONSUL_HTTP_ADDR: consul.address,
      LOG_LEVEL: 'fatal',
      ...env,
    });
    expect(await refused.ended).toEqual({ status: 2, signal: null });
    expect(refused.stderr).toMatch(/^The history was written by a newer version of Lictor.*\n$/);
  }),
  90_000,
);

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import { recorded } from '@/e2e/harness/recorded';
import { onStage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import { alertStates, inState } from './alert-states';
import { FAST_FLAPPING, withRules } from './fast-rules';
import { FlappingCheck } from './flapping-check';

const HOUR_MS = 3_600_000;
const PRELOAD = new URL('../troubles/settable-clock.mjs', import.meta.url).href;
const RULES = `${FAST_FLAPPING}
rules:
  - { alert: Flapping, when: flapping, keep_firing_for: 10m }
  - { alert: Down, when: instance-critical, where: 'service:down', for: 30m }
`;

test(
  "the machine's clock is set back and ahead by hours: nothing flaps or ripens by that, what flaps flaps on, and what begins to is found",
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    const clockFile = join(world.folder, 'set-clock');
    const { lictor, spawned } = await stage.lictorProcess(consul.address, {
      ...withRules(world.folder, RULES),
      ...{
        NODE_OPTIONS: `--import ${PRELOAD}`,
        SET_CLOCK_FILE: clockFile,
        LICTOR_DATA_DIR: join(world.folder, 'data'),
      },
    });
    const edge = (service: string) => ({ node: 'edge', service });
    for (const service of ['web', 'api', 'down']) await putInstance(consul, edge(service));
    await lictor.synced();
    const api = new FlappingCheck(consul, edge('api'));
    stage.atEnd(() => api.rest());
    const { since } = await inState(lictor, 'Flapping:dc1/api', 'firing');
    await putInstance(consul, { ...edge('down'), status: 'critical' });
    await inState(lictor, 'Down:dc1/down', 'pending');

    const steps = async () => (await recorded(lictor)).filter(({ kind }) => kind === 'clock-set').length;
    for (const [turn, ms] of [HOUR_MS, -HOUR_MS, 3 * HOUR_MS].entries()) {
      await putInstance(consul, { ...edge('web'), status: turn % 2 === 0 ? 'critical' : 'passing' });
      await writeFile(clockFile, String(ms));
      spawned.signal('SIGUSR2');
      await until('the clock that was set', async () => (await steps()) === turn + 1);
    }
    const changes = api.changes;
    await until('it to flap on', () => api.changes > changes + 6, { deadlineMs: 30_000 });
    expect(await alertStates(lictor)).toEqual(['Down:dc1/down pending', 'Flapping:dc1/api firing']);
    expect((await inState(lictor, 'Flapping:dc1/api', 'firing')).since).toBe(since);

    const web = new FlappingCheck(consul, edge('web'));
    stage.atEnd(() => web.rest());
    await inState(lictor, 'Flapping:dc1/web', 'firing');
  }),
  180_000,
);

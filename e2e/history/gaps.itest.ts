import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import { CuttableLink } from '@/e2e/harness/cuttable-link';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import { recorded, recordedGaps, words } from '@/e2e/harness/recorded';
import { onStage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import type { TransitionItem } from '@/lib/history/transition-item';

const HOUR_MS = 3_600_000;
const PRELOAD = new URL('../troubles/settable-clock.mjs', import.meta.url).href;
const PATIENCE = { deadlineMs: 60_000 };

test(
  'while a datacenter is out of sight there is a gap since its last sign of life, and what is other afterwards changed within it',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    const link = await stage.opened(CuttableLink.open(consul.address));
    const lictor = await stage.lictor(link.address);
    for (const service of ['web', 'api']) await putInstance(consul, { node: 'edge', service });
    await told(lictor, 'dc1/api registered passing');
    await told(lictor, 'dc1/web registered passing');

    link.cut();
    await putInstance(consul, { node: 'edge', service: 'web', status: 'critical' });
    await told(lictor, 'dc1 freshness live stale');
    const cutOff = await until('the gap', async () => (await recordedGaps(lictor))[0]);
    expect(cutOff.to).toBeNull();
    link.mend();
    const fell = await told(lictor, 'dc1/web status passing critical');
    expect(fell.unwatchedFrom).toBe(cutOff.from);
    const over = await until('the end of the gap', async () =>
      (await recordedGaps(lictor)).find(({ to }) => to !== null),
    );
    expect(Date.parse(over.to ?? '')).toBeGreaterThan(Date.parse(over.from));
    const stale = await told(lictor, 'dc1 freshness live stale');
    expect(Date.parse(over.from), 'it begins with the last sign of life').toBeLessThan(Date.parse(stale.observedAt));

    await putInstance(consul, { node: 'edge', service: 'api', status: 'critical' });
    const watched = await told(lictor, 'dc1/api status passing critical');
    expect(watched.unwatchedFrom, 'what comes then is watched').toBeNull();
    expect(await recordedGaps(lictor)).toHaveLength(1);
  }),
  120_000,
);

test(
  "the machine's clock is set back by an hour and ahead by two: the record says so, and keeps its order",
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    const clockFile = join(world.folder, 'set-clock');
    const { lictor, spawned } = await stage.lictorProcess(consul.address, {
      NODE_OPTIONS: `--import ${PRELOAD}`,
      SET_CLOCK_FILE: clockFile,
    });
    const statuses = ['critical', 'passing', 'critical'] as const;
    await putInstance(consul, { node: 'edge', service: 'web' });
    await told(lictor, 'dc1/web registered passing');
    for (const [turn, ms] of [0, -HOUR_MS, HOUR_MS].entries()) {
      if (turn > 0) {
        await writeFile(clockFile, String(ms));
        spawned.signal('SIGUSR2');
        await until('the clock that was set', async () => (await clockSteps(lictor)).length === turn);
      }
      await putInstance(consul, { node: 'edge', service: 'web', status: statuses[turn] ?? 'passing' });
      await until('the flip', async () => (await flips(lictor)).length === turn + 1);
    }
    expect((await flips(lictor)).map(({ to }) => to)).toEqual(statuses);
    const steps = (await clockSteps(lictor)).map(({ to }) => Math.round(Number(to) / HOUR_MS));
    expect(steps).toEqual([-1, 2]);
    expect(await recordedGaps(lictor)).toEqual([]);
  }),
  120_000,
);

/** The newest item of these words, once it is there. */
function told(lictor: LictorUnderTest, line: string): Promise<TransitionItem> {
  return until(
    `${line} in the record`,
    async () => (await all(lictor)).findLast((item) => words(item) === line),
    PATIENCE,
  );
}

async function flips(lictor: LictorUnderTest): Promise<TransitionItem[]> {
  return (await all(lictor)).filter(({ subject, kind }) => subject === 'dc1/web' && kind === 'status');
}

async function clockSteps(lictor: LictorUnderTest): Promise<TransitionItem[]> {
  return (await all(lictor)).filter(({ kind }) => kind === 'clock-set');
}

/** In the order in which it was written, also what a clock that was ahead calls later than now. */
function all(lictor: LictorUnderTest): Promise<TransitionItem[]> {
  return recorded(lictor, 'to=2999-01-01T00:00:00Z');
}

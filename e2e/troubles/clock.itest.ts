import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import { onStage } from '@/e2e/harness/stage';
import type { Frame } from '@/e2e/harness/stream-reader';
import { untilSame } from '@/e2e/harness/until-same';
import { until } from '@/e2e/world/until';
import type { FreshnessState } from '@/lib/fleet/model';

const HOUR_MS = 3_600_000;
const PRELOAD = new URL('./settable-clock.mjs', import.meta.url).href;
const TOPICS = ['fleet', 'nodes', 'service:dc1/web'];

test(
  "the machine's clock is set back by an hour, and then ahead by two: no age, no freshness and no pause follows it, and stamps do",
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    const clockFile = join(world.folder, 'set-clock');
    const { lictor, spawned } = await stage.lictorProcess(consul.address, {
      NODE_OPTIONS: `--import ${PRELOAD}`,
      SET_CLOCK_FILE: clockFile,
    });
    await lictor.synced();
    const stream = await stage.follow(lictor, TOPICS);
    const flipTo = async (status: 'passing' | 'critical') => {
      await putInstance(consul, { node: 'edge', service: 'web', status });
      await untilSame(lictor, consul.address, { stream, topics: TOPICS });
    };
    await flipTo('passing');

    const setAhead = async (ms: number) => {
      await writeFile(clockFile, String(ms));
      const from = stream.reader.frames.length;
      spawned.signal('SIGUSR2');
      await until('a heartbeat by the clock as it is set', () =>
        stream.reader.frames.slice(from).find((frame) => Math.abs(aheadMs(frame) - ms) < HOUR_MS / 2),
      );
    };

    await setAhead(-HOUR_MS);
    await flipTo('critical');
    const [flip] = stream.reader.changesOf('service:dc1/web').slice(-1);
    expect(Math.abs(Date.parse(flip?.event.observedAt ?? '') - (Date.now() - HOUR_MS))).toBeLessThan(HOUR_MS / 2);
    await world.stopServer('dc1');
    await state(stream.reader.frames.length, 'stale');
    await world.startServer('dc1');
    await state(stream.reader.frames.length, 'live');
    await flipTo('passing');

    await setAhead(HOUR_MS);
    await flipTo('critical');
    await flipTo('passing');
    // An age that took the hour for time that has passed would be one of 3,600,000 ms, or a negative one.
    const ages = stream.reader.frames.flatMap(({ event, data }) =>
      event === 'heartbeat' ? data.freshness.map(({ lastContactMs }) => lastContactMs ?? 0) : [],
    );
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...ages)).toBeLessThan(60_000);

    async function state(from: number, wanted: FreshnessState): Promise<void> {
      await until(
        `a heartbeat to call dc1 ${wanted}`,
        () => stream.reader.frames.slice(from).some((frame) => says(frame, wanted)),
        { deadlineMs: 40_000 },
      );
    }
  }),
  120_000,
);

/** By how much the server's clock was ahead of this one when it said so. */
function aheadMs(frame: Frame): number {
  return frame.event === 'heartbeat' ? Date.parse(frame.data.at) - frame.atMs : Number.NaN;
}

function says(frame: Frame, state: FreshnessState): boolean {
  return frame.event === 'heartbeat' && frame.data.freshness.some((one) => one.dc === 'dc1' && one.state === state);
}

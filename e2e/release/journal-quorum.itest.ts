import { expect, test } from 'vitest';
import { onStage } from '@/e2e/harness/stage';
import type { ConsulAgent } from '@/e2e/world/agent';
import { until } from '@/e2e/world/until';
import { systemClock } from '@/server/consul/clock';
import { thisProcess } from '@/server/release/journal/holder';
import { PlanExecutor } from '@/server/release/journal/plan-executor';
import { Recovery } from '@/server/release/journal/recovery';
import type { Resolution } from '@/server/release/journal/resolution';
import { keyAndEntryWriters } from './key-and-entry-writers';
import { afterOf, isWishStored, journalOf, mixedPlan, standingOf } from './mixed-plan';
import { releaseConsulAt } from './release-consul-at';

test(
  'the quorum is lost in the middle of a plan: it says that it is unfinished, and once there is a leader again all is on one side',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1, { serversPerDatacenter: 3 });
    const servers: ConsulAgent[] = world.datacenters[0]?.servers ?? [];
    const leader = await servers[0]?.leaderOf('dc1');
    // One that does not lead is asked, and never harmed: the writes under way hang at a leader that hangs.
    const asked = servers.find((server) => `127.0.0.1:${server.plan.ports.rpc}` !== leader);
    if (!asked) throw new Error('No server of dc1 follows.');
    const others = servers.filter((server) => server !== asked);
    const opened = releaseConsulAt(asked.http);
    stage.atEnd(() => opened.close());
    const request = await mixedPlan(asked.consul, 'quorum');
    const before = await standingOf(asked.consul, 'quorum');

    const plain = keyAndEntryWriters(opened.consul);
    const kv: typeof plain.kv = {
      look: (write, signal) => plain.kv.look(write, signal),
      restore: (write, signal) => plain.kv.restore(write, signal),
      write(write, signal) {
        if (write.target.endsWith('/weights')) for (const server of others) server.freeze();
        return plain.kv.write(write, signal);
      },
    };
    const self = thisProcess('replica-a');
    const executor = new PlanExecutor({
      ...{ consul: opened.consul, writers: { ...plain, kv }, clock: systemClock, self, onLeft: () => recovery.wake() },
      ...{ limitMs: 5_000, restoreLimitMs: 3_000 },
    });
    const recovery = new Recovery({
      ...{
        consul: opened.consul,
        writers: plain,
        clock: systemClock,
        self,
        executor,
        leads: () => false,
        everyMs: 500,
      },
    });
    const resolutions: Resolution[] = [];
    recovery.onResolved((resolution) => resolutions.push(resolution));
    const outcome = await executor.execute(request, new AbortController().signal).finally(() => {
      recovery.start();
      stage.atEnd(() => recovery.stop());
    });
    expect(outcome).toMatchObject({ kind: 'failed', state: 'unfinished' });
    expect(outcome).toMatchObject({
      sentence: expect.stringContaining('Of 5 writes written: dc1 kv app/quorum/routes'),
    });
    await until('recovery to say that Consul does not answer', () => recovery.problem);
    expect(resolutions).toEqual([]);

    for (const server of others) server.thaw();
    const { at } = await until('the plan to be resolved', () => resolutions[0], { deadlineMs: 45_000 });
    expect(await standingOf(asked.consul, 'quorum')).toEqual(at === 'after' ? afterOf(request) : before);
    expect([await journalOf(asked.consul, 'quorum'), await isWishStored(asked.consul, 'quorum')]).toEqual([
      [],
      at === 'after',
    ]);
    expect(recovery.problem).toBeNull();
  }),
  120_000,
);

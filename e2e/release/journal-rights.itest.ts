import { expect, test } from 'vitest';
import { onStage } from '@/e2e/harness/stage';
import { ConsulHttp } from '@/e2e/world/consul-http';
import { until } from '@/e2e/world/until';
import { systemClock } from '@/server/consul/clock';
import { thisProcess } from '@/server/release/journal/holder';
import { PlanExecutor } from '@/server/release/journal/plan-executor';
import { Recovery } from '@/server/release/journal/recovery';
import { keyAndEntryWriters } from './key-and-entry-writers';
import { afterOf, isWishStored, journalOf, mixedPlan, standingOf } from './mixed-plan';
import { releaseConsulAt } from './release-consul-at';

const JOURNAL = 'key_prefix "lictor/" { policy = "write" }';
const ENTRIES = 'service_prefix "" { policy = "write" intentions = "read" }';
const KEYS = 'key_prefix "app/" { policy = "write" }';

test(
  'a right that is missing in the middle, or for the journal itself: all is as before, and the sentence says what is missing',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1, { acl: true });
    const consul = world.consul('dc1');
    const setRules = (Name: string, rules: readonly string[], ID?: string) =>
      consul.put<{ ID: string }>(`/v1/acl/policy${ID ? `/${ID}` : ''}`, { ID, Name, Rules: rules.join('\n') });
    const tokenWith = async (name: string, ...rules: string[]) => {
      const { ID } = await setRules(name, rules);
      const { SecretID } = await consul.put<{ SecretID: string }>('/v1/acl/token', { Policies: [{ ID }] });
      return { token: SecretID, policy: ID };
    };
    const executorFor = ({ token }: { token: string }) => {
      const opened = releaseConsulAt(consul.address, token);
      stage.atEnd(() => opened.close());
      return new PlanExecutor({
        ...{ consul: opened.consul, writers: keyAndEntryWriters(opened.consul), clock: systemClock },
        ...{ self: thisProcess('replica-a'), onLeft: () => {} },
      });
    };
    const signal = new AbortController().signal;

    // The last write, of a key, is the one that it may not.
    const middle = await mixedPlan(consul, 'middle');
    const before = await standingOf(consul, 'middle');
    const half = await tokenWith(
      'half',
      JOURNAL,
      ENTRIES,
      'key "app/middle/routes" { policy = "write" }',
      'key "app/middle/weights" { policy = "read" }',
    );
    const outcome = await executorFor(half).execute(middle, signal);
    expect(outcome).toMatchObject({ kind: 'failed', state: 'restored' });
    expect(outcome).toMatchObject({ sentence: expect.stringMatching(/dc1 kv app\/middle\/weights.*403/s) });
    expect(await standingOf(consul, 'middle')).toEqual(before);
    expect([await journalOf(consul, 'middle'), await isWishStored(consul, 'middle')]).toEqual([[], false]);

    const silent = await executorFor(await tokenWith('silent', ENTRIES, KEYS)).execute(middle, signal);
    expect(silent).toMatchObject({ kind: 'failed', state: 'restored' });
    expect(silent).toMatchObject({ sentence: expect.stringContaining('key_prefix "lictor/" { policy = "write" }') });
    expect(await standingOf(consul, 'middle')).toEqual(before);

    // Taken away in the middle, the journal included: it stays as it is until the right is back, and says so.
    const { token, policy } = await tokenWith('whole', JOURNAL, ENTRIES, KEYS);
    const own = new ConsulHttp(consul.address, token);
    const setRights = async (...rules: string[]) => {
      await setRules('whole', rules, policy);
      const isAllowed = () => own.put<boolean>('/v1/kv/app/probe', 1).catch(() => false);
      await until('the rights to be as set', async () => (await isAllowed()) === rules.length > 0);
    };
    const opened = releaseConsulAt(consul.address, token);
    stage.atEnd(() => opened.close());
    const plain = keyAndEntryWriters(opened.consul);
    const kv: typeof plain.kv = {
      look: (write, end) => plain.kv.look(write, end),
      restore: (write, end) => plain.kv.restore(write, end),
      async write(write, end) {
        if (write.target.endsWith('/weights')) await setRights();
        return plain.kv.write(write, end);
      },
    };
    const lost = await mixedPlan(consul, 'rights-lost');
    const stood = await standingOf(consul, 'rights-lost');
    const self = thisProcess('replica-a');
    const executor = new PlanExecutor({
      ...{ consul: opened.consul, writers: { ...plain, kv }, clock: systemClock, self, onLeft: () => recovery.wake() },
    });
    const recovery = new Recovery({
      ...{ consul: opened.consul, writers: plain, clock: systemClock, self, executor, leads: () => false },
      ...{ everyMs: 200, doubtMs: 500 },
    });
    recovery.start();
    stage.atEnd(() => recovery.stop());
    const left = await executor.execute(lost, signal);
    expect(left).toMatchObject({ kind: 'failed', state: 'unfinished' });
    expect([stood, afterOf(lost)]).not.toContainEqual(await standingOf(consul, 'rights-lost'));
    await until(
      'recovery to say that it may not',
      () => recovery.problem !== null || recovery.unfinished('dc1', 'rights-lost'),
    );
    const ends: string[] = [];
    recovery.onResolved(({ at }) => ends.push(at));
    await setRights(JOURNAL, ENTRIES, KEYS);
    // What had been written by then was begun, and nothing stands in its way now.
    await until('the plan to be over', () => ends.length > 0);
    expect(ends).toEqual(['after']);
    expect(await standingOf(consul, 'rights-lost')).toEqual(afterOf(lost));
    expect([await journalOf(consul, 'rights-lost'), await isWishStored(consul, 'rights-lost')]).toEqual([[], true]);
    expect(recovery.unfinished('dc1', 'rights-lost')).toBeNull();
  }),
);

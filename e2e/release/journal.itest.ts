import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CountingProxy } from '@/e2e/harness/counting-proxy';
import { Stage } from '@/e2e/harness/stage';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { until } from '@/e2e/world/until';
import type { Intent } from '@/lib/release/journal/intent';
import { intentKey } from '@/lib/release/journal/journal-keys';
import type { PlannedWrite, WriteOf } from '@/lib/release/planned-write';
import { type Clock, systemClock } from '@/server/consul/clock';
import { ConsulError } from '@/server/consul/consul-error';
import { beginPlan } from '@/server/release/journal/begin-plan';
import { thisProcess } from '@/server/release/journal/holder';
import { IntentStore } from '@/server/release/journal/intent-store';
import { PlanExecutor, type PlanExecutorOptions, type PlanRequest } from '@/server/release/journal/plan-executor';
import { planParts } from '@/server/release/journal/plan-parts';
import { Recovery } from '@/server/release/journal/recovery';
import type { Resolution } from '@/server/release/journal/resolution';
import type { ReleaseConsul } from '@/server/release/release-consul';
import type { Writer, Writers } from '@/server/release/writer';
import { keyAndEntryWriters } from './key-and-entry-writers';
import { afterOf, isWishStored, journalOf, mixedPlan, standingOf } from './mixed-plan';
import { releaseConsulAt } from './release-consul-at';

const FOR_EVER = new AbortController().signal;

const stage = new Stage();
let consul: ConsulHttp;
let journal: ReturnType<typeof releaseConsulAt>;

beforeAll(async () => {
  consul = (await stage.bareWorld(1)).consul('dc1');
  journal = releaseConsulAt(consul.address);
  stage.atEnd(() => journal.close());
});

afterAll(() => stage.clear());

function executorWith(writers: Writers = keyAndEntryWriters(journal.consul), more: Partial<PlanExecutorOptions> = {}) {
  return new PlanExecutor({
    ...{ consul: journal.consul, writers, clock: systemClock, self: thisProcess('replica-a'), onLeft: () => {} },
    ...{ doubtMs: 500, ...more },
  });
}

/** Looks until it has resolved what of this service is left. */
async function recovered(service: string, writers: Writers = keyAndEntryWriters(journal.consul)): Promise<Resolution> {
  const self = thisProcess('replica-b');
  const recovery = new Recovery({
    ...{ consul: journal.consul, writers, clock: systemClock, self, executor: { isAt: () => false } },
    ...{ leads: () => true, marginMs: 0, everyMs: 100, doubtMs: 500 },
  });
  const resolutions: Resolution[] = [];
  recovery.onResolved((resolution) => resolutions.push(resolution));
  recovery.start();
  try {
    return await until(`the plan of ${service} to be resolved`, () =>
      resolutions.find((resolution) => resolution.service === service),
    );
  } finally {
    await recovery.stop();
  }
}

type Tripped = {
  write?: (write: PlannedWrite) => Promise<void> | void;
  restore?: (write: PlannedWrite) => Promise<void> | void;
};

/** The writers, and what a test does before a call of theirs. */
function tripped(before: Tripped): Writers {
  const trip = (writer: Writer): Writer => ({
    look: (write, signal) => writer.look(write, signal),
    async write(write, signal) {
      await before.write?.(write);
      return writer.write(write, signal);
    },
    async restore(write, signal) {
      await before.restore?.(write);
      return writer.restore(write, signal);
    },
  });
  const entries = Object.entries(keyAndEntryWriters(journal.consul)).map(([kind, writer]) => [
    kind,
    trip(writer as Writer),
  ]);
  return Object.fromEntries(entries) as Writers;
}

const isWeights = ({ target }: PlannedWrite) => target.endsWith('/weights');

describe('a plan that goes well', () => {
  test('writes everything, stores the wish, leaves nothing in the journal: one request before its writes and one after', async () => {
    const request = await mixedPlan(consul, 'well');
    const proxy = await stage.opened(CountingProxy.open(consul.address));
    const near = releaseConsulAt(proxy.address);
    stage.atEnd(() => near.close());
    const executor = executorWith(keyAndEntryWriters(near.consul), { consul: near.consul });
    const outcome = await executor.execute(request, FOR_EVER);
    expect(outcome).toEqual({ kind: 'written', ms: expect.any(Number) });
    expect(await standingOf(consul, 'well')).toEqual(afterOf(request));
    expect(await journalOf(consul, 'well')).toEqual([]);
    expect(await isWishStored(consul, 'well')).toBe(true);

    const lines = proxy.requests.filter((line) => line.startsWith('PUT')).map((line) => line.replace(/[?].*/, ''));
    expect([lines[0], lines.at(-1)]).toEqual(['PUT /v1/txn', 'PUT /v1/txn']);
    const bare = lines.filter((line) => line !== 'PUT /v1/txn');
    expect(bare).toHaveLength(5);
    // Marks join the next write: there is one at most for each write but the first.
    expect(lines.length - bare.length).toBeLessThanOrEqual(2 + 4);
  });

  test.each(['..', 'a/b', '../../lictor/leader', 'x"<b>&\u{1f600} é', '%2F', 'q?dc=dc2'])(
    'of a service named %j stands under a key of its own and is gone when it is over',
    async (service) => {
      const key = `app/hostile/${Buffer.from(service).toString('hex')}`;
      const write = {
        kind: 'kv',
        dc: 'dc1',
        target: key,
        stage: 0,
        key,
        before: null,
        after: service,
        index: 0,
      } as const;
      const request: PlanRequest = {
        dc: 'dc1',
        service,
        mechanism: 'policy',
        by: service,
        writes: [write],
        wish: null,
      };
      const during: string[] = [];
      const executor = executorWith(
        tripped({
          write: async () => {
            during.push(...(await consul.get<string[]>('/v1/kv/lictor/release/intents/?keys')));
          },
        }),
      );
      expect(await executor.execute(request, FOR_EVER)).toMatchObject({ kind: 'written' });
      expect(during).toEqual([intentKey('dc1', service)]);
      expect(await new IntentStore(journal.consul).all(FOR_EVER)).toEqual([]);
    },
  );
});

describe('two at one service', () => {
  test('the second is told who is at it, and writes nothing', async () => {
    const request = await mixedPlan(consul, 'shared');
    let second: unknown;
    const first = executorWith(
      tripped({
        write: async (write) => {
          if (isWeights(write)) second = await executorWith().execute({ ...request, by: 'bert' }, FOR_EVER);
        },
      }),
    );
    expect(await first.execute(request, FOR_EVER)).toMatchObject({ kind: 'written' });
    expect(second).toMatchObject({ kind: 'busy', by: 'anna', replica: 'replica-a' });
    expect(second).toMatchObject({ sentence: expect.stringMatching(/^anna is moving the traffic of shared in dc1/) });
    expect(await standingOf(consul, 'shared')).toEqual(afterOf(request));
  });

  test('what stands in its key and is no intent is not touched, and named', async () => {
    const request = await mixedPlan(consul, 'strange');
    const before = await standingOf(consul, 'strange');
    await consul.put(`/v1/kv/${intentKey('dc1', 'strange')}`, { format: 2, something: 'newer' });
    const outcome = await executorWith().execute(request, FOR_EVER);
    expect(outcome).toMatchObject({
      kind: 'busy',
      by: null,
      sentence: expect.stringContaining(intentKey('dc1', 'strange')),
    });
    expect(await standingOf(consul, 'strange')).toEqual(before);
    await consul.delete(`/v1/kv/${intentKey('dc1', 'strange')}`);
  });
});

describe('somebody else writes in the middle', () => {
  test('before the first write: nothing is written', async () => {
    const request = await mixedPlan(consul, 'lost-first');
    await consul.put('/v1/kv/app/lost-first/routes', { foreign: 1 });
    const before = await standingOf(consul, 'lost-first');
    const outcome = await executorWith().execute(request, FOR_EVER);
    expect(outcome).toMatchObject({ kind: 'lost', target: 'dc1 kv app/lost-first/routes', restored: true });
    expect(await standingOf(consul, 'lost-first')).toEqual(before);
    expect([await journalOf(consul, 'lost-first'), await isWishStored(consul, 'lost-first')]).toEqual([[], false]);
  });

  test('before a later write: what was written is put back exactly, and what they wrote stays', async () => {
    const request = await mixedPlan(consul, 'lost-later');
    const { entries, keys } = await standingOf(consul, 'lost-later');
    const executor = executorWith(
      tripped({
        write: async (write) => {
          if (isWeights(write)) await consul.put('/v1/kv/app/lost-later/weights', { foreign: 1 });
        },
      }),
    );
    const outcome = await executor.execute(request, FOR_EVER);
    expect(outcome).toMatchObject({ kind: 'lost', target: 'dc1 kv app/lost-later/weights', restored: true });
    const Value = Buffer.from('{"foreign":1}').toString('base64');
    expect(await standingOf(consul, 'lost-later')).toEqual({ entries, keys: keys.map((key) => ({ ...key, Value })) });
    expect(await journalOf(consul, 'lost-later')).toEqual([]);
  });

  test('the very value of the plan: it is theirs, and is not taken back', async () => {
    const request = await mixedPlan(consul, 'lost-alike');
    const { entries, keys } = await standingOf(consul, 'lost-alike');
    const executor = executorWith(
      tripped({
        write: async (write) => {
          if (isWeights(write)) await consul.put('/v1/kv/app/lost-alike/weights', { new: 'text' });
        },
      }),
    );
    expect(await executor.execute(request, FOR_EVER)).toMatchObject({ kind: 'lost' });
    const Value = Buffer.from('{"new":"text"}').toString('base64');
    expect(await standingOf(consul, 'lost-alike')).toEqual({ entries, keys: keys.map((key) => ({ ...key, Value })) });
  });

  test('over what the plan has just written, while it is taken back: it stays and is named', async () => {
    const request = await mixedPlan(consul, 'lost-back');
    const executor = executorWith(
      tripped({
        write: (write) => {
          if (isWeights(write)) throw new ConsulError('status', 'Consul says no.', { status: 403 });
        },
        restore: async ({ kind }) => {
          if (kind === 'config-entry') await consul.put('/v1/kv/app/lost-back/routes', { foreign: 1 });
        },
      }),
    );
    const outcome = await executor.execute(request, FOR_EVER);
    expect(outcome).toMatchObject({ kind: 'failed', state: 'restored' });
    expect(outcome).toMatchObject({
      sentence: expect.stringContaining('left as they wrote it: dc1 kv app/lost-back/routes'),
    });
    const { keys } = await standingOf(consul, 'lost-back');
    expect(keys.map(({ Value }) => Buffer.from(Value, 'base64').toString())).toEqual([
      '{"foreign":1}',
      '{"old":"text"}',
    ]);
    expect(await journalOf(consul, 'lost-back')).toEqual([]);
  });
});

test('a plan whose caller ends it is taken back at once: what was under way has come to its end before', async () => {
  const request = await mixedPlan(consul, 'ended');
  const before = await standingOf(consul, 'ended');
  const end = new AbortController();
  const executor = executorWith(
    tripped({
      write: (write) => {
        if (write.target.includes('service-resolver')) end.abort();
      },
    }),
    { doubtMs: 600_000 },
  );
  expect(await executor.execute(request, end.signal)).toMatchObject({ kind: 'failed', state: 'restored' });
  expect(await standingOf(consul, 'ended')).toEqual(before);
  expect(await journalOf(consul, 'ended')).toEqual([]);
});

test('a process that hung past the deadline begins no further write, and takes back its own where nobody else has', async () => {
  const request = await mixedPlan(consul, 'hung');
  const before = await standingOf(consul, 'hung');
  let hungMs = 0;
  const written: string[] = [];
  const executor = executorWith(
    tripped({
      write: ({ target }) => {
        written.push(target);
        if (target.includes('service-resolver')) hungMs = 60_000;
      },
    }),
    { clock: clockOf(() => hungMs) },
  );
  const outcome = await executor.execute(request, FOR_EVER);
  expect(outcome).toMatchObject({ kind: 'failed', state: 'restored', sentence: expect.stringContaining('30 s') });
  expect(written).toHaveLength(3);
  expect(await standingOf(consul, 'hung')).toEqual(before);
  expect(await journalOf(consul, 'hung')).toEqual([]);
});

/** The time, and what a process has hung for meanwhile without any timer having run. */
function clockOf(hungMs: () => number): Clock {
  return {
    now: () => systemClock.now() + hungMs(),
    iso: (atMs) => systemClock.iso(atMs),
    setTimeout: (callback, delayMs) => systemClock.setTimeout(callback, delayMs),
    clearTimeout: (timer) => systemClock.clearTimeout(timer),
  };
}

/** Two hundred instances at their agents, kept in memory: to Consul itself such a plan is nothing but a large value. */
class Agents implements Writer<WriteOf<'agent-service'>> {
  readonly #stands = new Map<string, unknown>();
  /** Of these none can be reached. */
  readonly away = new Set<string>();

  async look({ node, before, after }: WriteOf<'agent-service'>) {
    this.#assertThere(node);
    const stands = JSON.stringify(this.#stands.get(node) ?? before);
    return stands === JSON.stringify(after) ? 'after' : stands === JSON.stringify(before) ? 'before' : 'other';
  }

  async write(write: WriteOf<'agent-service'>) {
    if ((await this.look(write)) !== 'before') return 'lost';
    this.#stands.set(write.node, write.after);
    return 'written';
  }

  async restore(write: WriteOf<'agent-service'>) {
    if ((await this.look(write)) !== 'after') return 'lost';
    this.#stands.set(write.node, write.before);
    return 'restored';
  }

  #assertThere(node: string): void {
    if (this.away.has(node)) throw new ConsulError('connect', `The agent of ${node} cannot be reached.`);
  }
}

function agentPlan(service: string, count: number, metadataBytes: number): PlanRequest {
  const writes = Array.from({ length: count }, (_, number): WriteOf<'agent-service'> => {
    const node = `node-${number}`;
    // Nothing packs worse than chance.
    const before = {
      ID: 'web',
      Weights: { Passing: 1 },
      Meta: { noise: randomBytes(metadataBytes / 2).toString('hex') },
    };
    const after = { ...before, Weights: { Passing: 256 } };
    return { kind: 'agent-service', dc: 'dc1', target: `dc1 agent ${node}`, stage: 0, node, id: 'web', before, after };
  });
  return { dc: 'dc1', service, mechanism: 'weights', by: 'anna', writes, wish: null };
}

describe('a plan of two hundred instances with 4 KB of metadata each', () => {
  const sizes: number[] = [];

  test('is larger than one value of Consul, and stands in the journal whole', async () => {
    const agents = new Agents();
    const request = agentPlan('large', 200, 4_096);
    const { writes } = request;
    const look = async () => {
      if (sizes.length > 0) return;
      const found = await new IntentStore(journal.consul).find('dc1', 'large', FOR_EVER);
      if (!found?.intent) throw new Error('There is no intent.');
      sizes.push(found.intent.parts);
      expect(await new IntentStore(journal.consul).plan(found.intent, FOR_EVER)).toEqual({
        format: 1,
        writes,
        wish: null,
      });
    };
    const writers = { ...keyAndEntryWriters(journal.consul), 'agent-service': agents };
    const checking: Writer<WriteOf<'agent-service'>> = {
      look: (write) => agents.look(write),
      restore: (write) => agents.restore(write),
      async write(write) {
        await look();
        return agents.write(write);
      },
    };
    const executor = executorWith({ ...writers, 'agent-service': checking });
    expect(await executor.execute(request, FOR_EVER)).toMatchObject({ kind: 'written' });
    expect(sizes[0]).toBeGreaterThan(1);
    expect(await journalOf(consul, 'large')).toEqual([]);
  });

  test('left while it was put into the journal it has written nothing, and goes', async () => {
    const request = agentPlan('half', 200, 4_096);
    const parts = await planParts({ format: 1, writes: [...request.writes], wish: null });
    const store = new IntentStore(journal.consul);
    const begun = await store.create(intentOf(request, { phase: 'preparing', parts: parts.length }), [], FOR_EVER);
    if (begun === null || parts[0] === undefined) throw new Error('It was not begun.');
    expect(await store.putPart(begun, 0, parts[0], FOR_EVER)).toBe(true);
    expect(await journalOf(consul, 'half')).toHaveLength(2);
    expect(await recovered('half')).toMatchObject({ at: 'before' });
    expect(await journalOf(consul, 'half')).toEqual([]);
    // Whoever was at it and wakes up now puts nothing more there.
    expect(await store.putPart(begun, 1, parts[1] ?? parts[0], FOR_EVER)).toBe(false);
    expect(await journalOf(consul, 'half')).toEqual([]);
  });

  test('beyond all measure it is refused before anything is written', async () => {
    const agents = new Agents();
    const request = agentPlan('endless', 1_000, 12_000);
    const executor = executorWith({ ...keyAndEntryWriters(journal.consul), 'agent-service': agents });
    const outcome = await executor.execute(request, FOR_EVER);
    expect(outcome).toMatchObject({
      kind: 'failed',
      state: 'restored',
      sentence: expect.stringContaining('1000 writes'),
    });
    expect(await journalOf(consul, 'endless')).toEqual([]);
  });
});

function intentOf({ dc, service, mechanism, by }: PlanRequest, more: Partial<Intent>): Intent {
  const longAgo = new Date(0).toISOString();
  return {
    ...{ format: 1, id: 'some-id', dc, service, mechanism, by, holder: thisProcess('replica-a') },
    ...{ startedAt: longAgo, deadlineAt: longAgo, phase: 'writing', done: [], lost: [], restored: [] },
    ...{ parts: 1, signature: null, trouble: null, ...more },
  };
}

test('an agent that is lost in the middle: the others are put back, the plan says what is open, and ends when it is back', async () => {
  const agents = new Agents();
  const request = agentPlan('lost-agent', 20, 20);
  const writers = (journalled = agents) => ({ ...keyAndEntryWriters(journal.consul), 'agent-service': journalled });
  let count = 0;
  const losing: Writer<WriteOf<'agent-service'>> = {
    look: (write) => agents.look(write),
    restore: (write) => agents.restore(write),
    async write(write) {
      count += 1;
      // Its own write stood already, and what it answered did not come.
      if (count === 12) {
        await agents.write(write);
        agents.away.add(write.node);
      }
      return agents.write(write);
    },
  };
  const executor = executorWith({ ...writers(), 'agent-service': losing });
  const outcome = await executor.execute(request, FOR_EVER);
  expect(outcome).toMatchObject({ kind: 'failed', state: 'unfinished' });
  expect(outcome).toMatchObject({ sentence: expect.stringContaining('The agent of node-11 cannot be reached.') });
  agents.away.clear();
  const places = () => Promise.all(request.writes.map((write) => agents.look(write as WriteOf<'agent-service'>)));
  expect((await places()).filter((place) => place === 'after')).toHaveLength(1);
  await setDeadline('lost-agent', new Date(0).toISOString());
  expect(await recovered('lost-agent', writers())).toMatchObject({ at: 'before' });
  expect(new Set(await places())).toEqual(new Set(['before']));
  expect(await journalOf(consul, 'lost-agent')).toEqual([]);
});

/** As if the time had passed. */
async function setDeadline(service: string, deadlineAt: string): Promise<void> {
  const store = new IntentStore(journal.consul);
  const found = await store.find('dc1', service, FOR_EVER);
  if (!found?.intent) throw new Error('There is no intent.');
  expect(await store.replace({ ...found.intent, deadlineAt }, found.index, FOR_EVER)).not.toBeNull();
}

test('a plan that cannot be read any more is left as it is, and its service says so', async () => {
  const request = await mixedPlan(consul, 'damaged');
  const store = new IntentStore(journal.consul);
  await store.create(intentOf(request, {}), [Buffer.from('no gzip')], FOR_EVER);
  const recovery = new Recovery({
    ...{ consul: journal.consul, writers: keyAndEntryWriters(journal.consul), clock: systemClock },
    ...{ self: thisProcess('replica-b'), executor: { isAt: () => false }, leads: () => true, everyMs: 100 },
  });
  const told: (string | null)[] = [];
  recovery.onChange(() => told.push(recovery.unfinished('dc1', 'damaged')));
  recovery.start();
  await until('the sentence', () => recovery.unfinished('dc1', 'damaged')?.includes('cannot be read'));
  expect(told.at(-1)).toContain(intentKey('dc1', 'damaged'));
  await recovery.stop();
  expect(await journalOf(consul, 'damaged')).toHaveLength(2);
});

test('a plan that was put into the journal by somebody who does not know the token that writes is not carried on', async () => {
  const request = await mixedPlan(consul, 'forged');
  const before = await standingOf(consul, 'forged');
  const withToken = (token: string): ReleaseConsul => ({ ...journal.consul, signingSecret: () => token });
  const parts = await planParts({ format: 1, writes: [...request.writes], wish: null });
  await beginPlan(new IntentStore(withToken('another token')), intentOf(request, { done: [0] }), parts, FOR_EVER);
  const own = withToken('the token that writes');
  const recovery = new Recovery({
    ...{ consul: own, writers: keyAndEntryWriters(own), clock: systemClock, everyMs: 100 },
    ...{ self: thisProcess('replica-b'), executor: { isAt: () => false }, leads: () => true },
  });
  recovery.start();
  await until('the sentence', () => recovery.unfinished('dc1', 'forged')?.includes('its signature is not that of'));
  await recovery.stop();
  expect(await standingOf(consul, 'forged')).toEqual(before);
  expect(await journalOf(consul, 'forged')).toHaveLength(2);
});

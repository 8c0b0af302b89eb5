import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AlertRecord } from './alert-body';
import { AlertBook } from './alert-book';
import type { AlertBookChanges, AlertEdge } from './alert-book-parts';
import { savedAlertSchema } from './alert-episode';
import { needsLive } from './alert-state';
import { type Condition, type Scope, scopeOf } from './condition';
import { EXAMPLE_MS, exampleEvidence as evidence, exampleCondition, exampleSubjects } from './example-alerts';
import { activeSilences } from './silence-filter';

/** Everything that two datacenters of three services, one a sidecar of another, and two nodes can say. */
const dcs = ['dc1', 'dc2'];
const { service, node, datacenter, lictor } = exampleSubjects;
const of = (name: string, dc: string) => (name === 'c' ? { standsFor: service('a', dc).key } : {});
const whole: readonly (Condition & { scope: Scope })[] = [
  ...dcs.flatMap((dc) => [
    ...['a', 'b', 'c'].flatMap((name, index) => [
      exampleCondition('Flapping', service(name, dc), evidence.flapping, { keepFiringForMs: 300_000, ...of(name, dc) }),
      exampleCondition('Critical', service(name, dc), evidence.critical, {
        forMs: 120_000,
        ...of(name, dc),
        explainedBy: ['n1', 'n2'].slice(0, index).map((one) => node(one, dc).key),
      }),
      exampleCondition('Few', service(name, dc), evidence['few-healthy'], {
        forMs: 30_000,
        keepFiringForMs: 60_000,
        ...of(name, dc),
      }),
    ]),
    ...['n1', 'n2'].map((name) =>
      exampleCondition('Node', node(name, dc), evidence['node-critical'], { forMs: 30_000 }),
    ),
    exampleCondition('Share', datacenter(dc), evidence['critical-share'], {
      forMs: 60_000,
      explainedBy: [node('n1', dc).key],
    }),
    exampleCondition('NoLeader', datacenter(dc), evidence['no-leader'], { forMs: 15_000 }),
    exampleCondition('Lost', datacenter(dc), evidence['datacenter-lost'], { forMs: 30_000, keepFiringForMs: 30_000 }),
    exampleCondition('Vanished', datacenter(dc), evidence['mass-disappearance']),
    exampleCondition('Expiry', datacenter(dc), evidence.expiry),
  ]),
  exampleCondition('Watchdog', lictor, evidence.watchdog),
].map((condition) => ({ ...condition, scope: scopeOf(condition.subject) }));
const scopes = [...new Set(whole.map(({ scope }) => scope))];
const dcOf = (scope: Scope) => whole.find((one) => one.scope === scope)?.subject.dc ?? '';

const silences = ['', 'state:firing dc:dc1', 'since>1m service:a', 'severity:info'].map((filter, index) => ({
  ...{ id: `s${index}`, filter, from: '2020-01-01T00:00:00.000Z', to: '2030-01-01T00:00:00.000Z' },
  ...{ reason: '', by: '', createdAt: '' },
}));

type Step =
  | { do: 'put'; scope: Scope; held: readonly boolean[] }
  | { do: 'pass'; ms: number }
  | { do: 'set clock'; ms: number }
  | { do: 'pause' | 'resume'; dc: string }
  | { do: 'acknowledge' | 'unacknowledge'; id: string }
  | { do: 'silence'; by: readonly boolean[] }
  | { do: 'restart' };

const stepOf = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('put' as const),
      scope: fc.constantFrom(...scopes),
      held: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.oneof(fc.integer({ min: 0, max: 90_000 }), fc.constant(90_000_000)),
    }),
  },
  fc.record({ do: fc.constant('set clock' as const), ms: fc.integer({ min: -4_000_000, max: 4_000_000 }) }),
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('pause' as const, 'resume' as const), dc: fc.constantFrom(...dcs) }),
  },
  fc.record({
    do: fc.constantFrom('acknowledge' as const, 'unacknowledge' as const),
    id: fc.constantFrom(...whole.map(({ id }) => id)),
  }),
  fc.record({ do: fc.constant('silence' as const), by: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }) }),
  fc.record({ do: fc.constant('restart' as const) }),
) satisfies fc.Arbitrary<Step>;
const stories = fc.array(stepOf, { maxLength: 60, size: 'max' });

/** The book, and beside it what a reader of its rules would expect, kept in another way. */
class World {
  book = new AlertBook();
  nowMs = EXAMPLE_MS;
  /** Clocks go back. */
  latestMs = EXAMPLE_MS;
  readonly told = new Map<Scope, readonly Condition[]>();
  readonly paused = new Set<string>();
  /** What counts now: that of paused datacenters is as it was. */
  readonly held = new Map<string, Condition>();
  readonly watchedMs = new Map<string, number>();
  readonly published = new Map<string, AlertRecord>();
  readonly lastState = new Map<string, string>();
  #silences: readonly (typeof silences)[number][] = [];

  run(step: Step): void {
    this.latestMs = Math.max(this.latestMs, this.nowMs);
    switch (step.do) {
      case 'put': {
        const conditions = whole.filter(({ scope }) => scope === step.scope).filter((_, index) => step.held[index]);
        const before = new Map(this.told.get(step.scope)?.map(({ id, sinceMs }) => [id, sinceMs]));
        const told = conditions.map((one) => ({ ...one, sinceMs: before.get(one.id) ?? this.nowMs }));
        this.told.set(step.scope, told);
        this.book.put(step.scope, dcOf(step.scope), told, this.nowMs);
        this.#count(step.scope);
        return;
      }
      case 'pass': {
        this.nowMs += step.ms;
        for (const [id, condition] of this.held) {
          if (this.runs(condition)) this.watchedMs.set(id, (this.watchedMs.get(id) ?? 0) + step.ms);
        }
        return;
      }
      case 'set clock':
        this.nowMs += step.ms;
        this.book.clockSet(step.ms, this.nowMs);
        return;
      case 'pause':
        this.paused.add(step.dc);
        this.book.pause(step.dc, this.nowMs);
        return;
      case 'resume':
        this.paused.delete(step.dc);
        this.book.resume(step.dc, this.nowMs);
        for (const scope of this.told.keys()) this.#count(scope);
        return;
      case 'acknowledge': {
        this.take();
        const record = this.book.record(step.id);
        const fires = record !== undefined && record.firedAt !== null && record.resolvedAt === null;
        const at = new Date(this.nowMs).toISOString();
        expect(this.book.acknowledge(step.id, { by: 'ada', at, note: '' })).toBe(fires);
        return;
      }
      case 'unacknowledge':
        this.book.unacknowledge(step.id);
        return;
      case 'silence':
        this.#silences = silences.filter((_, index) => step.by[index]);
        this.book.setSilences(activeSilences(this.#silences, this.nowMs));
        return;
      case 'restart':
        this.restart();
    }
  }

  runs({ evidence: { kind }, subject }: Condition): boolean {
    return !(needsLive(kind) && this.paused.has(subject.dc));
  }

  #count(scope: Scope): void {
    const told = new Map((this.told.get(scope) ?? []).map((one) => [one.id, one]));
    for (const condition of whole.filter((one) => one.scope === scope && this.runs(one))) {
      const { id } = condition;
      const now = told.get(id);
      const before = this.held.get(id);
      if (!now) {
        this.held.delete(id);
        this.watchedMs.delete(id);
        continue;
      }
      this.held.set(id, now);
      const watchedMs = this.watchedMs.get(id) ?? 0;
      // It ceased and began again while nobody could say so. What fires already fires on.
      const isYounger = before !== undefined && now.sinceMs > before.sinceMs && watchedMs < now.forMs;
      this.watchedMs.set(id, isYounger ? Math.min(watchedMs, Math.max(0, this.nowMs - now.sinceMs)) : watchedMs);
    }
  }

  /** Another process: told what is kept, and then everything anew. It must be as if nothing had been. */
  restart(): void {
    this.take();
    const before = this.book;
    const saved = before.saved(this.nowMs).map((one) => savedAlertSchema.parse(JSON.parse(JSON.stringify(one))));
    this.book = new AlertBook();
    for (const dc of this.paused) this.book.pause(dc, this.nowMs);
    this.book.restore(saved, this.nowMs);
    this.book.setAcknowledgements(
      before.records().flatMap(({ id, since, acknowledged }) => (acknowledged ? [{ id, since, ...acknowledged }] : [])),
    );
    this.book.setSilences(activeSilences(this.#silences, this.nowMs));
    for (const [scope, told] of this.told) this.book.put(scope, dcOf(scope), told, this.nowMs);
    for (const dc of [...dcs, '']) this.book.settle(dc, this.nowMs);
    const { edges } = this.book.take(this.nowMs);
    expect(edges).toEqual([]);
    expect(this.book.records()).toEqual(before.records());
    for (const [id, record] of this.published) {
      const now = this.book.record(id);
      expect(now).toEqual(record);
      if (now) this.published.set(id, now);
    }
  }

  take(): void {
    this.latestMs = Math.max(this.latestMs, this.nowMs);
    const { changed, edges } = this.book.take(this.nowMs);
    this.#checkChanges(changed);
    this.#checkEdges(edges);
    for (const record of this.book.records()) this.#checkRecord(record);
    this.#checkRipe();
    const nextMs = this.book.nextDeadlineMs();
    if (nextMs !== null) expect(nextMs).toBeGreaterThan(this.nowMs);
    expect(this.book.take(this.nowMs)).toEqual({ changed: [], edges: [] });
  }

  #checkChanges(changed: AlertBookChanges['changed']): void {
    for (const { id, record } of changed) {
      expect(record).not.toEqual(this.published.get(id) ?? null);
      if (record) this.published.set(id, record);
      else this.published.delete(id);
    }
    const records = this.book.records();
    expect(records.map(({ id }) => id)).toEqual([...this.published.keys()].sort());
    for (const record of records) expect(this.published.get(record.id)).toBe(record);
  }

  #checkEdges(edges: readonly AlertEdge[]): void {
    for (const { id, from, to, atMs } of edges) {
      expect(atMs).toBeLessThanOrEqual(this.latestMs);
      expect(from).not.toBe(to);
      if (from !== null || !['resolved', undefined].includes(this.lastState.get(id))) {
        expect(from).toBe(this.lastState.get(id));
      }
      this.lastState.set(id, to);
    }
    for (const { id, state } of this.book.records()) expect(this.lastState.get(id)).toBe(state);
  }

  #checkRecord(record: AlertRecord): void {
    const { id, state, firedAt, resolvedAt, suppressedBy, suppresses, silencedBy, acknowledged } = record;
    expect(firedAt === null).toBe(state === 'pending');
    expect(resolvedAt !== null).toBe(state === 'resolved');
    if (state === 'suppressed') expect(suppressedBy).not.toBeNull();
    if (state === 'silenced') expect(silencedBy.length > 0 && suppressedBy === null).toBe(true);
    if (state === 'acknowledged') expect(acknowledged !== null && silencedBy.length === 0).toBe(true);
    if (state === 'firing') expect([acknowledged, silencedBy, suppressedBy]).toEqual([null, [], null]);
    if (state === 'resolved')
      expect([acknowledged, silencedBy, suppressedBy, suppresses]).toEqual([null, [], null, []]);
    if (suppressedBy !== null) {
      const cause = this.book.record(suppressedBy);
      expect(cause?.suppresses).toContain(id);
      expect(cause?.suppressedBy).toBeNull();
      expect(cause?.state).not.toBe('resolved');
      // What somebody was called for is not taken back by what may come to nothing.
      if (cause?.state === 'pending') expect(this.book.entry(id)?.calledAtMs).toBeNull();
    }
    if (['firing', 'silenced', 'acknowledged'].includes(state)) expect(this.book.entry(id)?.calledAtMs).not.toBeNull();
    for (const one of suppresses) expect(this.book.record(one)?.suppressedBy).toBe(id);
  }

  /** It fires if and only if it has held as long as its rule asks, watched; or came again while it fired on. */
  #checkRipe(): void {
    for (const [id, { forMs, keepFiringForMs }] of this.held) {
      const isRipe = (this.watchedMs.get(id) ?? 0) >= forMs;
      const record = this.book.record(id);
      if (isRipe || keepFiringForMs === 0) expect([id, record?.state === 'pending']).toEqual([id, !isRipe]);
      expect(record?.state).not.toBe('resolved');
    }
  }
}

it('keeps its rules, whatever happens in whatever order', () => {
  fc.assert(
    fc.property(stories, (steps) => {
      const world = new World();
      for (const step of steps) {
        world.run(step);
        world.take();
      }
    }),
    { numRuns: 100 },
  );
});

it('says the same of what was told together, in whichever order it was told', () => {
  const told = fc.array(fc.boolean(), { minLength: whole.length, maxLength: whole.length });
  const order = fc.shuffledSubarray(scopes, { minLength: scopes.length });
  fc.assert(
    fc.property(stories, told, order, order, (steps, held, one, other) => {
      const [left, right] = [one, other].map((inOrder) => {
        const world = new World();
        for (const step of steps) world.run(step);
        world.take();
        for (const scope of inOrder) {
          const conditions = whole.filter((condition, index) => condition.scope === scope && held[index]);
          world.book.put(scope, dcOf(scope), conditions, world.nowMs);
        }
        return { ...world.book.take(world.nowMs), records: world.book.records() };
      });
      expect(left).toEqual(right);
    }),
    { numRuns: 100 },
  );
});

it('takes nothing from what was told once more', () => {
  fc.assert(
    fc.property(stories, (steps) => {
      const world = new World();
      for (const step of steps) world.run(step);
      world.take();
      for (const [scope, told] of world.told) world.book.put(scope, dcOf(scope), told, world.nowMs);
      expect(world.book.take(world.nowMs)).toEqual({ changed: [], edges: [] });
    }),
    { numRuns: 100 },
  );
});

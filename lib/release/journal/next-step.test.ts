import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Place } from '@/lib/release/place';
import type { Intent } from './intent';
import { nextStep } from './next-step';

type Known = Pick<Intent, 'phase' | 'done' | 'lost' | 'restored'>;

const WRITING: Known = { phase: 'writing', done: [], lost: [], restored: [] };
const THREE_STAGES = [0, 1, 2];
const step = (places: readonly Place[], known: Partial<Known> = {}, stages = THREE_STAGES) =>
  nextStep({ ...WRITING, ...known }, stages, places);

describe('what a plan that was begun needs next', () => {
  it('is over where nothing was written, and nobody needs it any more', () => {
    expect(step(['before', 'before', 'before'])).toEqual({ kind: 'over', at: 'before', left: [] });
  });

  it('goes on with the first stage that is left, all of its writes at once', () => {
    expect(step(['after', 'before', 'before'])).toEqual({ kind: 'complete', writes: [1] });
    expect(step(['after', 'before', 'before'], {}, [0, 1, 1])).toEqual({ kind: 'complete', writes: [1, 2] });
    expect(step(['after', 'after', 'after'])).toEqual({ kind: 'over', at: 'after', left: [] });
  });

  it('says first that it turns back, then takes back the last stage first', () => {
    expect(step(['after', 'after', 'other'])).toEqual({ kind: 'turn-back' });
    const restoring = { phase: 'restoring' } as const;
    expect(step(['after', 'after', 'other'], restoring)).toEqual({ kind: 'restore', writes: [1] });
    expect(step(['after', 'before', 'other'], restoring)).toEqual({ kind: 'restore', writes: [0] });
    expect(step(['before', 'before', 'other'], restoring)).toEqual({ kind: 'over', at: 'before', left: [2] });
  });

  it('completes over a write that was done and that somebody has gone on from', () => {
    expect(step(['other', 'before', 'before'], { done: [0] })).toEqual({ kind: 'complete', writes: [1] });
    expect(step(['other', 'after', 'after'], { done: [0, 1, 2] })).toEqual({ kind: 'over', at: 'after', left: [0] });
  });

  it('turns back where somebody has taken back what was done', () => {
    expect(step(['before', 'after', 'before'], { done: [0, 1] })).toEqual({ kind: 'turn-back' });
  });

  it('does not take back what somebody else wrote, though it looks as the plan wanted it', () => {
    const known = { phase: 'restoring', done: [0], lost: [1] } as const;
    expect(step(['after', 'after', 'before'], { ...known, done: [0], lost: [1] })).toEqual({
      kind: 'restore',
      writes: [0],
    });
    expect(step(['before', 'after', 'before'], { phase: 'restoring', done: [0], lost: [1], restored: [0] })).toEqual({
      kind: 'over',
      at: 'before',
      left: [1],
    });
  });

  it('writes nothing of a plan that is not whole in the journal', () => {
    expect(step(['before', 'before', 'before'], { phase: 'preparing' })).toMatchObject({ kind: 'over', at: 'before' });
  });
});

/** What stands at a target: as before, as planned, a neutral one in place of none, or a foreign value. */
type Value = 'before' | 'after' | 'neutral' | 'foreign';

/** A journal and its targets, under compare-and-set. */
class Targets {
  readonly values: Value[];
  readonly touched = new Set<number>();
  readonly #versions: number[];
  intent: Known | null = null;
  isWishStored = false;

  constructor(
    readonly stages: readonly number[],
    readonly denied: ReadonlySet<number>,
  ) {
    this.values = stages.map(() => 'before');
    this.#versions = stages.map(() => 0);
  }

  look(write: number): Place {
    const value = this.values[write];
    return value === 'before' || value === 'after' ? value : 'other';
  }

  write(write: number): 'written' | 'lost' | 'denied' {
    if (this.denied.has(write)) return 'denied';
    if (this.#versions[write] !== 0) return 'lost';
    this.#set(write, 'after');
    return 'written';
  }

  restore(write: number): 'restored' | 'lost' {
    if (this.values[write] !== 'after') return 'lost';
    // Half of them cannot be taken away, only made neutral: that does not look like what stood before.
    this.#set(write, write % 2 === 0 ? 'before' : 'neutral');
    return 'restored';
  }

  disturb(write: number, value: Value): void {
    this.touched.add(write);
    this.#set(write, value);
  }

  #set(write: number, value: Value): void {
    this.values[write] = value;
    this.#versions[write] = (this.#versions[write] ?? 0) + 1;
  }
}

/** One process that carries the plan out; it may end at each `yield`, where one effect is over and the next not begun. */
function* carryOut(targets: Targets): Generator<void> {
  let known = WRITING;
  targets.intent = known;
  yield;
  for (const [write] of [...targets.stages.entries()].sort(([, a], [, b]) => a - b)) {
    const result = targets.write(write);
    yield;
    if (result === 'written') {
      known = { ...known, done: [...known.done, write] };
    } else {
      const lost = result === 'lost' ? [...known.lost, write] : known.lost;
      targets.intent = { ...known, lost, phase: 'restoring' };
      yield;
      return yield* recover(targets);
    }
    targets.intent = known;
    yield;
  }
  end(targets, true);
}

/** Whoever starts next. */
function* recover(targets: Targets): Generator<void> {
  let known = targets.intent;
  const mark = (change: Partial<Known>) => {
    if (known === null) return;
    known = { ...known, ...change };
    targets.intent = known;
  };
  while (known !== null) {
    const places: Place[] = [];
    for (const write of targets.stages.keys()) {
      places.push(targets.look(write));
      yield;
    }
    const next = nextStep(known, targets.stages, places);
    if (next.kind === 'over') return end(targets, next.at === 'after');
    if (next.kind === 'turn-back') mark({ phase: 'restoring' });
    yield;
    for (const write of next.kind === 'complete' ? next.writes : []) {
      const result = targets.write(write);
      yield;
      if (result === 'denied') mark({ phase: 'restoring' });
      else if (result === 'written' || targets.look(write) === 'after') mark({ done: [...known.done, write] });
      else mark({ lost: [...known.lost, write] });
      yield;
    }
    for (const write of next.kind === 'restore' ? next.writes : []) {
      const isRestored = targets.restore(write) === 'restored';
      yield;
      if (isRestored || targets.look(write) === 'before') mark({ restored: [...known.restored, write] });
      else mark({ lost: [...known.lost, write] });
      yield;
    }
  }
}

function end(targets: Targets, isWhole: boolean): void {
  targets.intent = null;
  targets.isWishStored = isWhole;
}

type Event =
  | { readonly kind: 'go' | 'crash' }
  | { readonly kind: 'foreign'; readonly at: number; readonly value: Value };

/** Runs processes over the events, one after another, then one to its end. */
function run(targets: Targets, events: readonly Event[]): void {
  let process = carryOut(targets);
  for (const event of events) {
    if (event.kind === 'crash') process = recover(targets);
    else if (event.kind === 'foreign') targets.disturb(event.at % targets.stages.length, event.value);
    else process.next();
  }
  for (let steps = 0; !process.next().done; steps += 1) {
    if (steps > 10_000) throw new Error('It does not come to an end.');
  }
  // One that crashed before the intent stood has begun nothing; one that stands still is for the next.
  for (const _ of recover(targets));
}

const plan = fc.array(fc.nat(2), { minLength: 1, maxLength: 6 });
const go = fc.constant<Event>({ kind: 'go' });
const crash = fc.constant<Event>({ kind: 'crash' });
const foreign = (value: Value) =>
  fc.record({ kind: fc.constant('foreign' as const), at: fc.nat(5), value: fc.constant(value) });
const denied = fc.uniqueArray(fc.nat(5), { maxLength: 1 }).map((writes) => new Set(writes));
const isBack = (value: Value | undefined) => value === 'before' || value === 'neutral';

describe('a plan in whatever weather', () => {
  it('ends all after or all before, wherever its processes are killed, one after another', () => {
    const events = fc.array(fc.oneof({ weight: 6, arbitrary: go }, { weight: 1, arbitrary: crash }), { maxLength: 80 });
    fc.assert(
      fc.property(plan, denied, events, (stages, refused, weather) => {
        const targets = new Targets(stages, refused);
        run(targets, weather);
        expect(targets.intent).toBeNull();
        const isWhole = targets.values.every((value) => value === 'after');
        expect(isWhole || targets.values.every(isBack)).toBe(true);
        expect(targets.isWishStored).toBe(isWhole);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is killed at each single step of a plan of three stages: begun is completed, not begun is none', () => {
    // Intent, four writes with a mark each, end: ten steps.
    const ends = Array.from({ length: 12 }, (_, steps) => {
      const targets = new Targets([0, 1, 1, 2], new Set());
      run(targets, [...Array<Event>(steps).fill({ kind: 'go' }), { kind: 'crash' }]);
      return targets.values.join(' ');
    });
    expect(ends[0]).toBe('before before before before');
    expect(ends[1]).toBe('before before before before');
    expect(new Set(ends.slice(2))).toEqual(new Set(['after after after after']));
  });

  it('never overwrites what somebody else wrote, and brings all the rest to one side', () => {
    const weather = fc.array(
      fc.oneof(
        { weight: 8, arbitrary: go },
        { weight: 1, arbitrary: crash },
        { weight: 1, arbitrary: foreign('foreign') },
      ),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(plan, denied, weather, (stages, refused, events) => {
        const targets = new Targets(stages, refused);
        run(targets, events);
        expect(targets.intent).toBeNull();
        const rest = targets.values.filter((_, write) => !targets.touched.has(write));
        for (const write of targets.touched) expect(targets.values[write]).toBe('foreign');
        expect(rest.every((value) => value === 'after') || rest.every(isBack)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('comes to an end also where others write the very values of the plan', () => {
    const others = fc.constantFrom<Value>('before', 'after', 'foreign').chain(foreign);
    const weather = fc.array(
      fc.oneof({ weight: 6, arbitrary: go }, { weight: 1, arbitrary: crash }, { weight: 1, arbitrary: others }),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(plan, denied, weather, (stages, refused, events) => {
        const targets = new Targets(stages, refused);
        run(targets, events);
        expect(targets.intent).toBeNull();
        const rest = targets.values.filter((_, write) => !targets.touched.has(write));
        expect(rest.every((value) => value === 'after') || rest.every(isBack)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

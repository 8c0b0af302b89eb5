import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Transition } from '@/lib/history/transition';
import type { TransitionOrigin } from '@/lib/history/transition-origin';
import { catchUpTransitions } from './catch-up';

/** A subject that is nothing but a number; undefined: it is not there. */
const kind = {
  difference: (
    _dc: string,
    _name: string,
    from: number | undefined,
    to: number | undefined,
    origin: TransitionOrigin,
  ): Transition[] => (from === to ? [] : [{ ...SUBJECT, from: textOf(from), to: textOf(to), ...origin }]),
};
const SUBJECT = {
  subject: { kind: 'service', key: 'dc1/web', dc: 'dc1', service: 'web', node: null },
  kind: 'status',
  item: null,
} as const;
const textOf = (state: number | undefined): string | null => (state === undefined ? null : String(state));

/** What really happened: states by Consul's index 1, 2, 3 …; each replica sees some of them, and at last the newest. */
const history = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 });
const seenBy = (length: number) => fc.subarray(Array.from({ length: length - 1 }, (_, at) => at));

test('whatever the last leader wrote, and whatever was held, the record goes on from one to the other without hole or double', () => {
  const story = history.chain((states) =>
    fc.record({
      states: fc.constant(states),
      held: seenBy(states.length),
      written: fc.option(fc.nat(states.length - 1), { nil: null }),
      isCovered: fc.boolean(),
    }),
  );
  fc.assert(
    fc.property(story, ({ states, held, written, isCovered }) => {
      const observe = (at: number) => ({
        ...{ next: states[at], observedAtMs: 1_000 + at, index: at + 1, merged: false },
      });
      const observations = [...held, states.length - 1].map(observe);
      const recorded = written === null ? undefined : { state: states[written] ?? Number.NaN, lastIndex: written + 1 };
      const transitions = catchUpTransitions({
        ...{ dc: 'dc1', name: 'web', kind, recorded, present: states.at(-1), isCovered },
        ...{ held: { observations, incomplete: false, lags: 0 }, nowMs: 9_000, recordedUntilMs: 500 },
      });
      let state = textOf(recorded?.state);
      for (const { from, to } of transitions) {
        expect(from, 'each goes on from the one before').toBe(state);
        state = to;
      }
      expect(state, 'the last is the present').toBe(textOf(states.at(-1)));
      const fresh = observations
        .filter(({ index }) => index > (recorded?.lastIndex ?? 0))
        .map(({ next }) => textOf(next));
      const steps = [textOf(recorded?.state), ...fresh].filter((one, at, all) => at === 0 || one !== all[at - 1]);
      expect(
        [textOf(recorded?.state), ...transitions.map(({ to }) => to)],
        'what was seen after the record, and nothing before',
      ).toEqual(steps);
      if (isCovered) expect(transitions.every(({ unwatchedFromMs }) => unwatchedFromMs === null)).toBe(true);
      else expect(transitions.slice(1).every(({ unwatchedFromMs }) => unwatchedFromMs === null)).toBe(true);
    }),
  );
});

test('where nothing was held the difference is one step, at some moment since the end of the record', () => {
  const given = { dc: 'dc1', name: 'web', kind, recorded: { state: 1, lastIndex: 4 }, present: 2, isCovered: true };
  const held = { observations: [], incomplete: false, lags: 0 };
  expect(catchUpTransitions({ ...given, held, nowMs: 9_000, recordedUntilMs: 500 })).toEqual([
    { ...SUBJECT, from: '1', to: '2', observedAtMs: 9_000, index: null, merged: true, unwatchedFromMs: 500 },
  ]);
});

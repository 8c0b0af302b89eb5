import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observation, SplitVerdict } from './split-body';
import { type VerdictQuestion, verdictOf } from './verdict';

const START_MS = Date.parse('2026-01-01T00:00:00.000Z');
const declared = { old: 90, new: 10 };

function observed(percentNew: number, requests: number): Observation {
  const count = Math.round((requests * percentNew) / 100);
  return {
    ...{ state: 'observed', source: 'HAProxy', windowMs: 10_000, at: '2026-01-01T00:00:00.000Z', lagMs: 500 },
    shares: { old: 100 - percentNew, new: percentNew },
    requests: { old: requests - count, new: count },
    ratePerSecond: { old: 1, new: 1 },
  };
}

const ask = (over: Partial<VerdictQuestion>) =>
  verdictOf({
    ...{ mechanism: 'mesh', declared, declaredSinceMs: START_MS, missing: null, previous: null },
    ...{ observation: observed(10, 1_000), nowMs: START_MS },
    ...over,
  });

/** Each second the same is observed; the verdicts, one a second. */
function overTime(seconds: number, at: (second: number) => Observation, over: Partial<VerdictQuestion> = {}) {
  const verdicts: SplitVerdict[] = [];
  for (let second = 0; second <= seconds; second += 1) {
    const previous = verdicts.at(-1) ?? null;
    verdicts.push(ask({ observation: at(second), previous, nowMs: START_MS + second * 1_000, ...over }));
  }
  return verdicts;
}

describe('what is declared is settled', () => {
  it('where each share is within two points', () => {
    expect(ask({ observation: observed(12, 1_000_000) }).state).toBe('settled');
    expect(ask({ observation: observed(12.1, 1_000_000) }).state).toBe('moving');
  });

  it('where few requests could not tell it better', () => {
    // Three standard errors of 10 % of 100 requests: 3 · √(0.1 · 0.9 / 100) = 9 points.
    expect(ask({ observation: observed(19, 100) }).state).toBe('settled');
    expect(ask({ observation: observed(20, 100) }).state).toBe('moving');
  });

  it('for as long as it is, also where it is counted anew all the time', () => {
    const verdicts = overTime(100, (second) => observed(10 + (second % 3), 1_000));
    expect(new Set(verdicts.map(({ since }) => since))).toEqual(new Set(['2026-01-01T00:00:00.000Z']));
  });
});

describe('declared and nothing moves', () => {
  it('is said within a minute, with what is likely, and not while clients may still follow', () => {
    const verdicts = overTime(60, () => observed(50, 1_000));
    const said = verdicts.findIndex(({ state }) => state === 'not-moving');
    expect(said).toBeGreaterThan(20);
    expect(said).toBeLessThan(58);
    expect(verdicts.slice(0, said).every(({ state }) => state === 'moving')).toBe(true);
    expect(verdicts.at(-1)?.reason).toContain('"new" is declared 10 % and gets 50 %');
    expect(verdicts.at(-1)?.reason).toContain('mesh proxies');
  });

  it('is not said of what was just declared, however long the last one was off', () => {
    const verdicts = overTime(50, () => observed(50, 1_000));
    const moved = ask({
      ...{ observation: observed(50, 1_000), previous: verdicts.at(-1) ?? null },
      ...{ declaredSinceMs: START_MS + 50_000, nowMs: START_MS + 51_000 },
    });
    expect(moved.state).toBe('moving');
  });

  it('says what has not arrived, where that is known', () => {
    const missing = 'dc2 has the splitter of before.';
    const verdicts = overTime(60, () => observed(50, 1_000), { missing });
    expect(verdicts[0]).toMatchObject({ state: 'moving', reason: missing });
    expect(verdicts.at(-1)?.reason).toContain(missing);
  });

  it.each(['mesh', 'policy', 'weights'] as const)('has a reason for %s', (mechanism) => {
    expect(overTime(60, () => observed(50, 1_000), { mechanism }).at(-1)?.reason).toMatch(/: look .*\.$/);
  });

  it('ends where it moves after all', () => {
    const verdicts = overTime(90, (second) => observed(second < 70 ? 50 : 10, 1_000));
    expect(verdicts[69]?.state).toBe('not-moving');
    expect(verdicts[70]).toMatchObject({ state: 'settled', since: '2026-01-01T00:01:10.000Z', reason: null });
  });
});

describe('nothing is concluded', () => {
  it.each([
    ['nothing is declared', { declared: null, declaredSinceMs: null }, 'Nothing divides'],
    ['nobody counts', { observation: { state: 'not-observed', reason: 'No Prometheus.' } as const }, 'No Prometheus.'],
    ['no request came', { observation: observed(0, 0) }, 'no request'],
  ])('where %s', (_, over, reason) => {
    const verdict = ask(over);
    expect(verdict.state).toBe('not-observed');
    expect(verdict.reason).toContain(reason);
  });
});

it('what is observed as declared is settled, whatever the shares and versions', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1_000), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 1e6 }),
      (parts, requests) => {
        const sum = parts.reduce((all, part) => all + part, 0) || 1;
        const shares = Object.fromEntries(parts.map((part, at) => [`v${at}`, (100 * part) / sum]));
        const observation = { ...observed(0, requests), shares, requests: { v0: requests } } as Observation;
        expect(ask({ declared: shares, observation }).state).toBe('settled');
      },
    ),
  );
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isListed, nextSilenceChangeMs, silenceState } from './silence-state';

const fromMs = Date.parse('2026-01-15T03:00:00.000Z');
const toMs = fromMs + 3_600_000;
const silence = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };

it('is scheduled until it begins, active until it ends', () => {
  expect(silenceState(silence, fromMs - 1)).toBe('scheduled');
  expect(silenceState(silence, fromMs)).toBe('active');
  expect(silenceState(silence, toMs - 1)).toBe('active');
  expect(silenceState(silence, toMs)).toBe('expired');
});

it('is listed for a day after its end', () => {
  expect(isListed(silence, toMs + 86_399_999)).toBe(true);
  expect(isListed(silence, toMs + 86_400_000)).toBe(false);
});

it('that ends before it begins never holds', () => {
  expect(silenceState({ from: silence.to, to: silence.from }, fromMs + 1)).toBe('expired');
});

it('stays as it is until the next change', () => {
  const times = fc.integer({ min: 0, max: 10 ** 6 });
  fc.assert(
    fc.property(fc.array(fc.tuple(times, times), { maxLength: 5 }), times, (pairs, nowMs) => {
      const silences = pairs.map(([a, b]) => ({ from: new Date(a).toISOString(), to: new Date(b).toISOString() }));
      const look = (atMs: number) => silences.map((one) => [silenceState(one, atMs), isListed(one, atMs)].join());
      const nextMs = nextSilenceChangeMs(silences, nowMs);
      if (nextMs === null) {
        expect(silences).toEqual([]);
        return;
      }
      expect(nextMs).toBeGreaterThan(nowMs);
      expect(look(nextMs - 1)).toEqual(look(nowMs));
    }),
  );
});

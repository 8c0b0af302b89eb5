import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { livePhase, msToNextPhase } from './live-phase';

describe('the phase of a connection', () => {
  it('changes exactly 3 s and 5 s after the last event', () => {
    const ages = [0, 2_999, 3_000, 4_999, 5_000, 3_600_000];
    expect(ages.map((ageMs) => livePhase(ageMs, 1e9))).toEqual([
      'live',
      'live',
      'reconnecting',
      'reconnecting',
      'stale',
      'stale',
    ]);
  });

  it('is reconnecting before the first event, and stale when that does not come', () => {
    expect([0, 4_999, 5_000].map((wantedMs) => livePhase(null, wantedMs))).toEqual([
      'reconnecting',
      'reconnecting',
      'stale',
    ]);
  });

  it('is another one after the time that it says, and the same 1 ms before', () => {
    const age = fc.option(fc.integer({ min: 0, max: 10_000 }));
    fc.assert(
      fc.property(age, fc.integer({ min: 0, max: 10_000 }), (ageMs, wantedMs) => {
        const phase = livePhase(ageMs, wantedMs);
        const phaseIn = (ms: number) => livePhase(ageMs === null ? null : ageMs + ms, wantedMs + ms);
        const nextMs = msToNextPhase(ageMs, wantedMs);
        if (nextMs === null) expect(phaseIn(1e9)).toBe('stale');
        else {
          expect(phaseIn(nextMs - 1)).toBe(phase);
          expect(phaseIn(nextMs)).not.toBe(phase);
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offsetMs, offsetOfPage, withHeartbeat, withoutSamples } from './clock-offset';

describe('the estimate of the clock offset', () => {
  it('is nothing while only a page from a cache is known', () => {
    expect(offsetMs(offsetOfPage(1_000, 3_601_000))).toBe(0);
  });

  it('puts a browser whose clock is behind the page at the page', () => {
    expect(offsetMs(offsetOfPage(9_000, 4_000))).toBe(5_000);
  });

  it('takes the heartbeat with the smallest delay', () => {
    // The server is 500 ms ahead; the heartbeats took 80, 20 and 300 ms.
    let offset = offsetOfPage(0, 0);
    offset = withHeartbeat(offset, 1_500, 1_080);
    offset = withHeartbeat(offset, 3_500, 3_020);
    offset = withHeartbeat(offset, 5_500, 5_300);
    expect(offsetMs(offset)).toBe(480);
  });

  it('follows a server whose clock is behind', () => {
    expect(offsetMs(withHeartbeat(offsetOfPage(0, 0), 1_000, 61_010))).toBe(-60_010);
  });

  it('follows a server whose clock is set back by an hour within two heartbeats', () => {
    let offset = offsetOfPage(0, 0);
    for (const atMs of [1_000, 2_000, 3_000]) offset = withHeartbeat(offset, atMs, atMs + 10);
    for (const atMs of [4_000, 5_000]) offset = withHeartbeat(offset, atMs - 3_600_000, atMs + 10);
    expect(offsetMs(offset)).toBe(-3_600_010);
  });

  it('does not take heartbeats that were held back on the way, and came all at once, for a clock that was set', () => {
    let offset = withHeartbeat(offsetOfPage(0, 0), 1_000, 1_010);
    for (const atMs of [2_000, 3_000, 4_000]) offset = withHeartbeat(offset, atMs, 90_000);
    expect(offsetMs(offset)).toBe(-10);
  });

  it('forgets all when the local clock was set', () => {
    expect(offsetMs(withoutSamples(withHeartbeat(offsetOfPage(9_000, 0), 5_000, 0)))).toBe(0);
  });

  it('is never above the true offset and within the smallest of the last 30 delays of it', () => {
    const delays = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(fc.integer({ min: -1e7, max: 1e7 }), delays, (trueMs, delaysMs) => {
        let offset = offsetOfPage(0, 1e9);
        for (const [n, delayMs] of delaysMs.entries()) {
          offset = withHeartbeat(offset, 1e9 + n * 2_000 + trueMs, 1e9 + n * 2_000 + delayMs);
        }
        expect(offsetMs(offset)).toBe(trueMs - Math.min(...delaysMs.slice(-30)));
        expect(offset.samples.length).toBeLessThanOrEqual(30);
      }),
    );
  });
});

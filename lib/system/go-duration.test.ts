import { describe, expect, it } from 'vitest';
import { goDurationMs } from './go-duration';

describe("Go's text of a duration", () => {
  it.each([
    ['0s', 0],
    ['45.25ms', 45.25],
    // 60,000 + 3,500
    ['1m3.5s', 63_500],
    // 3,600,000 + 120,000 + 4,000
    ['1h2m4s', 3_724_000],
    ['250µs', 0.25],
    ['1500000ns', 1.5],
  ])('%s', (text, ms) => {
    expect(goDurationMs(text)).toBeCloseTo(ms, 9);
  });

  it.each(['', 'never', '5', '5 s', '-1s', '1s2', 's'])('"%s" is none', (text) => {
    expect(goDurationMs(text)).toBeNull();
  });
});

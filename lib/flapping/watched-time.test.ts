import { describe, expect, it } from 'vitest';
import { WatchedTime } from './watched-time';

const DAY_MS = 86_400_000;
const begun = () => {
  const time = new WatchedTime(0, DAY_MS);
  time.moveTo(1_000_000);
  return time;
};

describe('watched time', () => {
  it('knows nothing from before its first moment', () => {
    const time = new WatchedTime(600_000, DAY_MS);
    expect(time.unknown(60_000, 11).newer, 'two of its slots of a minute were watched').toBe(2 ** 20 - 4);
    expect(time.watchedMs(0, 700_000)).toBe(100_000);
  });

  it('takes a slot for unknown where more than half of it was not watched', () => {
    const time = begun();
    time.gapBegins(1_005_000);
    time.gapEnds(1_020_000);
    expect(time.unknown(30_000, 33).newer, '990 to 1,020 s, 15 s of them unwatched').toBe(0);
    time.gapBegins(1_050_000);
    time.gapEnds(1_065_001);
    expect(time.unknown(30_000, 35).newer, '1,050 to 1,080 s').toBe(1);
  });

  it('knows nothing of what comes after the beginning of a gap that lasts', () => {
    const time = begun();
    time.gapBegins(1_020_000);
    time.gapBegins(1_030_000);
    expect([time.isInGap, time.unknown(30_000, 35).newer]).toEqual([true, 0b11]);
    time.gapEnds(1_050_000);
    expect([time.isInGap, time.unknown(30_000, 35).newer]).toEqual([false, 0b10]);
    time.gapEnds(2_000_000);
    expect(time.unknown(30_000, 35).newer, 'no gap is open').toBe(0b10);
  });

  it('stands still where a clock goes back', () => {
    const time = begun();
    time.moveTo(500_000);
    expect(time.untilMs).toBe(1_000_000);
  });
});

import { describe, expect, it } from 'vitest';
import { dragTarget, keyTarget } from './slider-step';

const whole = { least: 0, most: 100 };

describe('keyTarget', () => {
  it('moves by 1, by a tenth with Shift, by 10 with the page keys, and to the ends', () => {
    const from10 = (key: string, fine = false) => keyTarget(key, fine, 10, whole);
    expect(['ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowDown'].map((key) => from10(key))).toEqual([11, 11, 9, 9]);
    expect([from10('ArrowRight', true), from10('ArrowLeft', true)]).toEqual([10.1, 9.9]);
    expect(['PageUp', 'PageDown', 'Home', 'End'].map((key) => from10(key))).toEqual([20, 0, 0, 100]);
    expect(from10('a')).toBeNull();
  });

  it('stays between its neighbours, and adds up exactly', () => {
    const limits = { least: 5, most: 40 };
    expect(keyTarget('PageUp', false, 35, limits)).toBe(40);
    expect(keyTarget('PageDown', false, 9, limits)).toBe(5);
    expect(keyTarget('End', false, 9, limits)).toBe(40);
    let at = 5;
    for (let n = 0; n < 300; n += 1) at = keyTarget('ArrowRight', true, at, limits) ?? Number.NaN;
    expect(at).toBe(35);
  });
});

describe('dragTarget', () => {
  const snap = { reach: 0.8, free: false };

  it('comes to rest on a mark that is near, else on a whole percent', () => {
    expect([9.3, 10.7, 11.4, 0.5, 99.6].map((at) => dragTarget(at, whole, snap))).toEqual([10, 10, 11, 0, 100]);
  });

  it('stands where it is held, to a tenth, while the marks are off', () => {
    expect(dragTarget(9.34, whole, { reach: 0.8, free: true })).toBe(9.3);
  });

  it('takes no mark beyond its neighbours', () => {
    expect(dragTarget(9.6, { least: 0, most: 9.5 }, snap)).toBe(9.5);
    expect(dragTarget(-30, whole, snap)).toBe(0);
  });
});

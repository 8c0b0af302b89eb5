import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handlesOf, nearestHandle } from './bar-handles';

describe('handlesOf', () => {
  it('has one handle fewer than versions, each between its neighbours', () => {
    expect(handlesOf({ a: 10, b: 30, c: 60 }, ['a', 'b', 'c'])).toEqual([
      { index: 0, left: 'a', right: 'b', at: 10, least: 0, most: 40 },
      { index: 1, left: 'b', right: 'c', at: 40, least: 10, most: 100 },
    ]);
    expect(handlesOf({ a: 100 }, ['a'])).toEqual([]);
  });

  it('takes a version without a share for 0', () => {
    expect(handlesOf({ b: 100 }, ['a', 'b'])[0]).toMatchObject({ at: 0, least: 0, most: 100 });
  });

  it('never drifts: the last handle leaves exactly what the last version has', () => {
    const parts = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(parts, (hundredths) => {
        const rest = 10_000 - hundredths.reduce((sum, part) => sum + part, 0);
        const order = [...hundredths, rest].map((_, n) => `v${n}`);
        const shares = Object.fromEntries([...hundredths, rest].map((part, n) => [`v${n}`, part / 100]));
        const handles = handlesOf(shares, order);
        expect(handles.at(-1)?.most).toBe(100);
        expect(handles.at(-1)?.at).toBe((10_000 - rest) / 100);
        expect(handles.every(({ least, at, most }) => least <= at && at <= most)).toBe(true);
      }),
    );
  });
});

describe('nearestHandle', () => {
  const order = ['a', 'b', 'c'];

  it('takes the nearest', () => {
    const handles = handlesOf({ a: 10, b: 60, c: 30 }, order);
    expect(nearestHandle(handles, 12)?.index).toBe(0);
    expect(nearestHandle(handles, 60)?.index).toBe(1);
    expect(nearestHandle([], 50)).toBeUndefined();
  });

  it('takes of two on one place that which can follow the press', () => {
    expect(nearestHandle(handlesOf({ c: 100 }, order), 30)?.index).toBe(1);
    expect(nearestHandle(handlesOf({ a: 100 }, order), 30)?.index).toBe(0);
  });
});

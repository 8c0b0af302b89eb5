import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Disappearance } from './disappearance';

const limits = { share: 0.3, withinMs: 5_000, least: 5 };
const named = (...keys: string[]) => new Map(keys.map((key) => [key, key]));
const keysOf = (map: ReadonlyMap<string, unknown>) => [...map.keys()].sort();

describe('what answers no longer name', () => {
  it('is taken for gone where it is little', () => {
    const dc = new Disappearance<string>(limits);
    expect(dc.vanish(named('a', 'b', 'c', 'd'), 100, 0).size).toBe(0);
    expect(dc.held.size).toBe(0);
  });

  it('is taken for gone where it is few, whatever their share', () => {
    const dc = new Disappearance<string>(limits);
    expect(dc.vanish(named('a', 'b', 'c', 'd'), 0, 0).size).toBe(0);
  });

  it('is held where it is many at once', () => {
    const dc = new Disappearance<string>(limits);
    // 6 of 6 + 14 are 30%.
    expect(keysOf(dc.vanish(named('a', 'b', 'c', 'd', 'e', 'f'), 14, 0))).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    const other = new Disappearance<string>(limits);
    expect(other.vanish(named('a', 'b', 'c', 'd', 'e', 'f'), 15, 0).size).toBe(0);
  });

  it('is held where it becomes many within seconds, with what was taken for gone a moment ago', () => {
    const dc = new Disappearance<string>(limits);
    expect(dc.vanish(named('a', 'b', 'c'), 17, 0).size).toBe(0);
    expect(keysOf(dc.vanish(named('d', 'e', 'f'), 14, 5_000))).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    const slow = new Disappearance<string>(limits);
    expect(slow.vanish(named('a', 'b', 'c'), 17, 0).size).toBe(0);
    expect(slow.vanish(named('d', 'e', 'f'), 14, 5_001).size).toBe(0);
  });

  it('is held, be it a single one, while others are', () => {
    const dc = new Disappearance<string>(limits);
    dc.vanish(named('a', 'b', 'c', 'd', 'e', 'f'), 0, 0);
    expect(keysOf(dc.vanish(named('g'), 1_000, 20_000))).toEqual(['g']);
    const nodes = new Disappearance<string>(limits);
    expect(keysOf(nodes.vanish(named('n'), 1_000, 0, true))).toEqual(['n']);
  });

  it('is let go of when it is named again or confirmed, and then counts no more', () => {
    const dc = new Disappearance<string>(limits);
    dc.vanish(named('a', 'b', 'c', 'd', 'e', 'f'), 4, 0);
    dc.back('a');
    dc.confirm(['b', 'c', 'd', 'e', 'f']);
    expect(dc.held.size).toBe(0);
    expect(dc.vanish(named('g', 'h', 'i', 'j'), 0, 1).size).toBe(0);
  });

  it('is held, however few, when the token may not read it', () => {
    const dc = new Disappearance<string>(limits);
    dc.vanish(named('a', 'b'), 100, 0);
    expect(keysOf(dc.unvouched)).toEqual(['a', 'b']);
    dc.vouch(['b']);
    expect(keysOf(dc.unvouched)).toEqual(['a']);
    expect(keysOf(dc.doubt(dc.unvouched.get('a') ? named('a') : named(), 10_000))).toEqual(['a']);
    expect([keysOf(dc.held), keysOf(dc.unvouched)]).toEqual([['a'], []]);
    expect(dc.doubt(named('a'), 11_000).size).toBe(0);
  });

  it('is remembered for a minute where nobody vouches for it, and no longer than it counts where somebody does', () => {
    const dc = new Disappearance<string>(limits);
    dc.vanish(named('a', 'b'), 100, 0);
    dc.vouch(['b']);
    dc.vanish(named(), 100, 60_000);
    expect(keysOf(dc.unvouched)).toEqual(['a']);
    dc.vanish(named(), 100, 60_001);
    expect(keysOf(dc.unvouched)).toEqual([]);
  });
});

type Step =
  | { readonly do: 'vanish'; readonly keys: readonly string[]; readonly afterMs: number }
  | { readonly do: 'back' | 'confirm' | 'vouch' | 'doubt'; readonly keys: readonly string[] };

const keys = fc.uniqueArray(fc.integer({ min: 0, max: 19 }).map(String), { minLength: 1, maxLength: 8 });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('vanish' as const), keys, afterMs: fc.integer({ min: 0, max: 4_000 }) }),
    fc.record({ do: fc.constantFrom('back', 'confirm', 'vouch', 'doubt'), keys }),
  ),
  { maxLength: 40 },
);

it('whatever happens, each of the known is shown or held or gone; many lost within seconds are never gone, and none is let go of unasked', () => {
  fc.assert(
    fc.property(steps, (story) => {
      const dc = new Disappearance<string>(limits);
      const all = Array.from({ length: 20 }, (_, at) => String(at));
      const shown = new Set(all);
      /** When each was lost that is believed to be gone. */
      const gone = new Map<string, number>();
      let nowMs = 0;
      for (const step of story) {
        const heldBefore = new Set(dc.held.keys());
        const mine = named(...step.keys.filter((key) => shown.has(key)));
        if (step.do === 'vanish') {
          nowMs += step.afterMs;
          for (const key of mine.keys()) {
            shown.delete(key);
            gone.set(key, nowMs);
          }
          for (const key of dc.vanish(mine, shown.size, nowMs).keys()) gone.delete(key);
          const lately = [...gone.values()].filter((atMs) => nowMs - atMs <= limits.withinMs).length;
          const many = lately >= limits.least && lately >= limits.share * (lately + shown.size);
          expect(many && mine.size > 0).toBe(false);
          if (mine.size > 0 && heldBefore.size > 0)
            expect([...mine.keys()].every((key) => dc.held.has(key))).toBe(true);
        }
        if (step.do === 'back') {
          for (const key of step.keys) {
            dc.back(key);
            gone.delete(key);
            shown.add(key);
          }
        }
        if (step.do === 'confirm') {
          dc.confirm(step.keys);
          // Confirmed, it is gone for good; this story has no use for it any more.
        }
        if (step.do === 'vouch') dc.vouch(step.keys);
        if (step.do === 'doubt') {
          for (const key of dc.doubt(mine, nowMs).keys()) shown.delete(key);
        }
        if (step.do === 'vanish' || step.do === 'vouch' || step.do === 'doubt') {
          for (const key of heldBefore) expect(dc.held.has(key)).toBe(true);
        }
        for (const key of dc.held.keys()) expect([shown.has(key), gone.has(key)]).toEqual([false, false]);
        for (const key of dc.unvouched.keys()) expect(gone.has(key)).toBe(true);
      }
    }),
  );
});

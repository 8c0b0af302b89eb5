import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Disappearance, type Surroundings } from './disappearance';

const limits = { share: 0.3, withinMs: 5_000, least: 5 };
const open: Surroundings = { alarmed: false, acls: false };
const guarded: Surroundings = { alarmed: false, acls: true };
const named = (...keys: string[]) => new Map(keys.map((key) => [key, key]));
const keysOf = (map: ReadonlyMap<string, unknown>) => [...map.keys()].sort();
const six = ['a', 'b', 'c', 'd', 'e', 'f'];

describe('what answers no longer name', () => {
  it('is taken for gone where it is little', () => {
    const dc = new Disappearance<string>(limits);
    expect(dc.vanish(named('a', 'b', 'c', 'd'), 100, 0, open).size).toBe(0);
    expect(dc.held.size).toBe(0);
  });

  it('is taken for gone where it is few, whatever their share', () => {
    const dc = new Disappearance<string>(limits);
    expect(dc.vanish(named('a', 'b', 'c', 'd'), 0, 0, open).size).toBe(0);
  });

  it('is held where it is many at once', () => {
    const dc = new Disappearance<string>(limits);
    // 6 of 6 + 14 are 30%.
    expect(keysOf(dc.vanish(named(...six), 14, 0, open))).toEqual(six);
    expect(dc.alarmed).toBe(true);
    const other = new Disappearance<string>(limits);
    expect(other.vanish(named(...six), 15, 0, open).size).toBe(0);
  });

  it('is held where it becomes many within seconds, with what was taken for gone a moment ago', () => {
    const dc = new Disappearance<string>(limits);
    expect(dc.vanish(named('a', 'b', 'c'), 17, 0, open).size).toBe(0);
    expect(keysOf(dc.vanish(named('d', 'e', 'f'), 14, 5_000, open))).toEqual(six);
    const slow = new Disappearance<string>(limits);
    expect(slow.vanish(named('a', 'b', 'c'), 17, 0, open).size).toBe(0);
    expect(slow.vanish(named('d', 'e', 'f'), 14, 5_001, open).size).toBe(0);
  });

  it('is held, be it a single one, while others await proof', () => {
    const dc = new Disappearance<string>(limits);
    dc.vanish(named(...six), 0, 0, open);
    expect(keysOf(dc.vanish(named('g'), 1_000, 20_000, open))).toEqual(['g']);
    const nodes = new Disappearance<string>(limits);
    expect(keysOf(nodes.vanish(named('n'), 1_000, 0, { alarmed: true, acls: false }))).toEqual(['n']);
  });

  it('is let go of when it is named again or proven to be gone, and then counts no more', () => {
    const dc = new Disappearance<string>(limits);
    dc.vanish(named(...six), 4, 0, open);
    dc.back('a');
    dc.confirm(['b', 'c', 'd', 'e', 'f']);
    expect([dc.held.size, dc.alarmed]).toEqual([0, false]);
    expect(dc.vanish(named('g', 'h', 'i', 'j'), 0, 1, open).size).toBe(0);
  });

  it('awaits the right to read it where there are ACLs, and is gone with that', () => {
    const dc = new Disappearance<string>(limits);
    expect(dc.vanish(named('a', 'b'), 100, 0, guarded).size).toBe(0);
    expect([dc.held.get('a')?.awaits, dc.alarmed]).toEqual(['right', false]);
    expect(dc.vouch(['a', 'x'])).toEqual(['a']);
    expect(keysOf(dc.held)).toEqual(['b']);
  });

  it('awaits proof once the token is known not to read it, and no right lets go of it any more', () => {
    const dc = new Disappearance<string>(limits);
    dc.vanish(named('a'), 100, 0, guarded);
    // `s` is seen still, `a` is missing.
    expect(keysOf(dc.doubt(named('a', 's'), 1_000))).toEqual(['a', 's']);
    expect(dc.held.get('a')?.atMs).toBe(0);
    expect([dc.held.get('a')?.awaits, dc.held.get('s')?.awaits]).toEqual(['proof', 'proof']);
    expect(dc.vouch(['a', 's'])).toEqual([]);
  });

  it('awaits proof where nobody says for a time whether the token may read it', () => {
    const dc = new Disappearance<string>(limits);
    dc.vanish(named('a'), 100, 0, guarded);
    dc.vanish(named('b'), 100, 2_000, guarded);
    expect(keysOf(dc.loseTrust(1_000))).toEqual(['a']);
    expect([dc.held.get('a')?.awaits, dc.held.get('b')?.awaits]).toEqual(['proof', 'right']);
    expect(dc.loseTrust(1_000).size).toBe(0);
  });

  it('counts towards a mass with and without ACLs', () => {
    const dc = new Disappearance<string>(limits);
    dc.vanish(named('a', 'b', 'c'), 17, 0, guarded);
    dc.vouch(['a']);
    expect(keysOf(dc.vanish(named('d', 'e', 'f'), 14, 1_000, guarded))).toEqual(six);
    expect([...dc.held.values()].every(({ awaits }) => awaits === 'proof')).toBe(true);
    expect(keysOf(dc.held)).toEqual(six);
  });
});

type Step =
  | { readonly do: 'vanish'; readonly keys: readonly string[]; readonly afterMs: number; readonly acls: boolean }
  | { readonly do: 'back' | 'confirm' | 'vouch' | 'doubt' | 'loseTrust'; readonly keys: readonly string[] };

const keys = fc.uniqueArray(fc.integer({ min: 0, max: 19 }).map(String), { minLength: 1, maxLength: 8 });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({
      ...{ do: fc.constant('vanish' as const), keys, acls: fc.boolean() },
      afterMs: fc.integer({ min: 0, max: 4_000 }),
    }),
    fc.record({ do: fc.constantFrom('back', 'confirm', 'vouch', 'doubt', 'loseTrust'), keys }),
  ),
  { maxLength: 40 },
);

it('whatever happens, each of the known is seen or held or gone; many lost within seconds are never gone, and nothing that awaits proof goes without it', () => {
  fc.assert(
    fc.property(steps, (story) => {
      const dc = new Disappearance<string>(limits);
      const seen = new Set(Array.from({ length: 20 }, (_, at) => String(at)));
      /** When each was lost that is taken for gone without proof. */
      const gone = new Map<string, number>();
      let nowMs = 0;
      for (const step of story) {
        const before = new Map(dc.held);
        const mine = named(...step.keys.filter((key) => seen.has(key)));
        if (step.do === 'vanish') {
          nowMs += step.afterMs;
          for (const key of mine.keys()) seen.delete(key);
          for (const key of mine.keys()) gone.set(key, nowMs);
          dc.vanish(mine, seen.size, nowMs, { alarmed: false, acls: step.acls });
          for (const key of dc.held.keys()) gone.delete(key);
          const lately = [...gone.values()].filter((atMs) => nowMs - atMs <= limits.withinMs).length;
          const many = lately >= limits.least && lately >= limits.share * (lately + seen.size);
          expect(mine.size > 0 && many).toBe(false);
          if (step.acls) expect([...mine.keys()].every((key) => dc.held.has(key))).toBe(true);
        }
        if (step.do === 'back') {
          for (const key of step.keys) dc.back(key);
          for (const key of step.keys) gone.delete(key);
          for (const key of step.keys) seen.add(key);
        }
        if (step.do === 'confirm') dc.confirm(step.keys);
        if (step.do === 'vouch') for (const key of dc.vouch(step.keys)) gone.set(key, before.get(key)?.atMs ?? 0);
        if (step.do === 'loseTrust') dc.loseTrust(nowMs);
        if (step.do === 'doubt') for (const key of dc.doubt(mine, nowMs).keys()) seen.delete(key);

        const proven = step.do === 'back' || step.do === 'confirm' ? step.keys : [];
        for (const [key, { awaits }] of before) {
          if (awaits === 'proof' && !proven.includes(key)) expect(dc.held.get(key)?.awaits).toBe('proof');
        }
        for (const key of dc.held.keys()) expect([seen.has(key), gone.has(key)]).toEqual([false, false]);
        expect(dc.alarmed).toBe([...dc.held.values()].some(({ awaits }) => awaits === 'proof'));
      }
    }),
  );
});

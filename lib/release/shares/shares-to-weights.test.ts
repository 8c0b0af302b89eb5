import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Shares } from '@/lib/release/split-body';
import { shareOf } from './normalize-shares';
import { CONSUL_GRAIN, type Grain, HAPROXY_GRAIN, type WeightedInstance, weightsForShares } from './shares-to-weights';
import { anyShares } from './testing/any-shares';
import { sharesOfWeights } from './weights-to-shares';

const grains = fc.constantFrom(CONSUL_GRAIN, HAPROXY_GRAIN);

function fleet(counts: Readonly<Record<string, number>>, weight = 1): WeightedInstance[] {
  return Object.entries(counts).flatMap(([version, count]) =>
    Array.from({ length: count }, (_, at) => ({ key: `${version}/${at}`, version, weight })),
  );
}

/** A fleet of 1 to 200 instances a version, with shares for it. */
const question = anyShares(4).chain((shares) =>
  fc.record({
    shares: fc.constant(shares),
    grain: grains,
    instances: fc
      .tuple(...Object.keys(shares).map(() => fc.integer({ min: 1, max: 200 })))
      .map((counts) => fleet(Object.fromEntries(Object.keys(shares).map((version, at) => [version, counts[at] ?? 1])))),
  }),
);

const weighed = (instances: readonly WeightedInstance[], weights: ReadonlyMap<string, number>) =>
  instances.map(({ key, version }) => ({ version, weight: weights.get(key) ?? 0, inTraffic: weights.has(key) }));

const largestError = (declares: Shares, wished: Shares) =>
  Math.max(...Object.keys(declares).map((version) => Math.abs(shareOf(declares, version) - shareOf(wished, version))));

test('every instance with a share has a weight that Consul takes, one of the grain, the same as others of its version; the rest is to be taken out', () => {
  fc.assert(
    fc.property(question, ({ shares, instances, grain }) => {
      const { weights, byVersion, out } = weightsForShares({ shares, instances, grain });
      for (const { key, version } of instances) {
        const weight = weights.get(key);
        expect(weight).toBe(byVersion.get(version));
        expect(out.includes(key)).toBe(shareOf(shares, version) === 0);
        expect(weight === undefined).toBe(shareOf(shares, version) === 0);
        if (weight === undefined) continue;
        expect(weight % grain.step).toBe(0);
        expect(weight).toBeGreaterThanOrEqual(1);
        expect(weight).toBeLessThanOrEqual(65_535);
      }
    }),
  );
});

test('what is declared is what the weights say when they are read back, 100 in sum, and the error that is stated is the true one', () => {
  fc.assert(
    fc.property(question, ({ shares, instances, grain }) => {
      const { weights, declares, roundingError } = weightsForShares({ shares, instances, grain });
      expect(sharesOfWeights(weighed(instances, weights))).toEqual(declares);
      expect(Math.abs(largestError(declares, shares) - roundingError)).toBeLessThanOrEqual(0.0101);
      if (roundingError < 0.005) expect(declares).toEqual(shares);
    }),
  );
});

test('after what HAProxy makes of SRV weights the shares are those that were declared', () => {
  fc.assert(
    fc.property(question, ({ shares, instances }) => {
      const { weights, declares } = weightsForShares({ shares, instances, grain: HAPROXY_GRAIN });
      const own = weighed(instances, weights).map((one) => ({ ...one, weight: Math.floor((one.weight + 255) / 256) }));
      expect(own.every(({ weight, inTraffic }) => weight <= 256 && (weight >= 1 || !inTraffic))).toBe(true);
      expect(sharesOfWeights(own)).toEqual(declares);
    }),
  );
});

const two = fc.record({
  share: fc.integer({ min: 1, max: 9_999 }).map((points) => points / 100),
  old: fc.integer({ min: 1, max: 200 }),
  fresh: fc.integer({ min: 1, max: 200 }),
});

test('for two versions no weights of the grain come nearer, but for what no one can see', () => {
  const grain: Grain = { step: 256, most: 60 };
  fc.assert(
    fc.property(two, ({ share, old, fresh }) => {
      const shares = { old: 100 - share, new: share };
      const { roundingError } = weightsForShares({ shares, instances: fleet({ old, new: fresh }), grain });
      let least = 100;
      for (let a = 1; a <= grain.most; a += 1) {
        for (let b = 1; b <= grain.most; b += 1) {
          least = Math.min(least, Math.abs((100 * b * fresh) / (b * fresh + a * old) - share));
        }
      }
      expect(roundingError).toBeLessThanOrEqual(Math.max(least + 0.0001, 0.005));
    }),
  );
});

test('a greater share never becomes a smaller one', () => {
  fc.assert(
    fc.property(two, fc.integer({ min: 1, max: 9_999 }), grains, ({ share, old, fresh }, other, grain) => {
      const [less = 0, more = 0] = [share, other / 100].sort((a, b) => a - b);
      const instances = fleet({ old, new: fresh });
      const declared = [less, more].map((wish) =>
        shareOf(weightsForShares({ shares: { old: 100 - wish, new: wish }, instances, grain }).declares, 'new'),
      );
      expect(declared[0]).toBeLessThanOrEqual(declared[1] ?? 0);
    }),
  );
});

test('the error is bounded where the weights reach far enough: by half a step of the smaller weight', () => {
  fc.assert(
    fc.property(two, grains, ({ share, old, fresh }, grain) => {
      // The smaller weight is proportional to its share an instance; when the larger is at its greatest, it is off by half a unit at most.
      const [oldEach, newEach] = [(100 - share) / old, share / fresh];
      const ratio = Math.min(oldEach, newEach) / Math.max(oldEach, newEach);
      fc.pre(ratio * grain.most >= 1);
      const [lead, other] = oldEach >= newEach ? [old, fresh] : [fresh, old];
      const bound = (100 * 0.5 * other) / (lead * grain.most + other * (ratio * grain.most - 0.5));
      const shares = { old: 100 - share, new: share };
      const { roundingError } = weightsForShares({ shares, instances: fleet({ old, new: fresh }), grain });
      expect(roundingError).toBeLessThanOrEqual(Math.max(bound, 0.005) + 0.0001);
    }),
  );
});

test('the smallest weights that say it are taken', () => {
  // 10% on one of ten that bear the same: nothing to tell apart. 50% on one beside nine: nine times their weight.
  const instances = fleet({ v1: 9, v2: 1 });
  const ask = (v2: number, grain: Grain) => weightsForShares({ shares: { v1: 100 - v2, v2 }, instances, grain });
  expect(Object.fromEntries(ask(10, HAPROXY_GRAIN).byVersion)).toEqual({ v1: 256, v2: 256 });
  expect(Object.fromEntries(ask(50, HAPROXY_GRAIN).byVersion)).toEqual({ v1: 256, v2: 2_304 });
  expect(Object.fromEntries(ask(50, CONSUL_GRAIN).byVersion)).toEqual({ v1: 1, v2: 9 });
  expect(ask(10, HAPROXY_GRAIN)).toMatchObject({ declares: { v1: 90, v2: 10 }, roundingError: 0, out: [] });
});

test('at 100 every instance of the version has the smallest weight and the others are to be taken out', () => {
  const instances = fleet({ v1: 2, v2: 1 });
  const all = weightsForShares({ shares: { v1: 100, v2: 0 }, instances, grain: HAPROXY_GRAIN });
  expect([...all.weights]).toEqual([
    ['v1/0', 256],
    ['v1/1', 256],
  ]);
  expect(all).toMatchObject({ out: ['v2/0'], declares: { v1: 100, v2: 0 }, roundingError: 0 });
  // A version that the wish does not name has no share either.
  expect(weightsForShares({ shares: { v2: 100 }, instances, grain: CONSUL_GRAIN }).out).toEqual(['v1/0', 'v1/1']);
});

test('weights that say it already are kept, and are not where one of them differs, is off the grain or beyond it', () => {
  const shares = { v1: 50, v2: 50 };
  const ask = (...standing: [number, number, number]) => {
    const [a, b, c] = standing;
    const instances = [
      { key: 'a', version: 'v1', weight: a },
      { key: 'b', version: 'v1', weight: b },
      { key: 'c', version: 'v2', weight: c },
    ];
    return [...weightsForShares({ shares, instances, grain: HAPROXY_GRAIN }).weights.values()];
  };
  expect(ask(2_560, 2_560, 5_120)).toEqual([2_560, 2_560, 5_120]);
  expect(ask(2_560, 5_120, 5_120)).toEqual([256, 256, 512]);
  expect(ask(10, 10, 20)).toEqual([256, 256, 512]);
  expect(ask(32_768, 32_768, 65_536)).toEqual([256, 256, 512]);
});

test('what no weight can say is stated: two hundred old instances weigh something, however little they should', () => {
  // 255 of 255 + 200 is 56.04%.
  const { declares, roundingError, byVersion } = weightsForShares({
    shares: { v1: 10, v2: 90 },
    instances: fleet({ v1: 200, v2: 1 }),
    grain: HAPROXY_GRAIN,
  });
  expect(Object.fromEntries(byVersion)).toEqual({ v1: 256, v2: 65_280 });
  expect(declares).toEqual({ v1: 43.96, v2: 56.04 });
  expect(roundingError).toBe(33.956);
});

test('a share that no instance can bear is refused', () => {
  expect(() =>
    weightsForShares({ shares: { v1: 90, v2: 10 }, instances: fleet({ v1: 1 }), grain: CONSUL_GRAIN }),
  ).toThrow(/"v2" has a share of 10% and no instance/);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@/lib/release/json';
import type { PlannedWrite } from '@/lib/release/planned-write';
import { sharesOfWeights } from '@/lib/release/shares/weights-to-shares';
import type { Shares } from '@/lib/release/split-body';
import { weightsOf } from './definition-weights';
import { exampleInstance } from './example-instance';
import { isLictorsReason, noShareReason, unverifiedReason } from './maintenance-reason';
import { planWeights, type WeightsPlan } from './plan-weights';
import { type StandingInstance, takesTraffic } from './standing-instance';

const VERSIONS = ['1.0', '2.0', '__proto__'];

function planned(instances: readonly StandingInstance[], shares: Shares): WeightsPlan {
  const plan = planWeights({ dc: 'dc1', service: 'web', shares, instances });
  if ('refusal' in plan) throw new Error(plan.refusal.sentence);
  return plan;
}

const refusalOf = (instances: readonly StandingInstance[], shares: Shares) => {
  const plan = planWeights({ dc: 'dc1', service: 'web', shares, instances });
  return 'refusal' in plan ? plan.refusal : null;
};

/** What a plan does to the instances, in words. */
const steps = ({ writes }: WeightsPlan) =>
  writes.map((write) => {
    const what = write.kind.endsWith('service') ? weightsOf(write.after as JsonObject).passing : write.after && 'out';
    return [write.stage, write.kind, 'id' in write ? write.id : '', what];
  });

/** The instances once a write is carried out. */
function afterWrite(instances: readonly StandingInstance[], write: PlannedWrite): StandingInstance[] {
  return instances.map((one) => {
    if (!('id' in write) || one.id !== write.id) return one;
    if (write.kind === 'catalog-service' || write.kind === 'agent-service') {
      return { ...one, definition: write.after, weights: weightsOf(write.after) };
    }
    const reason = write.kind === 'agent-maintenance' ? write.after : write.after && String(write.after.Notes);
    return { ...one, maintenance: reason === null ? null : { reason, check: { Notes: reason }, index: 11 } };
  });
}

const sharesNow = (instances: readonly StandingInstance[]) =>
  sharesOfWeights(
    instances.map((one) => ({ version: one.version, weight: one.weights.passing, inTraffic: takesTraffic(one) })),
  );

describe('the order of writes', () => {
  test('down to nothing: the others have their weight before it goes out, and its own stays as it is', () => {
    const plan = planned([exampleInstance('a', '1.0'), exampleInstance('b', '2.0')], { '1.0': 100, '2.0': 0 });
    expect(steps(plan)).toEqual(
      [
        [0, 'catalog-service', 'a', 256],
        [2, 'catalog-check', 'b', 'out'],
      ].map(([stage, kind, id, what]) => [stage, kind, id, what === 'out' ? 'out' : what]),
    );
    expect(plan.writes.at(-1)).toMatchObject({
      ...{ before: null, index: 0, checkId: '_service_maintenance:b' },
      after: { Status: 'critical', Notes: 'Lictor: 0% of the traffic of web, 2.0', ServiceID: 'b' },
    });
    expect(plan.weights).toEqual({ '1.0': 256, '2.0': 0 });
  });

  test('up from nothing: weight, then in, then the others out', () => {
    const out = exampleInstance('b', '2.0', { reason: noShareReason('web', '2.0'), owner: 'agent' });
    const plan = planned([exampleInstance('a', '1.0', { weight: 256 }), out], { '2.0': 100 });
    expect(steps(plan)).toEqual([
      [0, 'agent-service', 'b', 256],
      [1, 'agent-maintenance', 'b', null],
      [2, 'catalog-check', 'a', 'out'],
    ]);
    expect(plan.writes[1]).toMatchObject({ before: 'Lictor: 0% of the traffic of web, 2.0', after: null });
  });

  test('an instance that is critical goes out with its version, and gets its weight with it', () => {
    const ill = { status: 'critical', serves: false } as const;
    const instances = [exampleInstance('a', '1.0'), exampleInstance('b', '1.0', ill), exampleInstance('c', '2.0', ill)];
    expect(steps(planned(instances, { '1.0': 100 }))).toEqual([
      [0, 'catalog-service', 'a', 256],
      [0, 'catalog-service', 'b', 256],
      [2, 'catalog-check', 'c', 'out'],
    ]);
  });

  test('who was never seen healthy goes out though its version has a share, and comes in once a check looked at it', () => {
    const unseen = exampleInstance('b', '1.0', { verified: false, serves: false });
    const plan = planned([exampleInstance('a', '1.0', { weight: 256 }), unseen], { '1.0': 100 });
    expect(steps(plan)).toEqual([
      [0, 'catalog-service', 'b', 256],
      [2, 'catalog-check', 'b', 'out'],
    ]);
    expect(plan.warnings.map(({ code }) => code)).toContain('unverified');
    const seen = exampleInstance('b', '1.0', { weight: 256, reason: unverifiedReason('web', '1.0') });
    expect(steps(planned([exampleInstance('a', '1.0', { weight: 256 }), seen], { '1.0': 100 }))).toEqual([
      [1, 'catalog-check', 'b', null],
    ]);
  });
});

describe('a plan is refused', () => {
  test('where a version with a share has nobody to serve it, with how they stand', () => {
    const instances = [
      exampleInstance('a', '1.0'),
      exampleInstance('b', '2.0', { status: 'critical', serves: false }),
      exampleInstance('c', '2.0', { reason: 'disk', serves: false }),
      exampleInstance('d', '2.0', { verified: false, serves: false }),
    ];
    expect(refusalOf(instances, { '1.0': 90, '2.0': 10 })).toEqual({
      code: 'no-healthy-target',
      sentence:
        '10% would go to "2.0", of which no instance can take traffic (1 critical, 1 in maintenance, 1 without a check that looks at it), so nothing is written: ' +
        'mend one of them first, or give this version 0%.',
    });
    expect(refusalOf(instances, { '1.0': 100, '2.0': 0 })).toBeNull();
  });

  test('where the shares are none', () => {
    expect(refusalOf([exampleInstance('a', '1.0')], { '1.0': 90 })).toMatchObject({ code: 'shares' });
    expect(refusalOf([exampleInstance('a', '1.0')], { '1.0': 90, '3.0': 10 })).toMatchObject({ code: 'shares' });
  });
});

describe('warnings', () => {
  const codes = (instances: StandingInstance[], shares: Shares) =>
    planned(instances, shares).warnings.map(({ code }) => code);
  const pair = (own: Parameters<typeof exampleInstance>[2]) => [
    exampleInstance('a', '1.0', own),
    exampleInstance('b', '2.0'),
  ];

  test.each([
    ['an agent has no compare-and-set', 'agent-race', pair({ owner: 'agent' })],
    ['somebody set the greatest weight', 'weights-rescaled', pair({ weight: 65_535 })],
    [
      'somebody else put one into maintenance',
      'foreign-maintenance',
      [...pair({}), exampleInstance('c', '1.0', { reason: 'disk', serves: false })],
    ],
    [
      'instances of a version bear different weights',
      'uneven-weights',
      [...pair({ weight: 10 }), exampleInstance('c', '1.0')],
    ],
  ])('%s: %s', (_, code, instances) => {
    expect(codes(instances, { '1.0': 75, '2.0': 25 })).toEqual([code]);
  });

  test('a definition that no transaction carries: catalog-race', () => {
    const [first, second] = pair({});
    if (!first || !second) throw new Error('There are two.');
    const rich = { ...first, definition: { ...first.definition, Connect: { Native: true } } };
    expect(codes([rich, second], { '1.0': 75, '2.0': 25 })).toEqual(['catalog-race']);
  });

  test('shares that weights cannot say exactly: rounded', () => {
    expect(codes(pair({}), { '1.0': 99.99, '2.0': 0.01 })).toEqual(['rounded']);
  });

  test('none where nothing is to be known, and no write where it stands so', () => {
    expect(codes(pair({}), { '1.0': 75, '2.0': 25 })).toEqual([]);
    const standing = [exampleInstance('a', '1.0', { weight: 768 }), exampleInstance('b', '2.0', { weight: 256 })];
    expect(planned(standing, { '1.0': 75, '2.0': 25 })).toMatchObject({ writes: [], warnings: [], roundingError: 0 });
  });
});

const instanceArbitrary = fc
  .record({
    version: fc.constantFrom(...VERSIONS),
    owner: fc.constantFrom('catalog', 'agent'),
    weight: fc.oneof(fc.integer({ min: 1, max: 65_535 }), fc.constantFrom(1, 256, 65_535)),
    health: fc.constantFrom('passing', 'critical', 'unverified'),
    reason: fc.constantFrom(
      undefined,
      undefined,
      'disk is full',
      noShareReason('web', 'x'),
      unverifiedReason('web', 'x'),
    ),
  })
  .map(({ version, owner, weight, health, reason }) => ({
    ...{ version, weight, reason, owner, verified: health !== 'unverified' },
    serves: health === 'passing' && (reason === undefined || isLictorsReason(reason)),
  }));

/** Often at an end, so that versions get nothing, or all. */
const cutArbitrary = fc.oneof(fc.constantFrom(0, 10_000), fc.integer({ min: 0, max: 10_000 }));

const questionArbitrary = fc.record({
  instances: fc
    .array(instanceArbitrary, { minLength: 1, maxLength: 12 })
    .map((all) =>
      all.map(({ version, reason, ...own }, at) =>
        exampleInstance(`i${at}`, version, { ...own, ...(reason !== undefined && { reason }) } as never),
      ),
    ),
  cuts: fc.tuple(cutArbitrary, cutArbitrary),
  shuffle: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
});

/** Divides between the versions that have somebody to serve them. */
function sharesBy(instances: readonly StandingInstance[], cuts: readonly number[]): Shares {
  const able = VERSIONS.filter((version) => instances.some((one) => one.version === version && one.serves));
  const ends = [0, ...cuts.slice(0, able.length - 1).sort((a, b) => a - b), 10_000];
  return Object.fromEntries(able.map((version, at) => [version, ((ends[at + 1] ?? 0) - (ends[at] ?? 0)) / 100]));
}

test('whatever the order within a stage: traffic never goes to nothing, foreign maintenance stays, and what stands at the end is what was declared', () => {
  fc.assert(
    fc.property(questionArbitrary, ({ instances, cuts, shuffle }) => {
      fc.pre(instances.some(({ serves }) => serves));
      const shares = sharesBy(instances, cuts);
      const plan = planned(instances, shares);
      const chance = shuffle[Symbol.iterator]();
      const order = plan.writes
        .map((write) => ({ write, at: write.stage + Number(chance.next().value) * 0.999 }))
        .sort((a, b) => a.at - b.at)
        .map(({ write }) => write);
      let now: StandingInstance[] = [...instances];
      for (const write of order) {
        const hadTraffic = now.some(takesTraffic);
        now = afterWrite(now, write);
        if (hadTraffic || write.stage === 2) expect(now.some(takesTraffic)).toBe(true);
      }
      const foreign = (all: readonly StandingInstance[]) =>
        all.filter(({ maintenance }) => maintenance && !isLictorsReason(maintenance.reason)).map(({ id }) => id);
      expect(foreign(now)).toEqual(foreign(instances));
      expect(sharesNow(now)).toEqual(plan.declares);
      expect(now.filter((one) => !one.verified && one.maintenance === null)).toEqual([]);
      expect(planned(now, shares).writes).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

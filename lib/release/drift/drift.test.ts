import { describe, expect, it } from 'vitest';
import { differencesOf, sameShares } from './differences';
import { borneWeights, weightDifferences } from './weight-differences';

const route = { header: 'gray-tag', value: 'v2', version: 'new' };
const wish = { mechanism: 'mesh', declares: { old: 90, new: 10 }, routes: [route], failover: ['dc2'] } as const;
const found = {
  declared: { old: 90, new: 10 },
  source: 'dc1 config service-splitter/web',
  routes: [route],
  failover: ['dc2'],
};
const kept = { ...wish, routes: [...wish.routes], failover: [...wish.failover] };

describe('what was written is held against what stands', () => {
  it('and nothing differs where it is the same, whatever the order of the versions and what has 0', () => {
    expect(differencesOf(kept, found, 'web')).toEqual([]);
    expect(differencesOf(kept, { ...found, declared: { new: 10, old: 90, gone: 0 } }, 'web')).toEqual([]);
  });

  it('by shares, header routes and failover, each with what was written and what stands', () => {
    const other = { ...found, declared: { old: 50, new: 50 }, routes: [], failover: ['dc3'] };
    expect(differencesOf(kept, other, 'web')).toEqual([
      { target: `${found.source}: shares`, before: kept.declares, after: other.declared },
      { target: `${found.source}: header routes`, before: [route], after: [] },
      { target: `${found.source}: failover`, before: ['dc2'], after: ['dc3'] },
    ]);
  });

  it('where nothing stands any more', () => {
    const gone = { declared: null, source: null, routes: [route], failover: ['dc2'] };
    expect(differencesOf(kept, gone, 'web')).toEqual([
      { target: 'mesh web: shares', before: kept.declares, after: null },
    ]);
  });
});

it('shares are the same up to the least step, also of a version that is named like a member of every object', () => {
  expect(sameShares({ a: 33.33, b: 66.67 }, { a: 33.334, b: 66.666 })).toBe(true);
  expect(sameShares({ a: 33.33, b: 66.67 }, { a: 33.34, b: 66.66 })).toBe(false);
  expect(sameShares({ constructor: 100 }, { a: 100 })).toBe(false);
  expect([sameShares(null, null), sameShares(null, { a: 100 })]).toEqual([true, false]);
});

const instance = (
  id: string,
  version: string,
  passing: number,
  status: 'passing' | 'critical' | 'maintenance' = 'passing',
) => ({
  ...{ key: `dc1/n1/${id}`, node: 'n1', id, version, weights: { passing, warning: 1 }, status },
});
const borne = { weights: { old: 2304, new: 256, off: 0 }, exceptions: {} };

describe('weights are held against what each version was given', () => {
  it('and an instance that is ill, or in maintenance, is none of their business', () => {
    const instances = [
      ...[instance('a', 'old', 2304), instance('b', 'old', 2304, 'critical'), instance('c', 'old', 7, 'maintenance')],
      ...[instance('d', 'new', 256), instance('e', 'off', 1, 'maintenance')],
    ];
    expect(weightDifferences(borne, instances, 'dc1')).toEqual([]);
  });

  it('another weight, an end of the maintenance that gave nothing, and a version nobody spoke of differ', () => {
    const instances = [
      instance('a', 'old', 1),
      instance('e', 'off', 5),
      instance('f', 'later', 1),
      instance('g', 'constructor', 1),
    ];
    expect(weightDifferences(borne, instances, 'dc1')).toEqual([
      { target: 'dc1 n1/a (old): weight', before: 2304, after: 1 },
      { target: 'dc1 n1/e (off): weight', before: 'in maintenance', after: 5 },
      { target: 'dc1 n1/f (later): weight', before: null, after: 1 },
      { target: 'dc1 n1/g (constructor): weight', before: null, after: 1 },
    ]);
  });

  it('many are counted where a list would be too long', () => {
    const instances = Array.from({ length: 120 }, (_, at) => instance(`i${at}`, 'old', 1));
    const differences = weightDifferences(borne, instances, 'dc1');
    expect(differences).toHaveLength(51);
    expect(differences.at(-1)?.target).toBe('70 more instances');
  });

  it('what is adopted differs in nothing, whatever it is', () => {
    const instances = [
      ...[
        instance('a', 'old', 10),
        instance('b', 'old', 10),
        instance('c', 'old', 11),
        instance('d', 'old', 12, 'maintenance'),
      ],
      ...[instance('e', 'new', 0, 'maintenance'), instance('f', '__proto__', 4)],
    ];
    const adopted = borneWeights(instances);
    expect(weightDifferences(adopted, instances, 'dc1')).toEqual([]);
    expect(adopted.exceptions).toEqual({ 'dc1/n1/c': 11 });
  });
});

import { expect, test } from 'vitest';
import type { Shares, SplitVersion } from '@/lib/release/split-body';
import { judgeCapacity, loadPerInstance } from './capacity';

/** @param counts instances in traffic; or instances, in traffic, unverified */
function versions(counts: Readonly<Record<string, number | [number, number, number]>>): SplitVersion[] {
  return Object.entries(counts).map(([version, count]) => {
    const [instances, inTraffic, unverified] = typeof count === 'number' ? [count, count, 0] : count;
    return { version, instances, inTraffic, unverified, stage: 'active' };
  });
}

const told = (present: Shares | null, wished: Shares, counts: Parameters<typeof versions>[0]) =>
  judgeCapacity(present, wished, versions(counts)).map(({ severity, code }) => `${severity} ${code}`);
const sentences = (...asked: Parameters<typeof told>) =>
  judgeCapacity(asked[0], asked[1], versions(asked[2])).map(({ sentence }) => sentence);

test('a share is borne by the instances in traffic, each with its part of the requests and so many times its present load', () => {
  const question = { shares: { v1: 90, v2: 10 }, versions: versions({ v1: 30, v2: 1 }), ratePerSecond: 500 };
  // v1: 450 a second by 30; v2: 50 on its one. Nothing is known of now: 31 instances carry 3.23% each, and 10% is 3.1 times that.
  const [old, fresh] = loadPerInstance(question);
  expect(old).toMatchObject({ version: 'v1', inTraffic: 30, percentPerInstance: 3, ratePerSecond: 15 });
  expect(fresh).toMatchObject({ percentPerInstance: 10, ratePerSecond: 50 });
  expect(fresh?.factor).toBeCloseTo(3.1);
  // It carries 4% now: 10% is 2.5 times its own.
  expect(loadPerInstance({ ...question, present: { v1: 96, v2: 4 } })[1]?.factor).toBeCloseTo(2.5);
  // It carries nothing now, and an instance of v1 3.33%: 3 times that.
  expect(loadPerInstance({ ...question, present: { v1: 100 } })[1]?.factor).toBeCloseTo(3);
});

test('without instances in traffic there is no load, without a rate no rate, without anything that carries no factor', () => {
  const shares = { v1: 90, v2: 10 };
  const [old, fresh] = loadPerInstance({ shares, versions: versions({ v1: 1, v2: 0 }), ratePerSecond: null });
  expect(old).toEqual({ version: 'v1', inTraffic: 1, percentPerInstance: 90, ratePerSecond: null, factor: 0.9 });
  expect(fresh).toEqual({ version: 'v2', inTraffic: 0, percentPerInstance: null, ratePerSecond: null, factor: null });
  const late = loadPerInstance({
    shares,
    present: { v2: 100 },
    versions: versions({ v1: 1, v2: 0 }),
    ratePerSecond: 1,
  });
  expect(late[0]?.factor).toBeNull();
});

test('10% on 1 instance that is 3 times what an instance carries is a warning; the same on enough of them is nothing', () => {
  expect(sentences({ v1: 100, v2: 0 }, { v1: 90, v2: 10 }, { v1: 30, v2: 1 })).toContain(
    '10% on 1 instance of "v2" is 3 times the present load of an instance.',
  );
  expect(told({ v1: 100, v2: 0 }, { v1: 90, v2: 10 }, { v1: 30, v2: 1 })).toEqual(['warning over-capacity']);
  expect(told({ v1: 100, v2: 0 }, { v1: 90, v2: 10 }, { v1: 9, v2: 1 })).toEqual([]);
});

test('three times its own load is a note while others bear as much, and a warning where none does', () => {
  // v2 goes from 3.3 to 10% on one; an instance of v1 carries 10.7%.
  expect(told({ v1: 96.67, v2: 3.33 }, { v1: 90, v2: 10 }, { v1: 9, v2: 1 })).toEqual(['note over-capacity']);
  expect(sentences({ v1: 96.67, v2: 3.33 }, { v1: 90, v2: 10 }, { v1: 9, v2: 1 })).toEqual([
    '10% on 1 instance of "v2" is 3 times its present load.',
  ]);
  expect(told({ v1: 96.67, v2: 3.33 }, { v1: 70, v2: 30 }, { v1: 9, v2: 1 })).toEqual(['warning over-capacity']);
});

test('what would have to take everything back and is too small is said before the move', () => {
  // v1 has 2 left beside 8 of v2 that carry 10% each: back on v1 it would be 50% each, 5 times that.
  const present = { v1: 20, v2: 80 };
  expect(told(present, { v1: 0, v2: 100 }, { v1: 2, v2: 8 })).toEqual(['warning old-too-small']);
  expect(sentences(present, { v1: 0, v2: 100 }, { v1: 2, v2: 8 })).toEqual([
    'If all had to go back to "v1", 2 instances in traffic would each carry 5 times what any instance carries now. Keep more of them until this is over.',
  ]);
  // 5 of them would carry 20% each, twice that and no more: nothing beyond what going there takes anyway.
  expect(told({ v1: 50, v2: 50 }, { v1: 0, v2: 100 }, { v1: 5, v2: 5 })).toEqual(['warning over-capacity']);
});

test('and again at the moment when it takes everything back', () => {
  expect(told({ v1: 0, v2: 100 }, { v1: 100, v2: 0 }, { v1: 2, v2: 8 })).toEqual(['warning old-too-small']);
  // 100% on 2 is 50% each; an instance of v2 carries 12.5%.
  expect(sentences({ v1: 0, v2: 100 }, { v1: 100, v2: 0 }, { v1: 2, v2: 8 })).toEqual([
    '100% goes back to 2 instances of "v1": each carries 4 times what any instance carries now. Start more of them first, or give back in steps.',
  ]);
  expect(told({ v1: 0, v2: 100 }, { v1: 100, v2: 0 }, { v1: 8, v2: 8 })).toEqual([]);
});

test('where none of those that would take it back is in traffic that is a danger', () => {
  expect(told({ v1: 50, v2: 50 }, { v1: 0, v2: 100 }, { v1: [3, 0, 0], v2: 3 })).toContain('danger old-too-small');
});

test('versions that nobody can order are judged by what gains and what holds', () => {
  expect(told({ blue: 20, green: 80 }, { blue: 0, green: 100 }, { blue: 1, green: 8 })).toEqual([
    'warning old-too-small',
  ]);
});

test('a share for a version of which nothing is in traffic is a danger', () => {
  expect(told({ v1: 100, v2: 0 }, { v1: 90, v2: 10 }, { v1: 9, v2: [2, 0, 0] })).toEqual(['danger no-healthy-target']);
  expect(sentences({ v1: 100 }, { v1: 90, v2: 10 }, { v1: 9, v2: [2, 0, 0] })[0]).toMatch(
    /^10% would go to "v2", and of its 2 instances none is in traffic/,
  );
});

test('instances that were never verified, and those that come late, are named where their version has a share', () => {
  const present = { v1: 90, v2: 10 };
  expect(told(present, present, { v1: 9, v2: [4, 1, 1] })).toEqual(['warning unverified', 'note late-registration']);
  expect(told({ v1: 100 }, { v1: 100 }, { v1: 9, v2: [4, 1, 1] })).toEqual([]);
});

test('a version may be called anything', () => {
  const version = '"><img src=x onerror=1>';
  const [sentence] = sentences({ v1: 100 }, { v1: 90, [version]: 10 }, { v1: 9, [version]: [1, 0, 0] });
  expect(sentence).toContain(JSON.stringify(version));
  const odd = Object.fromEntries([['constructor', [1, 0, 1]]]) as Parameters<typeof versions>[0];
  expect(told({ v1: 100 }, { v1: 100 }, { v1: 9, ...odd })).toEqual([]);
});

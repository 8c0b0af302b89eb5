import { expect, it } from 'vitest';
import { splitRecord } from './fixtures/split-record';
import { loadPicture } from './version-loads';

const order = ['1.5.0', '1.4.2'];
const present = { '1.5.0': 5, '1.4.2': 95 };

it('says what an instance carries now, as observed, and what to expect of the shares', () => {
  const { unit, versions, most } = loadPicture(splitRecord(), { order, present, shown: { '1.5.0': 10, '1.4.2': 90 } });
  expect(unit).toBe('rate');
  // 1,000 requests a second: 47 on 2 instances now, 100 then; 953 on 9 now, 900 then.
  expect(versions).toEqual([
    {
      ...{ version: '1.5.0', instances: 2, inTraffic: 2, stage: 'active', factor: 2 },
      ...{ now: { all: 47, each: 23.5 }, next: { all: 100, each: 50 } },
    },
    {
      ...{ version: '1.4.2', instances: 10, inTraffic: 9, stage: 'active', factor: expect.closeTo(90 / 95, 9) },
      ...{ now: { all: 953, each: 953 / 9 }, next: { all: 900, each: 100 } },
    },
  ]);
  expect(most).toBe(953 / 9);
});

it('reckons in percent where nothing is observed', () => {
  const split = splitRecord({ observation: { state: 'not-observed', reason: 'LICTOR_PROMETHEUS_URL is not set.' } });
  const { unit, versions } = loadPicture(split, { order, present, shown: present });
  expect(unit).toBe('percent');
  expect(versions[0]).toMatchObject({ now: { all: 5, each: 2.5 }, next: { all: 5, each: 2.5 } });
});

it('gives nobody what goes to a version that runs nowhere', () => {
  const bar = { order: ['2.0.0', ...order], present, shown: { '2.0.0': 10, '1.5.0': 5, '1.4.2': 85 } };
  expect(loadPicture(splitRecord(), bar).versions[0]).toMatchObject({
    ...{ version: '2.0.0', instances: 0, now: { all: 0, each: null }, next: { all: 100, each: null }, factor: null },
  });
});

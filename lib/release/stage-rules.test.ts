import { expect, it } from 'vitest';
import { stageRefusal } from './stage-rules';

const present = { old: 90, next: 10 };

it('an active version, and one that nobody spoke of, gets whatever is wished', () => {
  expect(stageRefusal({ old: 0, next: 100 }, present, { next: 'active' })).toBeNull();
  expect(stageRefusal({ constructor: 100 }, present, {})).toBeNull();
});

it.each(['preparing', 'decommissioning'] as const)('one that is %s keeps what it has and gets no more', (stage) => {
  const refusal = (next: number) => stageRefusal({ old: 100 - next, next }, present, { next: stage });
  expect([refusal(10), refusal(4), refusal(0)]).toEqual([null, null, null]);
  expect(refusal(10.01)).toContain(`"next" is ${stage} and has 10 %`);
  expect(stageRefusal({ next: 1, old: 99 }, null, { next: stage })).toContain('has 0 %');
});

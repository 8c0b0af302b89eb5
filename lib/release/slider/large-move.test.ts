import { expect, it } from 'vitest';
import { moveToType } from './large-move';

const order = ['new', 'old'];
const danger = { severity: 'danger', code: 'no-healthy-target', sentence: '' } as const;

it('asks for nothing up to 25 points', () => {
  expect(moveToType({ new: 5, old: 95 }, { new: 30, old: 70 }, order, [])).toBeNull();
  expect(moveToType({ new: 5, old: 95 }, null, order, [{ ...danger, severity: 'warning' }])).toBeNull();
});

it('asks for the share of the first version where any version moves further', () => {
  expect(moveToType({ new: 5, old: 95 }, { new: 30.01, old: 69.99 }, order, [])).toEqual({
    ...{ version: 'new', from: 5, to: 30.01, why: 'large' },
  });
  const three = moveToType({ a: 10, b: 10, c: 80 }, { a: 10, b: 40, c: 50 }, ['a', 'b', 'c'], []);
  expect(three).toMatchObject({ version: 'a', from: 10, to: 10, why: 'large' });
});

it('asks in danger however small the move is, also where no share moves', () => {
  expect(moveToType({ new: 0, old: 100 }, { new: 1, old: 99 }, order, [danger])).toMatchObject({
    to: 1,
    why: 'danger',
  });
  expect(moveToType({ new: 5, old: 95 }, null, order, [danger])).toMatchObject({ from: 5, to: 5, why: 'danger' });
});

it('counts a version that is not named as one without a share', () => {
  expect(moveToType({ old: 100 }, { new: 100 }, order, [])).toMatchObject({ from: 0, to: 100 });
});

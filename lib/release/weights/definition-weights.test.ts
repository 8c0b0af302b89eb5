import { expect, test } from 'vitest';
import { weightsOf, withWeight } from './definition-weights';

test('a definition that names no weights has 1 and 1, as Consul itself assumes', () => {
  expect(weightsOf({ ID: 'a' })).toEqual({ passing: 1, warning: 1 });
  expect(weightsOf({ Weights: null })).toEqual({ passing: 1, warning: 1 });
  expect(weightsOf({ Weights: { Passing: 10, Warning: 3 } })).toEqual({ passing: 10, warning: 3 });
});

test.each([
  ['as much in warning as in health stays so', { Passing: 1, Warning: 1 }, 2_560, { Passing: 2_560, Warning: 2_560 }],
  ['a tenth stays a tenth', { Passing: 10, Warning: 1 }, 2_560, { Passing: 2_560, Warning: 256 }],
  ['a weight is at least 1', { Passing: 65_535, Warning: 1 }, 256, { Passing: 256, Warning: 1 }],
  ['a weight is 65535 at most', { Passing: 1, Warning: 65_535 }, 256, { Passing: 256, Warning: 65_535 }],
  ['what knows no zero gives none', { Passing: 0, Warning: 0 }, 256, { Passing: 256, Warning: 256 }],
  [
    'a field that a later Consul adds is kept',
    { Passing: 1, Warning: 1, Later: 5 },
    256,
    { Passing: 256, Warning: 256, Later: 5 },
  ],
])('%s', (_, Weights, passing, expected) => {
  const definition = { ID: 'a', Tags: ['x'], Weights };
  expect(withWeight(definition, passing)).toEqual({ ID: 'a', Tags: ['x'], Weights: expected });
  expect(definition.Weights).toBe(Weights);
});

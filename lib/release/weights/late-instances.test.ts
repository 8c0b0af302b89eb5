import { expect, test } from 'vitest';
import { exampleInstance } from './example-instance';
import { notYetWeighted, notYetWeightedSentence } from './late-instances';
import { noShareReason, unverifiedReason } from './maintenance-reason';

const ids = (instances: Parameters<typeof notYetWeighted>[0]) => notYetWeighted(instances).map(({ id }) => id);
const OUT = noShareReason('web', '2.0');

test('an instance without the weight of the rest of its version is not yet weighted', () => {
  const rest = ['a', 'b'].map((id) => exampleInstance(id, '2.0', { weight: 256 }));
  expect(ids([...rest, exampleInstance('late', '2.0'), exampleInstance('old', '1.0', { weight: 2_304 })])).toEqual([
    'late',
  ]);
});

test('of two the later one is', () => {
  const late = exampleInstance('late', '2.0', { createIndex: 20 });
  expect(ids([late, exampleInstance('first', '2.0', { weight: 256 })])).toEqual(['late']);
});

test('an instance in traffic of a version that is out is', () => {
  expect(
    ids([exampleInstance('a', '2.0', { reason: OUT }), exampleInstance('late', '2.0', { createIndex: 20 })]),
  ).toEqual(['late']);
});

test('weights that others set say nothing of it', () => {
  expect(ids([exampleInstance('big', '1.0', { weight: 20 }), exampleInstance('small', '1.0', { weight: 10 })])).toEqual(
    [],
  );
});

test('who is in a maintenance of somebody else, or still out for want of a check, is not', () => {
  const rest = ['a', 'b'].map((id) => exampleInstance(id, '2.0', { weight: 256 }));
  const foreign = exampleInstance('ill', '2.0', { reason: 'disk is full' });
  const unseen = exampleInstance('unseen', '2.0', { reason: unverifiedReason('web', '2.0'), verified: false });
  expect(ids([...rest, foreign, unseen])).toEqual([]);
  expect(ids([...rest, { ...unseen, verified: true }])).toEqual(['unseen']);
});

test('the sentence names three and counts the rest; names are quoted', () => {
  const rest = Array.from({ length: 6 }, (_, at) => exampleInstance(`r${at}`, '2.0', { weight: 256 }));
  const late = ['a"', 'b', 'c', 'd', 'e'].map((id) => exampleInstance(id, '2.0'));
  expect(notYetWeightedSentence([...rest, ...late])).toMatch(
    /^5 instances are not yet weighted: "a\\"" on "node-a\\"", "b" on "node-b", "c" on "node-c" and 2 more registered later/,
  );
  expect(notYetWeightedSentence(rest)).toBeNull();
});

import { expect, test } from 'vitest';
import { exampleArrival, exampleFlip, exampleInstance, exampleService } from './example-transition';
import { noTally } from './tally';
import { instanceSteps, statusOfTally, tallySteps, tallyStepsOn } from './tally-steps';

const one = exampleInstance('n1', 'web-1');
const two = exampleInstance('n1', 'web-2', 'critical');
const transitions = [
  exampleService(10, 'web'),
  exampleArrival(10, 'web', one),
  exampleArrival(20, 'web', two),
  exampleFlip(30, 'web', two, 'critical', 'passing'),
  exampleFlip(40, 'web', one, 'passing', null),
];

test('instances are counted from change to change', () => {
  const steps = tallySteps(instanceSteps([], transitions, 0).values(), 0);
  expect(steps.map(({ atMs, tally }) => [atMs, tally.passing, tally.critical])).toEqual([
    [0, 0, 0],
    [10, 1, 0],
    [20, 1, 1],
    [30, 2, 0],
    [40, 1, 0],
  ]);
});

test('from how many there were the same follows as from who they were', () => {
  const from20 = transitions.slice(3);
  const start = [one, two].map(({ key, status }) => ({ key, status }));
  const byName = tallySteps(instanceSteps(start, from20, 25).values(), 25);
  expect(tallyStepsOn({ ...noTally, passing: 1, critical: 1 }, from20, 20, 25)).toEqual(byName);
});

test('what a clock that was set back says to be before counts as of what is told already', () => {
  const back = [exampleFlip(30, 'web', one, 'passing', 'critical'), exampleFlip(5, 'web', one, 'critical', 'warning')];
  const steps = instanceSteps([{ key: one.key, status: 'passing' }], back, 0).get(one.key);
  expect(steps).toEqual([
    { atMs: 0, status: 'passing' },
    { atMs: 30, status: 'warning' },
  ]);
});

test('a service without an instance is unknown', () => {
  expect([statusOfTally(noTally), statusOfTally({ ...noTally, passing: 1, maintenance: 1 })]).toEqual([
    'unknown',
    'maintenance',
  ]);
});

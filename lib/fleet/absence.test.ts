import { expect, it } from 'vitest';
import { isAbsenceKnown } from './absence';
import { exampleDatacenter, exampleFleet } from './example-fleet';

it('is known of a live datacenter and of one that does not exist, not of one that is out of sight, nor before any is known', () => {
  const fleet = exampleFleet(exampleDatacenter('dc1', []), exampleDatacenter('dc2', [], 'stale'));
  expect(isAbsenceKnown(fleet, 'dc1')).toBe(true);
  expect(isAbsenceKnown(fleet, 'dc2')).toBe(false);
  expect(isAbsenceKnown(fleet, 'dc9')).toBe(true);
  expect(isAbsenceKnown(exampleFleet(), 'dc1')).toBe(false);
});

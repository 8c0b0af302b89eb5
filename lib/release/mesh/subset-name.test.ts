import fc from 'fast-check';
import { expect, test } from 'vitest';
import { subsetName } from './subset-name';

const free = () => false;

test('an ordinary version is its own name, dots as hyphens', () => {
  expect(subsetName('1.5.0', free)).toBe('1-5-0');
  expect(subsetName('v2', free)).toBe('v2');
});

test('versions that would look alike get a hash of their own', () => {
  const names = ['1.5', '1-5', '1_5', '1.5 ', 'V2', 'v2', '1..5', '.1.5'].map((version) => subsetName(version, free));
  expect(new Set(names).size).toBe(names.length);
});

test('whatever a version holds, its name is a DNS label, the same each time, and not one that is taken', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }), fc.nat(3), (version, turns) => {
      const taken: string[] = [];
      for (let turn = 0; turn <= turns; turn += 1) {
        const name = subsetName(version, (one) => taken.includes(one));
        expect(name).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
        expect(subsetName(version, (one) => taken.includes(one))).toBe(name);
        expect(taken).not.toContain(name);
        taken.push(name);
      }
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { versionOf } from '@/lib/fleet/version';
import { filterSelects } from './filter-selects';
import { quotedText } from './filter-text';
import { filterVersion, UNVERSIONED } from './filter-version';
import { parseFilter } from './parse-filter';
import { letsThroughOthers, type Versioned, versionFilter } from './version-filter';

const KEYS = ['version', 'app-version'];

function instance(meta: Record<string, string>, tags: string[] = []): Versioned {
  return { meta, tags, version: versionOf(meta, tags, KEYS) };
}

const selected = (filter: string, instances: readonly Versioned[]) => {
  const expression = parseFilter(filter);
  return instances.map((one) => (expression === null ? null : filterSelects(expression, one)));
};

test('a version in metadata is compared as a quoted text', () => {
  expect(versionFilter('1.2.3', [instance({ version: '1.2.3' })], KEYS)).toBe('Service.Meta.version == "1.2.3"');
});

test('a metadata key that is no name stands in brackets', () => {
  expect(versionFilter('7', [instance({ 'app-version': '7' })], KEYS)).toBe('Service.Meta["app-version"] == "7"');
});

test('a version from a tag is looked for among the tags', () => {
  expect(versionFilter('v2', [instance({}, ['blue', 'v2'])], KEYS)).toBe('"v2" in Service.Tags');
});

test('quotes, backslashes, line ends and other characters are written by their numbers, so that none ends the text', () => {
  expect(quotedText('a"b\\c\n` or x')).toBe('"a\\u0022b\\u005cc\\u000a` or x"');
  expect(quotedText('ü😀')).toBe('"\\u00fc\\U0001f600"');
});

test('whatever a text holds, it is read back as it was, from between two quotes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const written = quotedText(text);
      expect(written.slice(1, -1)).not.toContain('"');
      expect(parseFilter(`Service.Meta.version == ${written}`)).toEqual({
        ...{ kind: 'equal', field: ['Service', 'Meta', 'version'] },
        value: text.toWellFormed(),
      });
    }),
  );
});

test('a filter lets through exactly the instances of its version, wherever these say it, and names that version', () => {
  const value = fc.constantFrom('', '1', 'v1', 'v2', '1.0', 'a" or "b', UNVERSIONED);
  const anyInstance = fc
    .tuple(fc.dictionary(fc.constantFrom(...KEYS, 'other'), value), fc.array(value, { maxLength: 1 }))
    .map(([meta, tags]) => instance(meta, tags));
  fc.assert(
    fc.property(fc.array(anyInstance, { minLength: 1, maxLength: 6 }), (instances) => {
      for (const { version } of instances) {
        const filter = versionFilter(version, instances, KEYS);
        expect(selected(filter, instances)).toEqual(instances.map((one) => one.version === version));
        const expression = parseFilter(filter);
        const places = new Set(instances.filter((one) => one.version === version).map((one) => one.meta.version ?? ''));
        if (expression && version !== UNVERSIONED && places.size > 0) {
          expect(filterVersion(expression, KEYS)).toBe(version);
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('what has no version is told by what it lacks, and known as such', () => {
  const filter = versionFilter(UNVERSIONED, [instance({}), instance({}, ['v2']), instance({ version: '1' })], KEYS);
  expect(selected(filter, [instance({ version: '' }), instance({}, ['v2']), instance({ version: '1' })])).toEqual([
    ...[true, false, false],
  ]);
  const expression = parseFilter(filter);
  expect(expression && filterVersion(expression, KEYS)).toBe(UNVERSIONED);
});

test('two version tags on an instance: the first counts, and that the second one leaks is known', () => {
  const both = instance({}, ['v1', 'v2']);
  const instances = [both, instance({}, ['v2'])];
  expect(letsThroughOthers(versionFilter('v2', instances, KEYS), 'v2', instances)).toEqual([both]);
});

test.each([
  ['Service.Meta.version == v2', 'v2'],
  ['Service.Meta.version==`1.2.3`', '1.2.3'],
  ['Service.Meta["version"] == "a\\x22b"', 'a"b'],
  ['Service.Meta.version == 7', '7'],
  ['"v2" in Service.Tags', 'v2'],
  ['Service.Tags contains "v2"', 'v2'],
  ['(Service.Meta.version == "2" and Service.Meta.env == "prod")', '2'],
  ['Service.Meta.version == "2" or "2" in Service.Meta', null],
  ['Service.Meta.version == "2" or Service.Meta.version == "3"', null],
  ['Service.Meta.version == "2" and Service.Meta.version == "3"', null],
  ['not Service.Meta.version == "2"', null],
  ['Service.Meta.version != "2"', null],
  ['Service.Meta.env == "prod"', null],
  ['"prod" in Service.Tags', null],
])('%s names %s', (filter, version) => {
  const expression = parseFilter(filter);
  expect(expression).not.toBeNull();
  expect(expression && filterVersion(expression, KEYS)).toBe(version);
});

test.each([
  '',
  '   ',
  'foo ===',
  'Service.Meta.version == 1.2.3',
  'Service.Meta.version == "a\\"b"',
  'Service.Meta.version == "a',
  'Service.Meta.version matches "^1"',
  'Service.Tags is empty',
  'Service.Meta.version == "1" OR "v2" in Service.Tags',
  '(Service.Meta.version == "1"',
  'Service.Meta.k8s-ver == "1"',
])('%j is not understood, as what Consul itself refuses', (filter) => {
  expect(parseFilter(filter)).toBeNull();
});

test('"not" binds before "and", and "and" before "or"', () => {
  const a = instance({ version: '1' }, ['x']);
  expect(selected('not Service.Meta.version == "1" and "x" in Service.Tags', [a])).toEqual([false]);
  expect(selected('not (Service.Meta.version == "1" and "y" in Service.Tags)', [a])).toEqual([true]);
  expect(selected('"x" in Service.Tags or "x" in Service.Tags and "y" in Service.Tags', [a])).toEqual([true]);
});

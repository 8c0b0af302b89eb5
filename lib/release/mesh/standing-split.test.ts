import { expect, test } from 'vitest';
import { exampleScene } from './testing/example-scene';

const filterOf = (version: string) => ({ Filter: `Service.Meta.version == "${version}"` });
const standing = (resolver: Record<string, never> | object, splits: object[]) =>
  exampleScene({
    'service-resolver': JSON.parse(JSON.stringify(resolver)),
    'service-splitter': JSON.parse(JSON.stringify({ Splits: splits })),
  }).standing;

test('nothing is declared where there is no splitter, or one that gives all to all', () => {
  expect(exampleScene().standing).toMatchObject({ declared: null, remarks: [] });
  expect(standing({}, [{ Weight: 100 }])).toMatchObject({ declared: null, remarks: [] });
});

test("a split without a subset goes to the resolver's default one", () => {
  const resolver = { DefaultSubset: 'a', Subsets: { a: filterOf('1.0'), b: filterOf('2.0') } };
  expect(standing(resolver, [{ Weight: 60 }, { Weight: 40, ServiceSubset: 'b' }])).toMatchObject({
    ...{ declared: { '1.0': 60, '2.0': 40 }, remarks: [] },
  });
});

test('without a default it goes to all instances, which is said', () => {
  const { declared, remarks } = standing({ Subsets: { b: filterOf('2.0') } }, [
    { Weight: 60 },
    { Weight: 40, ServiceSubset: 'b' },
  ]);
  expect(declared).toEqual({ 'all instances': 60, '2.0': 40 });
  expect(remarks).toEqual([expect.stringContaining('60% goes to no subset')]);
});

test('two subsets of one version are one share', () => {
  const resolver = {
    Subsets: { a: filterOf('1.0'), b: { Filter: 'Service.Meta.version=="1.0" and Service.Meta.zone == "b"' } },
  };
  const splits = [
    { Weight: 70, ServiceSubset: 'a' },
    { Weight: 30, ServiceSubset: 'b' },
  ];
  expect(standing(resolver, splits).declared).toEqual({ '1.0': 100 });
});

test('a subset that is not understood is not taken for the version that is called like it', () => {
  const resolver = { Subsets: { '2.0': { Filter: 'Service.Port == 80' } } };
  expect(standing(resolver, [{ Weight: 100, ServiceSubset: '2.0' }]).declared).toEqual({ 'subset 2.0': 100 });
});

test('weights that do not sum to 100 are shown in proportion, with what stands', () => {
  const resolver = { Subsets: { a: filterOf('1.0'), b: filterOf('2.0') } };
  const { declared, remarks } = standing(resolver, [
    { Weight: 75, ServiceSubset: 'a' },
    { Weight: 75, ServiceSubset: 'b' },
  ]);
  expect(declared).toEqual({ '1.0': 50, '2.0': 50 });
  expect(remarks).toEqual([expect.stringContaining('75, 75')]);
});

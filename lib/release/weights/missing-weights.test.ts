import { expect, test } from 'vitest';
import type { PlannedWrite } from '@/lib/release/planned-write';
import { exampleInstance } from './example-instance';
import { maintenanceWrite } from './maintenance-write';
import { missingWeights } from './missing-weights';
import { weightWrite } from './weight-write';

const OUT = 'Lictor: 0% of the traffic of web, 1.0';

const shown = (weight: number, reason: string | null) => ({
  ...{ node: 'node-a', id: 'a', image: { Weights: { Passing: weight, Warning: 1 } } },
  checks: reason === null ? [] : [{ id: '_service_maintenance:a', notes: reason }],
});

const instance = (owner: 'catalog' | 'agent') => exampleInstance('a', '1.0', { owner });
const weighed = (owner: 'catalog' | 'agent'): PlannedWrite =>
  weightWrite('dc1', instance(owner), { Weights: { Passing: 256, Warning: 1 } }, 0);
const taken = (owner: 'catalog' | 'agent', reason: string | null): PlannedWrite =>
  maintenanceWrite('dc1', instance(owner), reason, 1);

test.each(['catalog', 'agent'] as const)('the %s shows what was written', (owner) => {
  expect(missingWeights([weighed(owner), taken(owner, OUT)], [shown(256, OUT)])).toBeNull();
  expect(missingWeights([taken(owner, null)], [shown(1, null)])).toBeNull();
});

test.each([
  ['another weight', [shown(1, OUT)], [weighed('agent')]],
  ['no maintenance', [shown(256, null)], [taken('agent', OUT)]],
  ['a maintenance that is off', [shown(256, OUT)], [taken('catalog', null)]],
  ['a maintenance for another reason', [shown(256, 'disk is full')], [taken('catalog', OUT)]],
  ['no such instance', [], [weighed('catalog')]],
])('where the catalog shows %s, the sentence names the instance', (_, instances, writes) => {
  expect(missingWeights(writes, instances)).toMatch(/^The catalog does not show what was written for "a" on "node-a"/);
});

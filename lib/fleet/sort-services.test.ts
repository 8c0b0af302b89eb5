import { describe, expect, it } from 'vitest';
import { parseSort } from './column-sort';
import { exampleService } from './example-fleet';
import type { ServiceRecord } from './model';
import { sortColumns, sortServices } from './sort-services';

const services: ServiceRecord[] = [
  exampleService('dc2', 'cart', ['passing', 'passing'], { since: '2026-01-15T02:00:00.000Z' }),
  exampleService('dc1', 'api', ['passing', 'passing', 'critical', 'critical'], { since: '2026-01-15T01:00:00.000Z' }),
  exampleService('dc1', 'mail', ['warning', 'passing', 'passing'], { since: '2026-01-15T03:00:00.000Z' }),
];
const rows = services.map((service) => ({ dc: service.key.slice(0, 3), service, freshness: 'live' as const }));
const sorted = (text: string) => {
  const sort = parseSort(sortColumns, text);
  if (!sort) throw new Error(`${text} is no sort`);
  return sortServices(rows, sort).map(({ service }) => service.name);
};

describe('the list of services can be sorted', () => {
  it('by status, worst first or last', () => {
    expect(sorted('status')).toEqual(['api', 'mail', 'cart']);
    expect(sorted('-status')).toEqual(['cart', 'mail', 'api']);
  });

  it('by name', () => expect(sorted('-service')).toEqual(['mail', 'cart', 'api']));

  it('by datacenter, and in each worst first', () => expect(sorted('-dc')).toEqual(['cart', 'api', 'mail']));

  // 2 of 4, 2 of 3, 2 of 2
  it('by the passing share', () => expect(sorted('passing')).toEqual(['api', 'mail', 'cart']));

  it('by the number of instances', () => expect(sorted('-instances')).toEqual(['api', 'mail', 'cart']));

  it('by how long it has been so', () => expect(sorted('since')).toEqual(['mail', 'cart', 'api']));

  it('without touching what it was given', () => {
    const before = [...rows];
    sorted('service');
    expect(rows).toEqual(before);
  });
});

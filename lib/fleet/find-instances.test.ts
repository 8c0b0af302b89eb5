import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type InstanceRow, instanceFields } from '@/lib/filter/instance-fields';
import { filterOfWords } from '@/lib/filter/plain-words';
import { readFilter } from '@/lib/filter/read-filter';
import { findInstances, hasWords } from './find-instances';
import { instanceKey } from './keys';
import type { Status } from './model';
import { filterWords } from './text-filter';

const since = '2026-01-15T02:00:00.000Z';

function row(id: string, status: Status = 'passing', rest: Partial<InstanceRow> = {}): InstanceRow {
  const { dc = 'dc1', service = 'web' } = rest;
  const rare = { address: '10.0.0.1', port: 80, version: '1.5.0', tags: ['canary'], meta: {}, unconfirmed: false };
  const weights = { passing: 1, warning: 1 };
  const instance = { key: instanceKey(dc, 'n1', id), id, node: 'n1', status, since, sinceAtLeast: false, checks: [] };
  return { dc, service, freshness: 'live', instance: { ...instance, ...rare, weights } };
}
const all = () => true;

it('keeps the worst, by name where they are as bad, and counts all that match', () => {
  const rows = [row('web-10'), row('web-2'), row('web-3', 'critical'), row('web-1', 'warning'), row('api-1')];
  const { total, instances } = findInstances(rows, ({ instance }) => instance.id !== 'api-1', 3);
  expect(total).toBe(4);
  expect(instances.map(({ id }) => id)).toEqual(['web-3', 'web-1', 'web-2']);
});

it('says where an instance is, and nothing of its checks', () => {
  const [found] = findInstances([row('web-1', 'passing', { dc: 'dc2', service: 'pay' })], all, 1).instances;
  expect(found).toMatchObject({ dc: 'dc2', service: 'pay', node: 'n1', freshness: 'live', version: '1.5.0' });
  expect(Object.keys(found ?? {})).not.toContain('checks');
});

it('finds the same, in the same order, whatever the order it is looked through in', () => {
  const statuses = fc.constantFrom<Status>('critical', 'warning', 'passing');
  const some = fc.uniqueArray(fc.record({ name: fc.nat(200), status: statuses }), { selector: ({ name }) => name });
  fc.assert(
    fc.property(some, fc.integer({ min: 1, max: 20 }), (made, limit) => {
      const rows = made.map(({ name, status }) => row(`web-${name}`, status));
      const whole = findInstances(rows, all, rows.length + 1).instances;
      const part = findInstances([...rows].reverse(), all, limit);
      expect(part.total).toBe(rows.length);
      expect(part.instances).toEqual(whole.slice(0, limit));
    }),
  );
});

it('has a page leave of an answer what a filter of the same words would find', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'B', 'ａ', '-', ':', '"', ' ', '支', '(', ')', '\\'),
    maxLength: 6,
  });
  fc.assert(
    fc.property(text, text, text, (id, service, query) => {
      const one = row(id, 'passing', { service });
      const reading = readFilter(filterOfWords(query), instanceFields);
      if (!reading.ok) throw new Error(reading.error.code);
      const [found] = findInstances([one], all, 1).instances;
      if (!found) throw new Error('It is lost.');
      expect(hasWords(found, filterWords(query))).toBe(reading.filter.matches(one, 0));
    }),
  );
});

import { expect, it } from 'vitest';
import { amongOthers } from '@/lib/topology/around/among-others';
import { exampleShop } from '@/lib/topology/example-topology';
import { readFilter } from './read-filter';
import type { FilterSchema } from './schema';
import { topologyEdgeFields, topologyNodeFields } from './topology-fields';

const body = exampleShop();

function matching<T>(text: string, schema: FilterSchema<T>, records: readonly T[]): T[] {
  const reading = readFilter(text, schema);
  if (!reading.ok) throw new Error(reading.error.code);
  return records.filter((record) => reading.filter.matches(record, 0));
}
const nodes = (text: string) => matching(text, topologyNodeFields, amongOthers(body)).map(({ node }) => node.key);
const edges = (text: string) => matching(text, topologyEdgeFields, body.edges).map(({ key }) => key);

it('finds services by whom they call and who calls them, by calls that are needs', () => {
  expect(nodes('calls:payment dc:dc1')).toEqual(['dc1/orders']);
  expect(nodes('calledby:orders dc:dc1 not kind:absent')).toEqual(['dc1/database', 'dc1/payment', 'dc1/queue']);
  // An intention that denies is no call.
  expect(nodes('calls:ledger dc:dc1')).toEqual(['dc1/payment']);
});

it('finds services by their kind, by what is divided, and by what stands in', () => {
  expect(nodes('kind:database')).toEqual(['dc1/database', 'dc2/database', 'dc3/database']);
  expect(nodes('split:yes')).toEqual(['dc1/payment', 'dc2/payment']);
  expect(nodes('failover:dc3')).toEqual(['dc1/payment', 'dc2/payment']);
  expect(nodes('freshness:lost dc:dc1')).toEqual([]);
});

it('finds calls by how they fare, in percent, by what says them, and by where they lead', () => {
  expect(edges('errors:>2 dc:dc1')).toEqual(['dc1/orders>dc1/payment']);
  expect(edges('across:yes kind:observed')).toEqual(['dc1/payment>dc2/fraud-check']);
  expect(edges('allowed:no from:mail dc:dc1')).toEqual(['dc1/mail>dc1/database']);
  expect(edges('kind:failover dc:dc1 from:payment to:payment')).toContain('dc1/payment>dc2/payment');
});

it('knows no number where nobody counts', () => {
  expect(edges('rate:>=0 kind:failover')).toEqual([]);
  expect(edges('rate:<1 kind:failover')).toEqual([]);
});

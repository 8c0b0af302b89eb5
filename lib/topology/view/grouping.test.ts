import { expect, it } from 'vitest';
import { exampleShop } from '@/lib/topology/example-topology';
import type { TopologyNode } from '@/lib/topology/topology-body';
import { groupingKeys, suitableGrouping } from './grouping';

const GROUPED_ABOVE = 2_000;
const [any] = exampleShop().nodes;
if (!any) throw new Error('The shop has services.');
const nodes = (count: number, metaOf: (index: number) => Record<string, string>): TopologyNode[] =>
  Array.from({ length: count }, (_, index) => ({ ...any, key: `dc1/${index}`, meta: metaOf(index) }));

it('groups by what divides the services, though another key is set at one more of them', () => {
  const many = nodes(GROUPED_ABOVE + 1, (index) => ({
    version: index === 0 ? '1.8.7' : '1.0.0',
    ...(index > 0 && { team: `team-${index % 12}` }),
  }));
  expect(suitableGrouping(many)).toEqual({ by: 'meta', key: 'team' });
});

it('groups by datacenter where one value stands for nearly all', () => {
  const many = nodes(GROUPED_ABOVE + 1, (index) => ({ team: index % 10 === 0 ? `team-${index % 7}` : 'platform' }));
  expect(suitableGrouping(many)).toEqual({ by: 'datacenter' });
});

it('leaves few services each by itself', () => {
  expect(suitableGrouping(nodes(GROUPED_ABOVE, () => ({ team: 'a' })))).toEqual({ by: 'service' });
});

it('takes a key for one that divides which has values enough, and not one for each service', () => {
  const all = nodes(200, (index) => ({ half: String(index % 2), own: String(index), same: 'x' }));
  expect(groupingKeys(all)).toEqual(['half']);
});

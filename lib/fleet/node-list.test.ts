import { describe, expect, it } from 'vitest';
import { exampleNode, exampleNodes } from './example-nodes';
import { type NodeListOptions, nodeList } from './node-list';
import { worstNodesFirst } from './sort-nodes';

const plain: NodeListOptions = {
  connected: true,
  dc: null,
  sort: worstNodesFirst,
  matches: null,
  grouped: true,
  toggled: new Set(),
};
const body = exampleNodes({
  dc1: [exampleNode('dc1', 'web-10'), exampleNode('dc1', 'web-2'), exampleNode('dc1', 'db', 'warning')],
  dc2: [
    exampleNode('dc2', 'late', 'critical', { since: '2026-01-15T03:00:00.000Z' }),
    exampleNode('dc2', 'early', 'critical', { since: '2026-01-15T01:00:00.000Z' }),
  ],
  dc3: [],
});
const ids = (options: Partial<NodeListOptions>) => nodeList(body, { ...plain, ...options }).items.map(({ id }) => id);

describe('the list of nodes', () => {
  it('is grouped by datacenter, the worst first, of equals who has been so for longer, else by name', () => {
    expect(ids({})).toEqual([
      'datacenter:dc2',
      'node:dc2/early',
      'node:dc2/late',
      'datacenter:dc1',
      'node:dc1/db',
      'node:dc1/web-2',
      'node:dc1/web-10',
      'datacenter:dc3',
      'empty:dc3',
    ]);
    expect(nodeList(body, plain)).toMatchObject({ matching: 5, counts: { critical: 2, warning: 1, passing: 2 } });
  });

  it('can be one flat list, and of one datacenter', () => {
    expect(ids({ grouped: false, dc: 'dc1' })).toEqual(['node:dc1/db', 'node:dc1/web-2', 'node:dc1/web-10']);
  });

  it('has what a filter leaves, and no datacenter without any of it', () => {
    expect(ids({ matches: ({ node }) => node.name.startsWith('web') })).toEqual([
      'datacenter:dc1',
      'node:dc1/web-2',
      'node:dc1/web-10',
    ]);
  });

  it('can be sorted by each column, either way', () => {
    const first = (column: NodeListOptions['sort']['column'], descending: boolean) =>
      ids({ grouped: false, sort: { column, descending } })[0];
    expect(first('node', false)).toBe('node:dc1/db');
    expect(first('node', true)).toBe('node:dc1/web-10');
    expect(first('dc', true)).toBe('node:dc2/early');
    expect(first('services', true)).toBe('node:dc1/web-10');
    expect(first('address', false)).toBe('node:dc1/web-2');
    expect(first('since', false)).toBe('node:dc2/late');
    expect(first('status', true)).toBe('node:dc1/web-2');
  });

  it('calls a live datacenter stale for a reader who no longer hears the server', () => {
    const states = nodeList(body, { ...plain, connected: false }).items.map((item) =>
      'row' in item ? item.row.freshness : 'freshness' in item && item.freshness,
    );
    expect(new Set(states)).toEqual(new Set(['stale']));
  });
});

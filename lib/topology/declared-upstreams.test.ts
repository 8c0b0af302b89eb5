import { describe, expect, test } from 'vitest';
import { documentEdges, metadataEdges } from './declared-upstreams';

const AT_MS = 1_768_446_000_000;
const metadata = (value: string) => metadataEdges({ dc: 'dc1', name: 'shop' }, value, 'upstreams', AT_MS);
const document = (text: string) => documentEdges(text, 'dc1', 'document lictor/topology', AT_MS);

describe('Upstreams in metadata', () => {
  test('are services of the own datacenter, or of the one after the @', () => {
    const { edges, nodes } = metadata(' cart , users@dc2,, cart ');
    expect(edges.map(({ from, to }) => [from, to])).toEqual([
      ['dc1/shop', 'dc1/cart'],
      ['dc1/shop', 'dc2/users'],
    ]);
    expect(edges[0]).toMatchObject({ kind: 'declared', source: 'metadata upstreams', seenAtMs: AT_MS });
    expect(nodes).toEqual([]);
  });

  test('that cannot be read are a problem of the service, and the others are taken', () => {
    const { edges, nodes, faults } = metadata('cart, users@, @dc2, two words, *');
    expect(edges.map(({ to }) => to)).toEqual(['dc1/cart']);
    expect(faults.map(({ reason }) => reason)).toEqual([
      '"users@" names no datacenter after the @',
      '"@dc2" names no service',
      '"two words" holds a blank',
      '"*": a * stands for nothing here',
    ]);
    expect(nodes[0]?.problem).toBe(
      'Its metadata upstreams cannot be read in full: "users@" names no datacenter after the @.',
    );
  });

  test('may name what needs encoding in a key, and never an edge of others', () => {
    expect(metadata('a/b>c').edges[0]?.to).toBe('dc1/a%2Fb%3Ec');
  });
});

describe('A document of edges', () => {
  const good = `{
  "edges": [
    { "from": "shop", "to": "billing@dc2", "detail": "By hand." },
    { "from": "billing@dc2", "to": "billing-db@dc2" }
  ],
  "nodes": [{ "service": "billing-db@dc2", "kind": "database" }]
}`;

  test('declares edges and what nodes are', () => {
    const { edges, nodes, faults } = document(good);
    expect(faults).toEqual([]);
    expect(edges).toMatchObject([
      { from: 'dc1/shop', to: 'dc2/billing', kind: 'declared', source: 'document lictor/topology', detail: 'By hand.' },
      { from: 'dc2/billing', to: 'dc2/billing-db' },
    ]);
    expect(nodes).toEqual([{ key: 'dc2/billing-db', kind: 'database' }]);
  });

  test('that is no JSON says on which line and why, and nothing of it is taken', () => {
    const cut = good.replace('"billing@dc2", "detail"', '"billing@dc2" "detail"');
    expect(document(cut)).toEqual({
      edges: [],
      nodes: [],
      faults: [{ line: 3, reason: 'It is not JSON: "," or "}" is missing' }],
    });
  });

  test('with errors in it says the line of each, and the rest of it is taken', () => {
    const text = `{
  "edges": [
    { "from": "shop" },
    { "from": "shop", "to": "a", "colour": "red" },
    { "from": "shop", "to": "users@" },
    "shop > cart",
    { "from": "shop", "to": "b" }
  ],
  "nodes": [
    { "service": "b", "kind": "castle" }
  ]
}`;
    const { edges, faults } = document(text);
    expect(edges.map(({ to }) => to)).toEqual(['dc1/b']);
    expect(faults.map(({ line, reason }) => [line, reason.split(':')[0]])).toEqual([
      [3, 'Edge 1'],
      [4, 'Edge 2'],
      [5, 'Edge 3, to'],
      [2, 'Edge 4'],
      [10, 'Node 1'],
    ]);
    expect(faults[0]?.reason).toBe('Edge 1: to is missing');
    expect(faults[1]?.reason).toBe('Edge 2: nobody knows "colour"');
  });

  test('of another shape is said to be, without an end to nothing', () => {
    expect(document('[]').faults).toMatchObject([{ line: 1 }]);
    expect(document('{"edges": {}}').faults[0]?.reason).toMatch(/^The document: edges: /);
    expect(document(' '.repeat(1024 * 1024 + 1)).faults[0]?.reason).toMatch(/longer than/);
    expect(document(`{"edges": [${'"x",'.repeat(500)}"x"]}`).faults).toHaveLength(20);
  });
});

import { describe, expect, test } from 'vitest';
import { exampleShop, exampleTopology } from './example-topology';
import { topologyBodySchema } from './topology-body';

describe('An example', () => {
  test('is a body as it is published', () => {
    topologyBodySchema.parse(exampleShop());
    topologyBodySchema.parse(exampleTopology(60, 120));
  });

  test.each([
    [1, 0],
    [14, 20],
    [300, 600],
    [1_000, 3_000],
  ])('of %i services and %i edges has as many, and is the same every time', (services, edges) => {
    const body = exampleTopology(services, edges);
    expect([body.nodes.length, body.edges.length]).toEqual([services, edges]);
    expect(exampleTopology(services, edges)).toEqual(body);
  });

  test('of the shop shows each thing that a picture of it can show', () => {
    const { nodes, edges, datacenters } = exampleShop();
    const kinds = new Set(edges.flatMap((edge) => edge.kinds));
    expect([...kinds].sort()).toEqual(['declared', 'failover', 'intention', 'observed', 'upstream']);
    expect(new Set(edges.map(({ mark }) => mark))).toEqual(new Set([null, 'undeclared', 'unseen']));
    expect(edges.some(({ allowed }) => allowed === false)).toBe(true);
    expect(nodes.some(({ split }) => split !== null)).toBe(true);
    expect(datacenters.map(({ freshness: { state } }) => state)).toEqual(['live', 'live', 'lost']);
  });
});

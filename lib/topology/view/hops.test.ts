import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exampleTopology } from '@/lib/topology/example-topology';
import { graphIndex } from './graph-index';
import { withinHops } from './hops';

const body = exampleTopology(60, 140);
const circle = exampleTopology(3, 0);
const index = graphIndex(body.nodes, body.edges);
const anyKey = fc.constantFrom(...body.nodes.map(({ key }) => key));
const anyHops = fc.nat({ max: 6 });

test('more hops never reach less, and none reaches but the service itself', () => {
  fc.assert(
    fc.property(anyKey, anyHops, anyHops, (key, up, down) => {
      expect([...withinHops(index, key, 0, 0)]).toEqual([[key, 0]]);
      const near = withinHops(index, key, up, down);
      const far = withinHops(index, key, up + 1, down + 1);
      for (const reached of near.keys()) expect(far.has(reached)).toBe(true);
    }),
  );
});

test('each that is reached is a hop further than one that is reached on its way', () => {
  fc.assert(
    fc.property(anyKey, anyHops, anyHops, (key, up, down) => {
      const hops = withinHops(index, key, up, down);
      for (const [reached, far] of hops) {
        if (far === 0) continue;
        const towards =
          far > 0 ? index.into.get(reached)?.map(({ from }) => from) : index.out.get(reached)?.map(({ to }) => to);
        expect(towards?.some((other) => hops.get(other) === far - Math.sign(far))).toBe(true);
      }
    }),
  );
});

test('a circle ends', () => {
  const [a, b, c] = circle.nodes.map(({ key }) => key) as [string, string, string];
  const edge = (from: string, to: string) =>
    ({ ...body.edges[0], key: `${from}>${to}`, from, to }) as (typeof body.edges)[0];
  const round = graphIndex(circle.nodes, [edge(a, b), edge(b, c), edge(c, a), edge(a, a)]);
  expect(withinHops(round, a, 9, 9)).toEqual(
    new Map([
      [a, 0],
      [b, 1],
      [c, -1],
    ]),
  );
});

test('what is known nowhere is alone', () => {
  expect(withinHops(index, 'dc9/nobody', 3, 3)).toEqual(new Map([['dc9/nobody', 0]]));
});

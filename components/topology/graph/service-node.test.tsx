// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import type { ComponentProps } from 'react';
import { afterEach, expect, test } from 'vitest';
import { TextProvider } from '@/components/ui/text-provider';
import { exampleShop } from '@/lib/topology/example-topology';
import type { TopologyNode } from '@/lib/topology/topology-body';
import { GraphContext, newGraphParts } from './graph-context';
import { ServiceNode } from './service-node';

afterEach(cleanup);

const shop = exampleShop();

/** A service of the example, drawn, with whatever else is said of it; and the means to say more. */
function drawn(key: string, more: Partial<TopologyNode> = {}) {
  const found = shop.nodes.find((node) => node.key === key);
  if (!found) throw new Error(`The example has no ${key}.`);
  const parts = newGraphParts();
  const say = (record: TopologyNode) => act(() => parts.records.put({ nodes: [record], edges: [] }));
  const record = { ...found, ...more };
  parts.records.put({ nodes: [record], edges: [] });
  const { dc, name } = record;
  const data = { drawn: { id: key, dc, kind: 'service', name, members: [key] } };
  render(
    <TextProvider initial="en">
      <GraphContext value={parts}>
        <ServiceNode {...({ id: key, data } as unknown as ComponentProps<typeof ServiceNode>)} />
      </GraphContext>
    </TextProvider>,
  );
  return { parts, record, say, node: screen.getByRole('button') };
}

test('a service says how it fares, what divides its traffic, and who stands in for it', () => {
  const { node } = drawn('dc1/payment');
  expect(node.dataset).toMatchObject({ key: 'dc1/payment', status: 'warning', kind: 'service' });
  expect(node.getAttribute('aria-label')).toBe(
    'payment in dc1, warning, 1 of 2 passing. Its traffic is divided: 3.1.4 90 %, 3.2.0 10 %. Stood in for by dc2, then dc3',
  );
  expect(screen.getByTitle('Stood in for by dc2, then dc3')).toBeDefined();
});

test('a chain that does not compile says so at the service', () => {
  drawn('dc1/users', { problem: 'The chain does not compile:\u001b[31m no such subset.' });
  expect(screen.getByTitle('The chain does not compile:␛[31m no such subset.').dataset.badge).toBe('problem');
});

test('it is drawn anew when it fares otherwise', () => {
  const { node, record, say } = drawn('dc1/users');
  expect(node.dataset.status).toBe('passing');
  say({ ...record, status: 'critical', passing: 0, critical: 2 });
  expect(node.dataset.status).toBe('critical');
  expect(node.textContent).toContain('0 of 2 passing');
});

test('what nothing lists is said to be so, and counts no instances', () => {
  const { node } = drawn('dc1/fraud-check');
  expect(node.dataset).toMatchObject({ kind: 'absent', status: 'unknown' });
  expect(node.textContent).toBe('fraud-checknot registered');
});

test('a name that would turn the line around is shown as what it is', () => {
  const { node } = drawn('dc1/users', { name: 'a\u202eb' });
  expect(node.querySelector('bdi')?.textContent).toBe('a⟨U+202E⟩b');
  expect(node.getAttribute('aria-label')).toContain('a⟨U+202E⟩b in dc1');
});

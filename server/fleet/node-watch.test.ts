import { expect, test } from 'vitest';
import { answerOf } from '@/server/consul/testing/answer';
import { HeldTransport } from '@/server/consul/testing/held-transport';
import { ManualClock, settled } from '@/server/consul/testing/manual-clock';
import { NodeWatch } from './node-watch';
import type { WatchContext } from './watch-context';

const ALL_CHECKS = '/v1/health/state/any';

async function watching() {
  const transport = new HeldTransport();
  const clock = new ManualClock();
  const seen: string[] = [];
  const moved: string[] = [];
  const seeNodes = (_dc: string, nodes: { name: string; checks: { status: string }[] }[]) =>
    seen.push(nodes.map(({ name, checks }) => `${name} ${checks.map(({ status }) => status)}`).join(', '));
  const told = { contacted: () => {}, failed: () => {}, listed: () => {}, unreadable: () => {} };
  const context = { dc: 'dc1', transport, clock, random: () => 0, store: { seeNodes }, ...told };
  const nodes = new NodeWatch(
    context as unknown as WatchContext,
    () => {},
    (names) => moved.push(...names),
  );
  const answer = async (path: string, body: unknown, index: number) => {
    const at = transport.open.findIndex(({ request }) => request.path === path);
    if (at < 0) throw new Error(`Nobody asks for ${path}.`);
    transport.open.splice(at, 1)[0]?.resolve(answerOf(body, { index }));
    await settled();
  };
  await answer('/v1/catalog/nodes', [node('n1'), node('n2')], 1);
  await answer(ALL_CHECKS, [check('n1', 'passing'), check('n2', 'passing')], 5);
  return { transport, clock, nodes, seen, moved, answer };
}

const node = (Node: string, Address = '10.0.0.1') => ({ Node, Address, ModifyIndex: 1 });

function check(Node: string, Status: string) {
  return { Node, CheckID: 'serfHealth', Name: 'Serf', Status, ServiceID: '', ModifyIndex: 1 };
}

test('a node that is named is read by itself, and stays as read until all checks are read later than that', async () => {
  const { nodes, seen, answer } = await watching();
  nodes.hurry(['n2']);
  await answer('/v1/health/node/n2', [check('n2', 'critical')], 8);
  expect(seen.at(-1)).toBe('n1 passing, n2 critical');
  // Asked for before, answered after: older.
  await answer(ALL_CHECKS, [check('n1', 'warning'), check('n2', 'passing')], 7);
  expect(seen.at(-1)).toBe('n1 warning, n2 critical');
  await answer(ALL_CHECKS, [check('n1', 'warning'), check('n2', 'passing')], 9);
  expect(seen.at(-1)).toBe('n1 warning, n2 passing');
  nodes.stop();
});

test('a single read that is older than what is known changes nothing', async () => {
  const { nodes, seen, answer } = await watching();
  nodes.hurry(['n2']);
  await answer(ALL_CHECKS, [check('n1', 'passing'), check('n2', 'warning')], 9);
  await answer('/v1/health/node/n2', [check('n2', 'critical')], 8);
  expect(seen.at(-1)).toBe('n1 passing, n2 warning');
  nodes.stop();
});

test('all checks are read four times in a row, and then at most every two seconds', async () => {
  const { transport, clock, nodes, answer } = await watching();
  for (let index = 6; index < 9; index += 1) await answer(ALL_CHECKS, [check('n1', 'passing')], index);
  const asked = () => transport.open.some(({ request }) => request.path === ALL_CHECKS);
  expect(asked()).toBe(false);
  await clock.advance(1_999);
  expect(asked()).toBe(false);
  await clock.advance(1);
  expect(asked()).toBe(true);
  nodes.stop();
});

test('nodes with another address are told, new ones are not', async () => {
  const { nodes, moved, answer } = await watching();
  await answer('/v1/catalog/nodes', [node('n1'), node('n2', '10.9.9.9'), node('n3')], 2);
  expect(moved).toEqual(['n2']);
  nodes.stop();
});

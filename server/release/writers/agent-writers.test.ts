import { setMaxListeners } from 'node:events';
import { expect, test } from 'vitest';
import { answerOf } from '@/server/consul/testing/answer';
import { consulFailure } from '@/server/consul/testing/consul-failure';
import { HeldTransport } from '@/server/consul/testing/held-transport';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { OwnerAgents } from '@/server/release/weights/owner-agents';
import { AgentMaintenanceWriter } from './agent-maintenance-writer';
import { AgentServiceWriter } from './agent-service-writer';

const signal = new AbortController().signal;
// A held transport listens to it for good, and the catalog is asked a hundred times.
setMaxListeners(0, signal);
const common = { dc: 'dc1', target: 'dc1 agent n, service a', stage: 0, node: 'n', id: 'a' };
const BEFORE = { ID: 'a', Service: 'web', Tags: ['v1'], Weights: { Passing: 1, Warning: 1 } };
const AFTER = { ...BEFORE, Weights: { Passing: 256, Warning: 256 } };
const write = { kind: 'agent-service', ...common, before: BEFORE, after: AFTER } as const;

function agentWriting() {
  const transport = new HeldTransport();
  return { transport, result: new AgentServiceWriter({ transport: () => transport }).write(write, signal) };
}

test('an owner who writes between the writing and the reading again has the last word', async () => {
  const { transport, result } = agentWriting();
  await transport.answer(answerOf({ ...BEFORE, ContentHash: '1' }));
  await transport.answer(answerOf(''));
  await transport.answer(answerOf({ ...BEFORE, ContentHash: '1' }));
  expect(await result).toBe('lost');
});

test('an agent that drops a field of what it is given is said to', async () => {
  const { transport, result } = agentWriting();
  await transport.answer(answerOf(BEFORE));
  await transport.answer(answerOf(''));
  const failing = consulFailure(result, 'secret');
  await transport.answer(answerOf({ ...AFTER, Tags: [] }));
  expect((await failing).sentence).toMatch(/shows fields that nobody asked for/);
});

test('a maintenance that is off at the agent and stays in the catalog is not taken for off', async () => {
  const [agent, catalog] = [new HeldTransport(), new HeldTransport()];
  const clock = new ManualClock();
  const consul = { transportOf: () => catalog, primaryOf: () => null, copiesOf: () => [], home: () => null };
  const writer = new AgentMaintenanceWriter({ transport: () => agent }, consul, clock);
  const result = writer.write({ kind: 'agent-maintenance', ...common, before: 'out', after: null }, signal);
  const failure = consulFailure(result, 'secret');
  await agent.answer(answerOf({ '_service_maintenance:a': { Node: 'n', Notes: 'out' } }));
  await agent.answer(answerOf(''));
  await agent.answer(answerOf({}));
  const shown = answerOf({ Results: [{ Check: { Notes: 'out' } }], Errors: null });
  for (let asked = 0; asked <= 100; asked += 1) {
    await catalog.answer(shown);
    await clock.advance(50);
  }
  expect((await failure).sentence).toMatch(/after 5 s the catalog still shows it/);
  expect(catalog.open).toEqual([]);
});

test('an agent that is opted in no more is an error with what to do', () => {
  const agents = new OwnerAgents([], () => {});
  expect(() => agents.transport('dc1', 'n"1')).toThrow(/"n\\"1" in dc1 is not named under release\.agents any more/);
});

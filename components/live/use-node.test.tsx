// @vitest-environment jsdom
import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NodeBody, NodeRecord, Status } from '@/lib/fleet/model';
import { AT, EPOCH, fleetBody, nodesBody, service } from './fixtures/bodies';
import { put, removal, sendChange, sendSnapshot } from './fixtures/scripted-core';
import { ScriptedLive } from './fixtures/scripted-live';
import { useNode } from './use-node';

const record = (status: Status = 'passing'): NodeRecord => ({
  key: 'dc1/n1',
  name: 'n1',
  address: '10.0.0.1',
  status,
  since: AT,
  sinceAtLeast: false,
  meta: {},
  services: ['web'],
  unconfirmed: false,
});
const bodyOf = (node: NodeRecord, seq: number): NodeBody => ({
  ...{ epoch: EPOCH, seq, at: AT },
  ...{ node, checks: [], instances: [] },
});
const unknown = { type: 'urn:lictor:problem:unknown-node', title: 'No such node', status: 404, detail: '' };

let scripted: ScriptedLive;
beforeEach(() => {
  scripted = new ScriptedLive();
});
afterEach(() => {
  cleanup();
  scripted.live.core.stop();
});

const paths = () => scripted.asks.map(({ path }) => path);
const PATH = '/lictor/api/v1/nodes/dc1/n1';

async function mount(first?: NodeBody) {
  const { result } = renderHook(() => useNode('dc1', 'n1', first), { wrapper: scripted.wrapper });
  await scripted.connect();
  await scripted.run(() => {
    sendSnapshot(scripted.tab.source, 'nodes', nodesBody({ seq: 1 }, [record()]));
    sendSnapshot(scripted.tab.source, 'fleet', fleetBody({ seq: 1 }, [service('dc1/web'), service('dc1/other')]));
  });
  return result;
}

/** Answers every GET that is under way or follows from an answer, and lets the pause between two of them pass. */
async function settle(node: NodeRecord): Promise<void> {
  for (let answered = 0; ; answered += 1) {
    await scripted.advance(200);
    const ask = scripted.asks[answered];
    if (!ask) break;
    await ask.answer(200, bodyOf(node, answered));
  }
  scripted.asks.length = 0;
}

describe('useNode', () => {
  it('has what the server rendered at once, and reads it anew', async () => {
    const first = bodyOf(record(), 1);
    const result = await mount(first);
    expect(result.current).toMatchObject({ body: first, record: record(), goneSince: null, error: null });
    expect(paths()[0]).toBe(PATH);
  });

  it('reads anew when its record changes, or one of a service on it, and not when another does', async () => {
    await mount(bodyOf(record(), 1));
    await settle(record());
    await scripted.run(() => sendChange(scripted.tab.source, 'fleet', 2, [put(service('dc1/other', 'critical'))]));
    expect(paths()).toEqual([]);
    await scripted.run(() => sendChange(scripted.tab.source, 'fleet', 3, [put(service('dc1/web', 'critical'))]));
    expect(paths()).toEqual([PATH]);
    await settle(record());
    await scripted.run(() => sendChange(scripted.tab.source, 'nodes', 4, [put(record('critical'))]));
    expect(paths()).toEqual([PATH]);
  });

  it('reads once more for what changed while a read was under way, and not for each of many changes', async () => {
    await mount(bodyOf(record(), 1));
    await settle(record());
    for (let seq = 2; seq < 50; seq += 1) {
      const status = seq % 2 === 0 ? 'critical' : 'passing';
      await scripted.run(() => sendChange(scripted.tab.source, 'fleet', seq, [put(service('dc1/web', status))]));
      await scripted.advance(50);
    }
    expect(paths()).toEqual([PATH]);
    await scripted.asks[0]?.answer(200, bodyOf(record(), 2));
    await scripted.advance(200);
    expect(paths()).toEqual([PATH, PATH]);
    await scripted.asks[1]?.answer(200, bodyOf(record(), 49));
    await scripted.advance(200);
    expect(paths()).toEqual([PATH, PATH]);
  });

  it('shows the newest record before the rest is read', async () => {
    const result = await mount(bodyOf(record(), 1));
    await scripted.run(() => sendChange(scripted.tab.source, 'nodes', 2, [put(record('critical'))]));
    expect(result.current).toMatchObject({ record: { status: 'critical' }, body: { node: { status: 'passing' } } });
  });

  it('keeps the last body of a node that has left, says since when, and forgets that when it is back', async () => {
    const first = bodyOf(record(), 1);
    const result = await mount(first);
    await settle(record());
    await scripted.run(() => sendChange(scripted.tab.source, 'nodes', 2, [removal('dc1/n1')]));
    await scripted.asks[0]?.answer(404, unknown);
    expect(result.current).toMatchObject({ body: first, goneSince: expect.any(String), error: null });
    await scripted.run(() => sendChange(scripted.tab.source, 'nodes', 3, [put(record())]));
    expect(result.current.goneSince).toBeNull();
  });

  it('says what is wrong where nothing could be read', async () => {
    const result = await mount();
    await scripted.asks[0]?.answer(500, {});
    expect(result.current).toMatchObject({ body: undefined, goneSince: null, error: expect.stringContaining('500') });
    await settle(record());
    expect(result.current).toMatchObject({ body: { node: record() }, error: null });
  });
});

// @vitest-environment jsdom
import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FleetBody } from '@/lib/fleet/model';
import { AT, fleetBody, instance, nodesBody, service, serviceBody } from './fixtures/bodies';
import { put, removal, sendChange, sendHeartbeat, sendSnapshot } from './fixtures/scripted-core';
import { ScriptedLive } from './fixtures/scripted-live';
import { useConnection } from './use-connection';
import { useFleet } from './use-fleet';
import { useFreshness } from './use-freshness';
import { useNodes } from './use-nodes';
import { useNow } from './use-now';
import { useRecentChanges } from './use-recent-changes';
import { useService } from './use-service';

const api = service('dc1/api');
const web = service('dc1/web');
const broken = service('dc1/web', 'critical');
const servicesOf = (body: FleetBody) => body.datacenters.flatMap((dc) => dc.services);

let scripted: ScriptedLive;
beforeEach(() => {
  scripted = new ScriptedLive();
});
afterEach(() => {
  cleanup();
  scripted.live.core.stop();
});

const inTab = () => ({ wrapper: scripted.wrapper });
const sendFleet = (seq = 10) =>
  scripted.run(() => sendSnapshot(scripted.tab.source, 'fleet', fleetBody({ seq }, [api, web])));
const change = (seq: number, ...changes: ReturnType<typeof put>[]) =>
  scripted.run(() => sendChange(scripted.tab.source, 'fleet', seq, changes));

describe('useFleet', () => {
  it('is undefined until the first body, and follows it then', async () => {
    const { result } = renderHook(() => useFleet((body) => servicesOf(body).map((entry) => entry.status)), inTab());
    expect(result.current).toBeUndefined();
    await scripted.connect();
    await sendFleet();
    expect(result.current).toEqual(['passing', 'passing']);
    await change(11, put(broken, 'passing'));
    expect(result.current).toEqual(['passing', 'critical']);
  });

  it('renders a row again only when its own record changed', async () => {
    const renders = { api: 0, web: 0 };
    const row = (name: 'api' | 'web') =>
      renderHook(() => {
        renders[name] += 1;
        return useFleet((body) => servicesOf(body).find((entry) => entry.name === name))?.status;
      }, inTab());
    const rows = [row('api'), row('web')];
    await scripted.connect();
    await sendFleet();
    const before = { ...renders };
    await change(11, put(broken, 'passing'));
    await change(12, put(web, 'critical'));
    await change(13, put(broken, 'passing'));
    expect(rows.map(({ result }) => result.current)).toEqual(['passing', 'critical']);
    expect(renders).toEqual({ api: before.api, web: before.web + 3 });
  });

  it('does not render a list again whose members are the same, also when it is selected anew each time', async () => {
    let renders = 0;
    renderHook(() => {
      renders += 1;
      return useFleet((body) => servicesOf(body).filter((entry) => entry.key === 'dc1/api'));
    }, inTab());
    await scripted.connect();
    await sendFleet();
    const before = renders;
    await change(11, put(broken, 'passing'));
    expect(renders).toBe(before);
  });

  it('follows another selection at once', async () => {
    const { result, rerender } = renderHook(
      ({ id }) => useFleet((body) => servicesOf(body).find((entry) => entry.key === id)?.status),
      { ...inTab(), initialProps: { id: 'dc1/api' } },
    );
    await scripted.connect();
    await sendFleet();
    await change(11, put(broken, 'passing'));
    rerender({ id: 'dc1/web' });
    expect(result.current).toBe('critical');
  });

  it('renders once a frame however many changes come', async () => {
    let renders = 0;
    renderHook(() => {
      renders += 1;
      return useFleet((body) => body.seq);
    }, inTab());
    await scripted.connect();
    await sendFleet();
    const before = renders;
    await scripted.run(() => {
      for (let seq = 11; seq < 500; seq += 1) sendChange(scripted.tab.source, 'fleet', seq, [put(broken)]);
    });
    // The first at once, the others with the frame.
    expect(renders - before).toBeLessThanOrEqual(2);
  });
});

describe('useNodes', () => {
  it('has the stream opened with the topic of nodes while it is mounted', async () => {
    const { result } = renderHook(() => useNodes((body) => body.datacenters.length), inTab());
    await scripted.connect();
    expect(scripted.tab.source.topics).toEqual(['nodes']);
    await scripted.run(() => sendSnapshot(scripted.tab.source, 'nodes', nodesBody({ seq: 1 })));
    expect(result.current).toBe(1);
  });
});

describe('useService', () => {
  const topic = 'service:dc1/web';
  const one = instance('dc1/n1/web-1');
  const body = serviceBody({ seq: 10 }, web, [one]);
  const problem = (type: string) => ({ type, title: 'Not found', status: 404, detail: '' });

  async function mount() {
    const { result } = renderHook(() => useService('dc1/web'), inTab());
    await scripted.connect();
    return result;
  }

  it('has the body that the stream brings, and asks for nothing else', async () => {
    const result = await mount();
    await scripted.run(() => sendSnapshot(scripted.tab.source, topic, body));
    await scripted.advance(2_500);
    expect(result.current).toEqual({ body, goneSince: null, error: null });
    expect(scripted.asks).toEqual([]);
  });

  it('keeps the last body of a service that was removed, and says since when', async () => {
    const result = await mount();
    await scripted.run(() => sendSnapshot(scripted.tab.source, topic, body));
    await scripted.run(() => sendChange(scripted.tab.source, topic, 11, [removal('dc1/web')]));
    expect(result.current).toMatchObject({ body: { service: web }, goneSince: AT, error: null });
  });

  it('asks the GET where the stream has brought nothing for 2 s', async () => {
    const result = await mount();
    await scripted.advance(1_999);
    expect(scripted.asks).toEqual([]);
    await scripted.advance(1);
    expect(scripted.asks.map((ask) => ask.path)).toEqual(['/lictor/api/v1/services/dc1/web']);
    await scripted.asks[0]?.answer(200, body);
    expect(result.current.body).toEqual(body);
  });

  it('keeps what the stream brought while the GET was under way', async () => {
    const result = await mount();
    await scripted.advance(2_000);
    const newer = serviceBody({ seq: 20 }, broken, [one]);
    await scripted.run(() => sendSnapshot(scripted.tab.source, topic, newer));
    await scripted.asks[0]?.answer(200, body);
    expect(result.current.body).toEqual(newer);
  });

  it('is gone where the GET knows of no such service, and back when it comes', async () => {
    const result = await mount();
    await scripted.advance(2_000);
    await scripted.asks[0]?.answer(404, problem('urn:lictor:problem:unknown-service'));
    expect(result.current).toMatchObject({ body: undefined, goneSince: expect.any(String), error: null });
    await scripted.run(() => sendSnapshot(scripted.tab.source, topic, body));
    expect(result.current).toEqual({ body, goneSince: null, error: null });
  });

  it('is gone at once where the stream says that there is no such service', async () => {
    const result = await mount();
    await scripted.run(() => sendChange(scripted.tab.source, topic, 10, [removal('dc1/web')]));
    expect(result.current.goneSince).toBe(AT);
    await scripted.advance(10_000);
    expect(scripted.asks).toEqual([]);
  });

  it.each([
    ['a server that fails', 500, {}, '500'],
    ['a 404 that is not about the service', 404, problem('about:blank'), '404'],
    ['an answer of another kind', 200, { hello: 'world' }, 'proxy'],
  ])('says what is wrong with %s, until the stream brings a body', async (_, status, answer, expected) => {
    const result = await mount();
    await scripted.advance(2_000);
    await scripted.asks[0]?.answer(status, answer);
    expect(result.current).toMatchObject({
      body: undefined,
      goneSince: null,
      error: expect.stringContaining(expected),
    });
    await scripted.run(() => sendSnapshot(scripted.tab.source, topic, body));
    expect(result.current).toEqual({ body, goneSince: null, error: null });
  });

  it('is gone for a key that names no service', () => {
    const { result } = renderHook(() => useService('nonsense'), inTab());
    expect(result.current).toMatchObject({ body: undefined, goneSince: AT });
    expect(scripted.asks).toEqual([]);
  });
});

describe('useConnection', () => {
  it('says how the connection is, and renders once a second at most while it is well', async () => {
    let renders = 0;
    const { result } = renderHook(() => {
      renders += 1;
      return useConnection();
    }, inTab());
    expect(result.current).toEqual({ phase: 'reconnecting', lastEventAtMs: null });
    await scripted.connect();
    await sendFleet();
    expect(result.current).toEqual({ phase: 'live', lastEventAtMs: Date.parse(AT) });
    const before = renders;
    for (let seq = 11; seq < 31; seq += 1) {
      await change(seq, put(broken));
      await scripted.advance(40);
    }
    expect(renders).toBe(before);
    await scripted.advance(5_000);
    expect(result.current.phase).toBe('stale');
  });
});

describe('useFreshness', () => {
  it('counts the age on each second, and is stale with the connection', async () => {
    const { result } = renderHook(() => useFreshness('dc1'), inTab());
    await scripted.connect();
    await sendFleet();
    await scripted.run(() => sendHeartbeat(scripted.tab.source, 10, scripted.tab.clock.wallMs()));
    expect(result.current).toMatchObject({ state: 'live', lastContactMs: 200 });
    await scripted.advance(2_000);
    expect(result.current).toMatchObject({ state: 'live', lastContactMs: 2_200 });
    await scripted.advance(3_000);
    expect(result.current).toMatchObject({ state: 'stale', lastContactMs: 5_200, since: AT });
  });
});

describe('useNow', () => {
  it('ticks on the full interval, one timer for all', async () => {
    const first = renderHook(() => useNow(1_000), inTab());
    const timers = scripted.tab.clock.pendingTimers;
    const second = renderHook(() => useNow(1_000), inTab());
    expect(scripted.tab.clock.pendingTimers).toBe(timers);
    await scripted.advance(2_500);
    expect(first.result.current).toBe(Date.parse(AT) + 2_000);
    expect(second.result.current).toBe(first.result.current);
  });

  it('stands while the tab is hidden, and is right at once when it is looked at', async () => {
    const { result, unmount } = renderHook(() => useNow(1_000), inTab());
    await scripted.setHidden(true);
    expect(scripted.tab.clock.pendingTimers).toBe(0);
    await scripted.advance(60_500);
    expect(result.current).toBe(Date.parse(AT));
    await scripted.setHidden(false);
    expect(result.current).toBe(Date.parse(AT) + 60_500);
    unmount();
    expect(scripted.tab.clock.pendingTimers).toBe(0);
  });
});

describe('useRecentChanges', () => {
  it('lists the transitions that came by the stream, not the state that it began with', async () => {
    const { result } = renderHook(() => {
      useFleet((body) => body.seq);
      return useRecentChanges();
    }, inTab());
    await scripted.connect();
    await sendFleet();
    expect(result.current).toEqual([]);
    await change(11, put(broken, 'passing'));
    await change(12, put(broken, 'critical'));
    expect(result.current).toMatchObject([{ dc: 'dc1', service: 'web', from: 'passing', to: 'critical', seq: 11 }]);
  });
});

describe('a hook outside of the provider', () => {
  it('says what is missing', () => {
    expect(() => renderHook(() => useConnection())).toThrow('LiveProvider');
  });
});

it('the stream of a page is opened once, with everything that its hooks want', async () => {
  renderHook(() => {
    useFleet((body) => body.seq);
    useService('dc1/web');
    return useFreshness('dc1');
  }, inTab());
  await scripted.connect();
  await scripted.advance(100);
  expect(scripted.tab.sources).toHaveLength(1);
  expect(scripted.tab.source.topics).toEqual(['fleet', 'service:dc1/web']);
});

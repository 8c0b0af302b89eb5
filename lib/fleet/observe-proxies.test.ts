import { expect, test } from 'vitest';
import { diffService } from './diff';
import type { ObservedInstance, ObservedProxy } from './observation';
import { observeProxies } from './observe-proxies';
import { dropInstances, observeService, type ServiceDetail } from './observe-service';

const proxy = (...names: string[]): ObservedProxy => ({
  ...{ kind: 'connect-proxy', destination: 'front', isTransparent: false },
  upstreams: names.map((name) => ({ name, isQuery: false, datacenter: '', namespace: '', partition: '', peer: '' })),
});

const instance = (id: string, own?: ObservedProxy): ObservedInstance => ({
  ...{ id, node: 'n1', address: '127.0.0.1', port: 80, tags: [], meta: {}, weights: { passing: 1, warning: 1 } },
  ...{ checks: [], ...(own && { proxy: own }) },
});

const see = (
  previous: ServiceDetail | undefined,
  instances: ObservedInstance[],
  unreadable: { node: string; id: string }[] = [],
) =>
  observeService(previous, {
    ...{ dc: 'dc1', name: 'front-sidecar', at: '2026-01-01T00:00:00.000Z', afterGap: false, versionMetaKeys: [] },
    ...{ instances, unreadable },
  });

test('what is alike is kept once, and the same answer again keeps the very map', () => {
  const first = see(undefined, [instance('a', proxy('cart', 'users')), instance('b', proxy('cart', 'users'))]);
  expect(first.proxies?.size).toBe(2);
  expect(first.proxies?.get('dc1/n1/a')).toBe(first.proxies?.get('dc1/n1/b'));
  const again = see(first, [instance('b', proxy('cart', 'users')), instance('a', proxy('cart', 'users'))]);
  expect(again.proxies).toBe(first.proxies);
});

test('another upstream is another map, and no change of what is public', () => {
  const first = see(undefined, [instance('a', proxy('cart')), instance('b', proxy('cart'))]);
  const next = see(first, [instance('a', proxy('cart')), instance('b', proxy('users'))]);
  expect(next.proxies).not.toBe(first.proxies);
  expect(next.proxies?.get('dc1/n1/a')).toBe(first.proxies?.get('dc1/n1/a'));
  expect(diffService(first, next, false)).toEqual([]);
  expect(JSON.stringify([next.service, next.instances])).not.toContain('users');
});

test('what is no proxy keeps no map, and what stops being one loses it', () => {
  expect('proxies' in see(undefined, [instance('a')])).toBe(false);
  expect('proxies' in see(see(undefined, [instance('a', proxy('cart'))]), [instance('a')])).toBe(false);
});

test('what cannot be read for once is what it was, and what left is forgotten', () => {
  const first = see(undefined, [instance('a', proxy('cart')), instance('b', proxy('cart'))]);
  const next = see(first, [instance('a', proxy('cart'))], [{ node: 'n1', id: 'b' }]);
  expect(next.proxies).toBe(first.proxies);
  const sighting = { at: '2026-01-01T00:00:01.000Z', afterGap: false };
  const rest = dropInstances(next, { dc: 'dc1', name: 'front-sidecar' }, new Set(['dc1/n1/b']), sighting);
  expect([...(rest?.proxies?.keys() ?? [])]).toEqual(['dc1/n1/a']);
});

test('where every one differs each keeps its own', () => {
  const many = Array.from({ length: 30 }, (_, at) => instance(`i${at}`, proxy(`s${at}`)));
  const first = observeProxies(undefined, 'dc1', many, []);
  expect(new Set(first?.values()).size).toBe(30);
  expect(observeProxies(first, 'dc1', many, [])?.size).toBe(30);
});

import { expect, test } from 'vitest';
import type { ObservedInstance } from '@/lib/fleet/observation';
import { observeService } from '@/lib/fleet/observe-service';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { MetadataSource } from './metadata-source';
import { listening } from './testing/told-by';

function fleet() {
  const heard = listening();
  const settings = { upstreamsMetaKey: 'upstreams', kindMetaKey: 'kind' };
  const source = new MetadataSource({ clock: new ManualClock(), told: heard.told, ...settings });
  const see = (name: string, ...metas: Record<string, string>[]) => {
    const instances = metas.map(
      (meta, at): ObservedInstance => ({
        ...{ id: `${at}`, node: 'n1', address: '', port: 1, tags: [], meta, checks: [] },
        weights: { passing: 1, warning: 1 },
      }),
    );
    const seen = { dc: 'dc1', name, at: '2026-01-01T00:00:00.000Z', afterGap: false };
    const next = observeService(undefined, { ...seen, unreadable: [], versionMetaKeys: [], instances });
    source.onService({ dc: 'dc1', name, next: metas.length === 0 ? undefined : next });
  };
  return { heard, see };
}

test('what all instances together say is told, once as long as it stays', () => {
  const { heard, see } = fleet();
  see('shop', { upstreams: 'cart, users@dc2' }, { upstreams: 'cart, pay' }, {});
  see('shop', { upstreams: 'cart, pay' }, { upstreams: 'cart, users@dc2' });
  expect(heard.edges()).toEqual(['dc1/shop>dc1/cart', 'dc1/shop>dc1/pay', 'dc1/shop>dc2/users']);
  expect(heard.tellings).toBe(1);
  see('shop', {});
  expect(heard.sources.size).toBe(0);
});

test('a kind that is none of these is somebody else’s word', () => {
  const { heard, see } = fleet();
  see('orders', { kind: 'database' });
  see('jobs', { kind: 'cron' });
  see('plain', {});
  expect(heard.sources.get('metadata dc1/orders')?.nodes).toEqual([{ key: 'dc1/orders', kind: 'database' }]);
  expect(heard.sources.get('metadata dc1/jobs')?.nodes).toEqual([]);
  expect(heard.sources.has('metadata dc1/plain')).toBe(false);
});

test('what cannot be read is a problem of the service, and the rest is told', () => {
  const { heard, see } = fleet();
  see('shop', { upstreams: 'cart, @dc2' });
  expect(heard.edges()).toEqual(['dc1/shop>dc1/cart']);
  expect(heard.book.node('dc1/shop')?.problem).toContain('names no service');
});

test('a key that every object has is no metadata', () => {
  const heard = listening();
  const settings = { upstreamsMetaKey: 'constructor', kindMetaKey: 'toString' };
  const source = new MetadataSource({ clock: new ManualClock(), told: heard.told, ...settings });
  const seen = { dc: 'dc1', name: 'a', at: '2026-01-01T00:00:00.000Z', afterGap: false, unreadable: [] };
  const instance = { id: '1', node: 'n', address: '', port: 1, tags: [], meta: {}, checks: [] };
  const instances = [{ ...instance, weights: { passing: 1, warning: 1 } }];
  source.onService({
    dc: 'dc1',
    name: 'a',
    next: observeService(undefined, { ...seen, versionMetaKeys: [], instances }),
  });
  expect(heard.sources.size).toBe(0);
});

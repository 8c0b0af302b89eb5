import { expect, test } from 'vitest';
import type { ObservedProxy } from '@/lib/fleet/observation';
import { observeService, type ServiceDetail } from '@/lib/fleet/observe-service';
import { serviceFacts } from './fleet-facts';

const proxy = (destination: string): ObservedProxy => ({
  ...{ kind: 'connect-proxy', destination, isTransparent: false, upstreams: [] },
});

function detail(...proxies: (ObservedProxy | null)[]): ServiceDetail {
  const instances = proxies.map((one, at) => ({
    ...{ id: `web-${at}-sidecar-proxy`, node: 'n1', address: '10.0.0.1', port: 20_000 + at, tags: [], meta: {} },
    ...{ weights: { passing: 1, warning: 1 }, checks: [], ...(one && { proxy: one }) },
  }));
  return observeService(undefined, {
    ...{ dc: 'dc1', name: 'web-sidecar-proxy', instances, unreadable: [], versionMetaKeys: ['version'] },
    ...{ at: '2026-01-15T03:00:00.000Z', afterGap: true },
  });
}

const served = (...proxies: (ObservedProxy | null)[]) => serviceFacts('dc1', detail(...proxies), null).standsFor;

test('a service whose instances are all sidecars of one other stands for that one, and for none else', () => {
  expect(served(proxy('web'), proxy('web'))).toBe('dc1/web');
  expect(served(proxy('web'), proxy('api'))).toBeNull();
  expect(served(proxy('web'), null)).toBeNull();
  expect(served(proxy('web-sidecar-proxy'))).toBeNull();
  expect(served(proxy(''))).toBeNull();
  expect(served(null)).toBeNull();
});

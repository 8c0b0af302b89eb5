import { expect, it } from 'vitest';
import type { Instance, ServiceRecord } from '@/lib/fleet/model';
import type { ServiceTold } from '@/lib/topology/topology-book';
import { SeenServices } from './seen-services';

const record = { key: 'dc1/web', name: 'web' } as ServiceRecord;
const instances = (...metas: Record<string, string>[]) => metas.map((meta) => ({ meta }) as unknown as Instance);

it('tells what differs, with the metadata that all instances agree on', () => {
  const told: ServiceTold[] = [];
  const services = new SeenServices((one) => told.push(one));
  const first = instances({ team: 'a', rack: '1' }, { team: 'a', rack: '2' });
  services.see('dc1', 'web', { service: record, instances: first });
  services.see('dc1', 'web', { service: record, instances: first });
  expect(told).toEqual([{ key: 'dc1/web', dc: 'dc1', name: 'web', record, meta: { team: 'a' } }]);
  services.see('dc1', 'web', { service: record, instances: instances({ team: 'a' }, {}) });
  services.see('dc1', 'web', { service: { ...record, flapping: 1 }, instances: [] });
  services.see('dc1', 'web', undefined);
  services.see('dc1', 'web', undefined);
  expect(told.slice(1).map(({ record: one, meta }) => [one?.flapping ?? null, meta])).toEqual([
    [null, {}],
    [1, {}],
    [null, {}],
  ]);
  expect(told).toHaveLength(4);
});

it('knows in which datacenters a name is listed', () => {
  const services = new SeenServices(() => {});
  services.see('dc1', 'web', { service: record, instances: [] });
  services.see('dc3', 'web', { service: record, instances: [] });
  expect(services.placesOf('web', ['dc1', 'dc2', 'dc3'])).toEqual(['dc1', 'dc3']);
});

import { describe, expect, it } from 'vitest';
import { exampleDatacenter, exampleFleet, exampleService } from './example-fleet';
import { FOLD_HEALTHY_OVER } from './grouped-list';
import { type ServiceListOptions, serviceList } from './service-list';
import type { ServiceRow } from './service-row';
import { worstFirst } from './sort-services';

const plain: ServiceListOptions = {
  connected: true,
  dc: null,
  matches: null,
  sort: worstFirst,
  grouped: true,
  toggled: new Set(),
};
const many = (dc: string, count: number) =>
  Array.from({ length: count }, (_, index) => exampleService(dc, `well-${index}`, ['passing']));
const foldedInDc2 = FOLD_HEALTHY_OVER + 1;
const fleet = exampleFleet(
  exampleDatacenter('dc1', [exampleService('dc1', 'api', ['warning']), ...many('dc1', 2)]),
  exampleDatacenter('dc2', [exampleService('dc2', 'cart', ['critical']), ...many('dc2', foldedInDc2)]),
  exampleDatacenter('dc3', [], 'lost'),
);
const ids = (options: Partial<ServiceListOptions>) =>
  serviceList(fleet, { ...plain, ...options }).items.map(({ id }) => id);

describe('the list of services', () => {
  it('is grouped by datacenter, the worst datacenter first, long stretches of healthy services folded', () => {
    expect(ids({})).toEqual([
      'datacenter:dc2',
      'service:dc2/cart',
      'healthy:dc2',
      'datacenter:dc1',
      'service:dc1/api',
      'service:dc1/well-0',
      'service:dc1/well-1',
      'datacenter:dc3',
      'empty:dc3',
    ]);
    expect(serviceList(fleet, plain)).toMatchObject({
      // Beside them: cart; api and two healthy ones.
      matching: foldedInDc2 + 4,
      folded: foldedInDc2,
      counts: { critical: 1, warning: 1, passing: foldedInDc2 + 2 },
    });
  });

  it('opens and closes what its reader wants', () => {
    const toggled = new Set(['healthy:dc2', 'datacenter:dc1']);
    const { items, folded } = serviceList(fleet, { ...plain, toggled });
    expect(items.filter(({ kind }) => kind === 'service')).toHaveLength(foldedInDc2 + 1);
    expect(folded).toBe(3);
    expect(items.at(-3)).toMatchObject({ id: 'datacenter:dc1', open: false });
  });

  it('leaves what flaps in sight, although it passes at the moment', () => {
    const flapping = { ...exampleService('dc2', 'flaps', ['passing']), flapping: 2 };
    const services = [flapping, ...many('dc2', foldedInDc2)];
    const { items } = serviceList(exampleFleet(exampleDatacenter('dc2', services)), plain);
    expect(items.map(({ id }) => id)).toEqual(['datacenter:dc2', 'service:dc2/flaps', 'healthy:dc2']);
    expect(items.at(-1)).toMatchObject({ count: foldedInDc2 });
  });

  it('shows every service that a filter asks for, and no datacenter without one', () => {
    const matches = ({ dc, service }: ServiceRow) => dc === 'dc2' && service.name.startsWith('well');
    const list = serviceList(fleet, { ...plain, matches });
    expect(list.items.map(({ kind }) => kind)).toEqual(['datacenter', ...Array(foldedInDc2).fill('service')]);
    expect(list).toMatchObject({ matching: foldedInDc2, folded: 0 });
  });

  it('folds nothing in another order than worst first', () => {
    const list = serviceList(fleet, { ...plain, sort: { column: 'service', descending: false } });
    expect(list.folded).toBe(0);
    expect(list.items[0]).toMatchObject({ dc: 'dc1' });
  });

  it('can be one flat list, and of one datacenter', () => {
    expect(ids({ grouped: false }).slice(0, 3)).toEqual(['service:dc2/cart', 'service:dc1/api', 'healthy:']);
    expect(ids({ grouped: false, dc: 'dc1' })).toEqual(['service:dc1/api', 'service:dc1/well-0', 'service:dc1/well-1']);
  });

  it('calls a live datacenter stale for a reader who no longer hears the server', () => {
    const states = serviceList(fleet, { ...plain, connected: false }).items.flatMap((item) =>
      item.kind === 'datacenter' ? [[item.dc, item.freshness]] : [],
    );
    expect(states).toEqual([
      ['dc2', 'stale'],
      ['dc1', 'stale'],
      ['dc3', 'lost'],
    ]);
  });
});

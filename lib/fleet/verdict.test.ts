import { describe, expect, it } from 'vitest';
import { exampleDatacenter, exampleFleet, exampleService } from './example-fleet';
import { judge } from './verdict';

const well = exampleService('dc1', 'api', ['passing']);
const cart = exampleService('dc2', 'cart', ['critical', 'passing']);
const mail = exampleService('dc2', 'mail', ['critical', 'critical']);

describe('the verdict on a fleet', () => {
  it('names the worst status, how many services have it, and the worst of them', () => {
    const fleet = exampleFleet(exampleDatacenter('dc1', [well]), exampleDatacenter('dc2', [cart, mail]));
    expect(judge(fleet, true)).toMatchObject({
      kind: 'wrong',
      status: 'critical',
      count: 2,
      worst: { dc: 'dc2', service: mail },
    });
  });

  it('is on the chosen datacenter alone', () => {
    const fleet = exampleFleet(exampleDatacenter('dc1', [well]), exampleDatacenter('dc2', [cart]));
    expect(judge(fleet, true, 'dc1')).toMatchObject({ kind: 'passing', services: 1, datacenters: 1 });
    expect(judge(fleet, true, 'dc9')).toEqual({ kind: 'none' });
  });

  it('still counts as wrong what was wrong when last seen', () => {
    const fleet = exampleFleet(exampleDatacenter('dc1', [well]), exampleDatacenter('dc2', [cart], 'lost'));
    expect(judge(fleet, true)).toMatchObject({ kind: 'wrong', count: 1, notLive: [{ dc: 'dc2', state: 'lost' }] });
  });

  it('names as the worst one that is so now, before one that was so when last seen', () => {
    const fleet = exampleFleet(exampleDatacenter('dc1', [mail], 'stale'), exampleDatacenter('dc2', [cart]));
    expect(judge(fleet, true)).toMatchObject({ kind: 'wrong', count: 2, worst: { dc: 'dc2', service: cart } });
  });

  it('does not call well what was well when last seen', () => {
    const fleet = exampleFleet(exampleDatacenter('dc1', [well]), exampleDatacenter('dc2', [well, well], 'stale'));
    expect(judge(fleet, true)).toMatchObject({
      kind: 'passing',
      services: 1,
      datacenters: 1,
      notLive: [{ dc: 'dc2' }],
    });
  });

  it('is lost when no datacenter is live, however well all was', () => {
    const fleet = exampleFleet(exampleDatacenter('dc1', [well], 'stale'), exampleDatacenter('dc2', [], 'denied'));
    expect(judge(fleet, true)).toMatchObject({ kind: 'lost', notLive: [{ state: 'stale' }, { state: 'denied' }] });
  });

  it('is lost for a reader who no longer hears the server', () => {
    expect(judge(exampleFleet(exampleDatacenter('dc1', [well])), false)).toMatchObject({ kind: 'lost', services: 1 });
  });

  it('does not call all well where a part alone is seen', () => {
    const fleet = exampleFleet(
      { ...exampleDatacenter('dc1', [well]), partial: true },
      exampleDatacenter('dc2', [well]),
    );
    expect(judge(fleet, true)).toMatchObject({ kind: 'passing', services: 2, datacenters: 2, partial: ['dc1'] });
    const empty = exampleFleet({ ...exampleDatacenter('dc1', []), partial: true });
    expect(judge(empty, true)).toMatchObject({ kind: 'empty', partial: ['dc1'] });
  });

  it('says when nothing is registered, and when there is no datacenter', () => {
    expect(judge(exampleFleet(exampleDatacenter('dc1', [])), true)).toMatchObject({ kind: 'empty', datacenters: 1 });
    expect(judge(exampleFleet(), true)).toEqual({ kind: 'none' });
  });
});

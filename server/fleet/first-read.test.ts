import { expect, test } from 'vitest';
import type { NodeRecord } from '@/lib/fleet/model';
import { FleetStore } from './fleet-store';
import type { Publisher } from './publisher';

const AT = '2026-01-01T00:00:00.000Z';
const sighting = { at: AT, afterGap: true };
const provenance = { index: 1, merged: false };

test('while everything is read for the first time a node is published once, with all its services, not with each of them', () => {
  const published: string[][] = [];
  const publisher: Publisher = {
    epoch: 1,
    seq: 0,
    publish: (topic, publication) => {
      const servicesOf = ({ value }: { value: unknown }) => (value as NodeRecord).services?.join(' ') ?? '';
      if (topic === 'nodes') published.push(publication.changes.map(servicesOf));
      return { topic, seq: 1, at: AT, ...publication };
    },
  };
  const store = new FleetStore(
    publisher,
    () => AT,
    () => ({ address: 'http://127.0.0.1:8500', reachable: true, since: AT, reason: null }),
    { share: 1, withinMs: 5_000, least: 5, nowMs: () => 0 },
  );
  const freshness = { state: 'live', since: AT, lastContactMs: 0, reason: null } as const;
  store.seeDatacenter({ name: 'dc1', freshness, partial: false, leader: null, unconfirmed: null });
  const see = (name: string) =>
    store.seeService(
      {
        ...sighting,
        ...{ dc: 'dc1', name, unreadable: [], versionMetaKeys: [] },
        instances: [
          {
            ...{ id: name, node: 'n1', address: '10.0.0.1', port: 80, tags: [], meta: {}, checks: [] },
            weights: { passing: 1, warning: 1 },
          },
        ],
      },
      provenance,
    );
  store.startFirstRead('dc1');
  store.seeNodes('dc1', [{ name: 'n1', address: '10.0.0.1', meta: {}, checks: [] }], sighting, provenance);
  for (const name of ['web', 'api', 'db']) see(name);
  store.endFirstRead('dc1');
  store.endFirstRead('dc1');
  see('cache');
  expect(published.slice(1)).toEqual([[''], ['api db web'], ['api cache db web']]);
});

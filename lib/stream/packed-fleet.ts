import { serviceKey } from '@/lib/fleet/keys';
import type { FleetBody, FleetDatacenter, ServiceRecord } from '@/lib/fleet/model';

/** A service without the names of its fields and without its key, which follows from the names: two fifths of its JSON. */
const packService = (service: ServiceRecord) =>
  [
    service.name,
    service.status,
    service.instances,
    service.passing,
    service.warning,
    service.critical,
    service.maintenance,
    service.versions,
    service.flapping,
    service.tags,
    service.since,
    service.sinceAtLeast,
    service.worst,
    service.unconfirmed,
  ] as const;
type PackedService = ReturnType<typeof packService>;

function unpackService(dc: string, packed: PackedService): ServiceRecord {
  const [name, status, instances, passing, warning, critical, maintenance, versions, flapping, tags, ...rest] = packed;
  const [since, sinceAtLeast, worst, unconfirmed] = rest;
  const counts = { instances, passing, warning, critical, maintenance };
  return {
    ...{ key: serviceKey(dc, name), name, status, ...counts, versions, flapping },
    ...{ tags, since, sinceAtLeast, worst, unconfirmed },
  };
}

/** The body of the topic `fleet` as a page carries it within its HTML: of a thousand services that is most of the page. */
export type PackedFleet = Omit<FleetBody, 'datacenters'> & {
  readonly datacenters: readonly (Omit<FleetDatacenter, 'services'> & {
    readonly services: readonly PackedService[];
  })[];
};

export const packFleet = (body: FleetBody): PackedFleet => ({
  ...body,
  datacenters: body.datacenters.map((dc) => ({ ...dc, services: dc.services.map(packService) })),
});

export const unpackFleet = (packed: PackedFleet): FleetBody => ({
  ...packed,
  datacenters: packed.datacenters.map((dc) => ({
    ...dc,
    services: dc.services.map((service) => unpackService(dc.name, service)),
  })),
});

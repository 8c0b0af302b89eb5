import { instanceFields } from '@/lib/filter/instance-fields';
import { nodeFields } from '@/lib/filter/node-fields';
import type { FilterSchema } from '@/lib/filter/schema';
import { serviceFields } from '@/lib/filter/service-fields';
import type { FleetBody, FreshnessState, NodesBody, ServiceBody } from '@/lib/fleet/model';
import { requestedFilter } from './requested-filter';

/**
 * Bodies of the API with what a filter leaves of them; without a filter they stay as they are. Datacenters stay: one that is empty was read all the
 * same. Ages count to the body's own time.
 */

export function filteredFleet(body: FleetBody, filter: string | undefined): FleetBody {
  const passes = passing(body, serviceFields, filter);
  if (!passes) return body;
  const datacenters = body.datacenters.map((datacenter) => {
    const { name: dc, freshness, services } = datacenter;
    return {
      ...datacenter,
      services: services.filter((service) => passes({ dc, service, freshness: freshness.state })),
    };
  });
  return { ...body, datacenters };
}

export function filteredNodes(body: NodesBody, filter: string | undefined): NodesBody {
  const passes = passing(body, nodeFields, filter);
  if (!passes) return body;
  const datacenters = body.datacenters.map((datacenter) => {
    const { name: dc, freshness, nodes } = datacenter;
    return { ...datacenter, nodes: nodes.filter((node) => passes({ dc, node, freshness: freshness.state })) };
  });
  return { ...body, datacenters };
}

/** The service's own record stays as it is: it is of all its instances. */
export function filteredInstances(
  body: ServiceBody,
  datacenter: { readonly dc: string; readonly freshness: FreshnessState },
  filter: string | undefined,
): ServiceBody {
  const passes = passing(body, instanceFields, filter);
  if (!passes) return body;
  const service = body.service.name;
  return { ...body, instances: body.instances.filter((instance) => passes({ ...datacenter, service, instance })) };
}

function passing<T>({ at }: { at: string }, schema: FilterSchema<T>, filter: string | undefined) {
  return filter === undefined ? null : requestedFilter(filter, schema, Date.parse(at));
}

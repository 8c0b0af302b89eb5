import { instanceFields } from '@/lib/filter/instance-fields';
import { nodeFields } from '@/lib/filter/node-fields';
import { serviceFields } from '@/lib/filter/service-fields';
import type { DatacenterRecord, FleetBody, NodesBody, ServiceBody } from '@/lib/fleet/model';
import { requestedFilter } from './requested-filter';

/** Bodies of the API with what a filter leaves of them. Datacenters stay: an empty one is known to be read. Ages count to the body's own time. */

export function filteredFleet(body: FleetBody, filter: string): FleetBody {
  const passes = requestedFilter(filter, serviceFields, Date.parse(body.at));
  const datacenters = body.datacenters.map((datacenter) => {
    const { name: dc, freshness, services } = datacenter;
    return {
      ...datacenter,
      services: services.filter((service) => passes({ dc, service, freshness: freshness.state })),
    };
  });
  return { ...body, datacenters };
}

export function filteredNodes(body: NodesBody, filter: string): NodesBody {
  const passes = requestedFilter(filter, nodeFields, Date.parse(body.at));
  const datacenters = body.datacenters.map((datacenter) => {
    const { name: dc, freshness, nodes } = datacenter;
    return { ...datacenter, nodes: nodes.filter((node) => passes({ dc, node, freshness: freshness.state })) };
  });
  return { ...body, datacenters };
}

/** The service's own record stays as it is; `datacenter` is where it runs. */
export function filteredInstances(
  body: ServiceBody,
  { name: dc, freshness: { state: freshness } }: Pick<DatacenterRecord, 'name' | 'freshness'>,
  filter: string,
): ServiceBody {
  const passes = requestedFilter(filter, instanceFields, Date.parse(body.at));
  const service = body.service.name;
  return { ...body, instances: body.instances.filter((instance) => passes({ dc, service, instance, freshness })) };
}

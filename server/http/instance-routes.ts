import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type InstanceRow, instanceFields } from '@/lib/filter/instance-fields';
import { findInstances } from '@/lib/fleet/find-instances';
import { foundInstancesBodySchema } from '@/lib/fleet/found-instances-body';
import type { FleetStore } from '@/server/fleet/fleet-store';
import type { AppParts } from './parts';
import { filterQuery, requestedFilter } from './requested-filter';

const query = z.object({
  ...filterQuery.shape,
  limit: z.coerce.number().int().min(1).max(100).default(20).describe('How many at most, the worst first'),
});

/** Looks for instances in the whole fleet: a few of them, for all would be megabytes. */
export async function instanceRoutes(instance: FastifyInstance, { store }: AppParts): Promise<void> {
  instance.withTypeProvider<ZodTypeProvider>().get(
    '/instances',
    {
      schema: {
        summary: 'The worst instances of any service that match, and how many do',
        querystring: query,
        response: { 200: foundInstancesBodySchema },
      },
    },
    async ({ query: { filter = '', limit } }) => {
      const { epoch, seq, at } = store.fleetBody();
      const matches = requestedFilter(filter, instanceFields, Date.parse(at));
      return { epoch, seq, at, ...findInstances(instanceRows(store), matches, limit) };
    },
  );
}

function* instanceRows(store: FleetStore): Generator<InstanceRow> {
  for (const dc of store.datacenters()) {
    const freshness = store.datacenterRecord(dc)?.freshness.state ?? 'lost';
    for (const service of store.services(dc)) {
      for (const instance of store.serviceDetail(dc, service)?.instances ?? []) {
        yield { dc, service, instance, freshness };
      }
    }
  }
}

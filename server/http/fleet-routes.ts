import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { serviceKey } from '@/lib/fleet/keys';
import { fleetBodySchema, nodeBodySchema, nodesBodySchema, serviceBodySchema } from '@/lib/fleet/model';
import { systemBodySchema } from '@/lib/system/system-body';
import { filterQuery } from './filter-query';
import { filteredFleet, filteredInstances, filteredNodes } from './filtered-bodies';
import type { AppParts } from './parts';
import { Problem } from './problems';

const pairParams = z.object({
  dc: z.string().min(1).describe('Datacenter, percent-encoded'),
  name: z.string().min(1).describe('Name, percent-encoded'),
});

/** Reads of the fleet as it stands; the stream carries the same bodies on. */
export async function fleetRoutes(instance: FastifyInstance, { store, system }: AppParts): Promise<void> {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/fleet',
    {
      schema: {
        summary: 'Every service of every datacenter',
        querystring: filterQuery,
        response: { 200: fleetBodySchema },
      },
    },
    async ({ query: { filter } }) => filteredFleet(store.fleetBody(), filter),
  );

  app.get(
    '/services/:dc/:name',
    {
      schema: {
        summary: 'One service with its instances',
        params: pairParams,
        querystring: filterQuery,
        response: { 200: serviceBodySchema },
      },
    },
    async ({ params, query: { filter } }) => {
      const body = store.serviceBody(serviceKey(params.dc, params.name));
      const datacenter = store.fleetBody().datacenters.find(({ name }) => name === params.dc);
      if (body && datacenter) {
        return filteredInstances(body, { dc: params.dc, freshness: datacenter.freshness.state }, filter);
      }
      throw new Problem('unknown-service', `Consul lists no service ${params.name} in ${params.dc} now.`);
    },
  );

  app.get(
    '/nodes',
    {
      schema: {
        summary: 'Every node of every datacenter',
        querystring: filterQuery,
        response: { 200: nodesBodySchema },
      },
    },
    async ({ query: { filter } }) => filteredNodes(store.nodesBody(), filter),
  );

  app.get(
    '/nodes/:dc/:name',
    {
      schema: {
        summary: 'One node with its checks and instances',
        params: pairParams,
        response: { 200: nodeBodySchema },
      },
    },
    async ({ params }) => {
      const body = store.nodeBody(params.dc, params.name);
      if (body) return body;
      throw new Problem('unknown-node', `Consul lists no node ${params.name} in ${params.dc} now.`);
    },
  );

  app.get('/system', { schema: { summary: "Lictor's own state", response: { 200: systemBodySchema } } }, async () =>
    system(),
  );
}

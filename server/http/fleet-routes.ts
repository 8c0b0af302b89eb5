import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { serviceKey } from '@/lib/fleet/keys';
import { fleetBodySchema, nodeBodySchema, nodesBodySchema, serviceBodySchema } from '@/lib/fleet/model';
import { pastDatacenterRecords, pastFleet, pastNodeBody, pastNodes, pastServiceBody } from '@/lib/history/past-fleet';
import { systemBodySchema } from '@/lib/system/system-body';
import { filteredFleet, filteredInstances, filteredNodes } from './filtered-bodies';
import { atQuery } from './history-query';
import type { AppParts } from './parts';
import { pastMoment, pastSummary } from './past-moment';
import { Problem } from './problems';
import { filterQuery } from './requested-filter';

const pairParams = z.object({
  dc: z.string().min(1).describe('Datacenter, percent-encoded'),
  name: z.string().min(1).describe('Name, percent-encoded'),
});

const query = z.object({ ...atQuery.shape, ...filterQuery.shape });

/** Reads of the fleet as it stands, or as it stood; the stream carries the same bodies on. */
export async function fleetRoutes(instance: FastifyInstance, parts: AppParts): Promise<void> {
  const { store, system } = parts;
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/fleet',
    {
      schema: {
        summary: 'Every service of every datacenter',
        querystring: query,
        response: { 200: fleetBodySchema },
      },
    },
    async ({ query: { at, filter } }) => {
      const live = store.fleetBody();
      const body = at === undefined ? live : pastFleet(await pastSummary(parts, at), live.consul);
      return filteredFleet(body, filter);
    },
  );

  app.get(
    '/services/:dc/:name',
    {
      schema: {
        summary: 'One service with its instances',
        params: pairParams,
        querystring: query,
        response: { 200: serviceBodySchema },
      },
    },
    async ({ params: { dc, name }, query: { at, filter } }) => {
      const moment = at === undefined ? null : await pastMoment(parts, at, dc);
      const body = moment ? pastServiceBody(moment, name) : store.serviceBody(serviceKey(dc, name));
      const datacenters = moment ? pastDatacenterRecords(moment) : store.fleetBody().datacenters;
      const datacenter = datacenters.find((one) => one.name === dc);
      if (body && datacenter) return filteredInstances(body, { dc, freshness: datacenter.freshness.state }, filter);
      throw new Problem('unknown-service', `Consul lists no service ${name} in ${dc} ${momentOf(at)}.`);
    },
  );

  app.get(
    '/nodes',
    {
      schema: {
        summary: 'Every node of every datacenter',
        querystring: query,
        response: { 200: nodesBodySchema },
      },
    },
    async ({ query: { at, filter } }) => {
      const body = at === undefined ? store.nodesBody() : pastNodes(await pastMoment(parts, at, null));
      return filteredNodes(body, filter);
    },
  );

  app.get(
    '/nodes/:dc/:name',
    {
      schema: {
        summary: 'One node with its checks and instances',
        params: pairParams,
        querystring: atQuery,
        response: { 200: nodeBodySchema },
      },
    },
    async ({ params: { dc, name }, query: { at } }) => {
      const body = at === undefined ? store.nodeBody(dc, name) : pastNodeBody(await pastMoment(parts, at, dc), name);
      if (body) return body;
      throw new Problem('unknown-node', `Consul lists no node ${name} in ${dc} ${momentOf(at)}.`);
    },
  );

  app.get('/system', { schema: { summary: "Lictor's own state", response: { 200: systemBodySchema } } }, async () =>
    system(),
  );
}

const momentOf = (at: string | undefined): string => (at === undefined ? 'now' : `at ${at}, as far as it is recorded`);

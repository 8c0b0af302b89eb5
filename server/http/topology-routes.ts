import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { pastFleet } from '@/lib/history/past-fleet';
import { pastTopology } from '@/lib/topology/past-topology';
import { type TopologyBody, topologyBodySchema } from '@/lib/topology/topology-body';
import { readSwitches } from '@/server/history/queries/past-edges';
import { atQuery } from './history-query';
import { openReader } from './open-reader';
import type { AppParts } from './parts';
import { pastSummary } from './past-moment';

const MOST_SWITCHES = 50;

/** Who depends on whom. */
export async function topologyRoutes(instance: FastifyInstance, parts: AppParts): Promise<void> {
  const { topology } = parts;
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/topology',
    {
      schema: {
        summary:
          'Who depends on whom, by what is declared and by traffic that was counted; of a past moment without figures',
        querystring: atQuery,
        response: { 200: topologyBodySchema },
      },
    },
    async ({ query: { at } }) => (at === undefined ? topology.body() : topologyAt(parts, at)),
  );
}

async function topologyAt(parts: AppParts, at: string): Promise<TopologyBody> {
  const { store, topology } = parts;
  const moment = await pastSummary(parts, at);
  const [edges, switches] = await Promise.all([
    topology.past.at(moment.atMs),
    readSwitches(openReader(parts), moment.atMs),
  ]);
  const body = pastTopology(pastFleet(moment, store.fleetBody().consul), edges, topology.sidecars());
  return { ...body, switches: switches.slice(0, MOST_SWITCHES) };
}

import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { topologyBodySchema } from '@/lib/topology/topology-body';
import type { AppParts } from './parts';

/** Who depends on whom. */
export async function topologyRoutes(instance: FastifyInstance, { topology }: AppParts): Promise<void> {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/topology',
    {
      schema: {
        summary: 'Who depends on whom, by what is declared and by traffic that was counted',
        response: { 200: topologyBodySchema },
      },
    },
    async () => topology.body(),
  );
}

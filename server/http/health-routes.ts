import type { FastifyInstance } from 'fastify';
import { isLoopback } from '@/server/config/listen';
import type { AppParts } from './parts';
import { Problem } from './problems';

/** What an orchestrator and Prometheus ask for. Not part of the documented API. */
export async function healthRoutes(app: FastifyInstance, { readiness, metrics }: AppParts): Promise<void> {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'alive' }));

  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const body = readiness();
    return reply.code(body.ready ? 200 : 503).send(body);
  });

  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!isLoopback(request.ip.replace(/^::ffff:/, ''))) {
      throw new Problem('metrics-closed', 'Scrape /metrics from the machine that Lictor runs on.');
    }
    return reply.type(metrics.contentType).send(await metrics.metrics());
  });
}

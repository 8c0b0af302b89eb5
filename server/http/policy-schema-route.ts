import type { FastifyInstance } from 'fastify';
import { policyJsonSchema } from '@/lib/release/policy/policy-json-schema';

/** What gateways and client libraries find in a policy document. It is as open as the API's own description. */
export async function policySchemaRoute(app: FastifyInstance): Promise<void> {
  const body = JSON.stringify(policyJsonSchema());
  app.get('/policy-schema.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('application/schema+json').send(body),
  );
}

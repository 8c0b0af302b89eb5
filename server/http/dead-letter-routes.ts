import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { deadLettersBodySchema } from '@/lib/alerts/alert-body';
import { guardAlertWrites } from './alert-writes';
import type { AppParts } from './parts';
import { requiredEtag, WRITE_BODY_LIMIT } from './write-guard';

const params = z.object({ id: z.string().min(1).describe('Id of a delivery, percent-encoded whole') });
const done = { 204: z.null().describe('Done') };
/** What there is to say is in the path. */
const nothing = z.strictObject({});

/** Deliveries to webhooks that were given up. */
export async function deadLetterRoutes(instance: FastifyInstance, parts: AppParts): Promise<void> {
  const { alerts, readOnly } = parts;
  const app = instance.withTypeProvider<ZodTypeProvider>();
  app.get(
    '/dead-letters',
    {
      schema: {
        summary: 'Deliveries to webhooks that were given up, each with its etag',
        response: { 200: deadLettersBodySchema },
      },
    },
    async () => ({ items: [...alerts.deadLetters()] }),
  );
  if (!readOnly) await instance.register(deadLetterWriteRoutes, parts);
}

async function deadLetterWriteRoutes(instance: FastifyInstance, { alerts, listen }: AppParts): Promise<void> {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  guardAlertWrites(instance, listen);

  app.post(
    '/dead-letters/:id/send',
    {
      bodyLimit: WRITE_BODY_LIMIT,
      schema: { summary: 'Try to deliver it once more; takes If-Match', params, body: nothing, response: done },
    },
    async (request, reply) => {
      await alerts.resendDeadLetter(request.params.id, requiredEtag(request));
      return reply.code(204).send(null);
    },
  );

  app.delete(
    '/dead-letters/:id',
    { schema: { summary: 'Forget it; takes If-Match', params, response: done } },
    async (request, reply) => {
      await alerts.discardDeadLetter(request.params.id, requiredEtag(request));
      return reply.code(204).send(null);
    },
  );
}

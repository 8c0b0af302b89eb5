import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Silence, silencePreviewSchema, silenceSchema, silenceWishSchema } from '@/lib/alerts/alert-body';
import { guardAlertWrites } from './alert-writes';
import { requiredIdempotencyKey } from './idempotency-key';
import { BY } from './nobody';
import type { AppParts } from './parts';
import { Problem } from './problems';
import { requiredEtag, WRITE_BODY_LIMIT } from './write-guard';

const params = z.object({ id: z.string().min(1).describe('Id of a silence, percent-encoded whole') });
const questionSchema = z.strictObject({ filter: silenceWishSchema.shape.filter });
const silencesBodySchema = z.object({ items: z.array(silenceSchema) });

/** What nobody is called for, for a while. */
export async function silenceRoutes(instance: FastifyInstance, parts: AppParts): Promise<void> {
  const { alerts, readOnly } = parts;
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/silences',
    { schema: { summary: 'Silences that are not over, or ended within a day', response: { 200: silencesBodySchema } } },
    async () => ({ items: [...alerts.silences()] }),
  );

  app.get(
    '/silences/:id',
    { schema: { summary: 'One silence', params, response: { 200: silenceSchema } } },
    async ({ params: { id } }, reply) => {
      const silence = alerts.silences().find((one) => one.id === id);
      if (silence !== undefined) return answer(reply, silence);
      throw new Problem('unknown-silence', 'There is no silence of this id, or it ended more than a day ago.');
    },
  );

  if (!readOnly) await instance.register(silenceWriteRoutes, parts);
}

async function silenceWriteRoutes(instance: FastifyInstance, { alerts, listen }: AppParts): Promise<void> {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  guardAlertWrites(instance, listen);

  app.post(
    '/silences/preview',
    {
      bodyLimit: WRITE_BODY_LIMIT,
      schema: {
        summary: 'What a silence would hold for; nothing is made',
        ...{ body: questionSchema, response: { 200: silencePreviewSchema } },
      },
    },
    async ({ body: { filter } }) => alerts.previewSilence(filter),
  );

  app.post(
    '/silences',
    {
      bodyLimit: WRITE_BODY_LIMIT,
      schema: {
        summary: 'Call nobody for what matches; takes Idempotency-Key',
        ...{ body: silenceWishSchema, response: { 201: silenceSchema } },
      },
    },
    async (request, reply) => {
      const silence = await alerts.silence(request.body, requiredIdempotencyKey(request), BY);
      const path = `${listen.basePath}/api/v1/silences/${encodeURIComponent(silence.id)}`;
      return answer(reply.code(201).header('location', path), silence);
    },
  );

  app.delete(
    '/silences/:id',
    { schema: { summary: 'It ends now; takes If-Match', params, response: { 200: silenceSchema } } },
    async (request, reply) => answer(reply, await alerts.endSilence(request.params.id, requiredEtag(request), BY)),
  );
}

function answer(reply: FastifyReply, silence: Silence): FastifyReply {
  return reply.header('etag', silence.etag).send(silence);
}

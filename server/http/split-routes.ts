import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  type SplitBody,
  splitBodySchema,
  splitPreviewSchema,
  splitsBodySchema,
  splitWishSchema,
} from '@/lib/release/split-body';
import { splitQuestionSchema } from '@/lib/release/split-question';
import { BY } from './nobody';
import type { AppParts } from './parts';
import { guardWrite, optionalEtag, requiredEtag, WRITE_BODY_LIMIT } from './write-guard';

const params = z.object({
  dc: z.string().min(1).describe('Datacenter, percent-encoded'),
  name: z.string().min(1).describe('Service, percent-encoded'),
});
/** What there is to say is in the path. */
const nothing = z.strictObject({});

/** How traffic is divided, and what divides it anew. Without the right to write no route exists that could. */
export async function splitRoutes(instance: FastifyInstance, parts: AppParts): Promise<void> {
  const { desk, readOnly } = parts;
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/splits',
    { schema: { summary: 'Every split of traffic between versions', response: { 200: splitsBodySchema } } },
    async () => desk.splits(),
  );

  app.get(
    '/splits/:dc/:name',
    { schema: { summary: "One service's split, read from Consul now", params, response: { 200: splitBodySchema } } },
    async ({ params: { dc, name } }, reply) => answer(reply, await desk.split(dc, name)),
  );

  if (!readOnly) await instance.register(splitWriteRoutes, parts);
}

async function splitWriteRoutes(instance: FastifyInstance, { desk, listen }: AppParts): Promise<void> {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const ofSplit = { params, response: { 200: splitBodySchema } };
  const addressed = (request: FastifyRequest) => ({
    ...params.parse(request.params),
    etag: requiredEtag(request),
  });
  app.addHook('onRequest', async (request) => guardWrite(request, listen));

  app.post(
    '/splits/:dc/:name/preview',
    {
      bodyLimit: WRITE_BODY_LIMIT,
      schema: {
        summary: 'What a wish, an undo or a putting back would write',
        ...{ params, body: splitQuestionSchema, response: { 200: splitPreviewSchema } },
      },
    },
    async (request, reply) => {
      const preview = await desk.preview({ ...request.params, etag: optionalEtag(request) }, request.body);
      return reply.header('etag', preview.etag).send(preview);
    },
  );

  app.post(
    '/splits/:dc/:name',
    {
      bodyLimit: WRITE_BODY_LIMIT,
      schema: { summary: 'Divide its traffic so; takes If-Match', ...ofSplit, body: splitWishSchema },
    },
    async (request, reply) => answer(reply, await desk.write(addressed(request), request.body, BY)),
  );

  const verbs = [
    ['undo', 'Back to before the last write through Lictor; takes If-Match', { undo: true }],
    ['put-back', 'Back to what was last written through Lictor; takes If-Match', { putBack: true }],
  ] as const;
  for (const [verb, summary, question] of verbs) {
    app.post(
      `/splits/:dc/:name/${verb}`,
      { bodyLimit: WRITE_BODY_LIMIT, schema: { summary, ...ofSplit, body: nothing } },
      async (request, reply) => answer(reply, await desk.write(addressed(request), question, BY)),
    );
  }

  app.post(
    '/splits/:dc/:name/adopt',
    {
      bodyLimit: WRITE_BODY_LIMIT,
      schema: { summary: 'What stands is what is wished from now on; takes If-Match', ...ofSplit, body: nothing },
    },
    async (request, reply) => answer(reply, await desk.adopt(addressed(request), BY)),
  );
}

function answer(reply: FastifyReply, body: SplitBody): FastifyReply {
  return reply.header('etag', body.etag).send(body);
}

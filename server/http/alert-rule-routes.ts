import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  type AlertRulesBody,
  alertRulesBodySchema,
  rulesTrialSchema,
  rulesTrialWishSchema,
} from '@/lib/alerts/alert-body';
import { guardAlertWrites } from './alert-writes';
import { BY } from './nobody';
import type { AppParts } from './parts';
import { Problem } from './problems';
import { guardWrite, requiredEtag } from './write-guard';

/** Each of its characters may be six in JSON. */
const BODY_LIMIT = 1_300_000;
const textSchema = z.strictObject({ text: rulesTrialWishSchema.shape.text });

/** What is alerted of. */
export async function alertRuleRoutes(instance: FastifyInstance, parts: AppParts): Promise<void> {
  const { alerts, readOnly, listen } = parts;
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/alert-rules',
    { schema: { summary: 'The rules in force, as they were written', response: { 200: alertRulesBodySchema } } },
    async (_, reply) => answer(reply, alerts.rules()),
  );

  app.post(
    '/alert-rules/try',
    {
      bodyLimit: BODY_LIMIT,
      onRequest: async (request) => guardWrite(request, listen),
      schema: {
        summary: 'What such rules would have alerted of, by the record; nothing is saved',
        ...{ body: rulesTrialWishSchema, response: { 200: rulesTrialSchema } },
      },
    },
    async ({ body: { text, from, to } }) => {
      const [fromMs, toMs] = [msOf(from), msOf(to)];
      if (fromMs !== null && toMs !== null && fromMs >= toMs)
        throw new Problem('invalid-request', 'from is not before to. Nothing was tried.');
      return alerts.tryRules(text, fromMs, toMs);
    },
  );

  if (!readOnly) await instance.register(ruleWriteRoutes, parts);
}

async function ruleWriteRoutes(instance: FastifyInstance, { alerts, listen }: AppParts): Promise<void> {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  guardAlertWrites(instance, listen);
  app.put(
    '/alert-rules',
    {
      bodyLimit: BODY_LIMIT,
      schema: {
        summary: 'Put these rules in force; takes If-Match',
        ...{ body: textSchema, response: { 200: alertRulesBodySchema } },
      },
    },
    async (request, reply) => answer(reply, await alerts.saveRules(request.body.text, requiredEtag(request), BY)),
  );
}

const msOf = (time: string | undefined): number | null => (time === undefined ? null : Date.parse(time));

function answer(reply: FastifyReply, rules: AlertRulesBody): FastifyReply {
  return reply.header('etag', rules.etag).send(rules);
}

import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  type AlertBody,
  type AlertState,
  type AlertsBody,
  acknowledgeSchema,
  alertBodySchema,
  alertStateSchema,
  alertsBodySchema,
} from '@/lib/alerts/alert-body';
import { alertFields } from '@/lib/filter/alert-fields';
import { guardAlertWrites } from './alert-writes';
import { BY } from './nobody';
import type { AppParts } from './parts';
import { filterQuery, requestedFilter } from './requested-filter';
import { requiredEtag, WRITE_BODY_LIMIT } from './write-guard';

const params = z.object({ id: z.string().min(1).describe('Id of an alert, percent-encoded whole') });

const query = z.object({
  state: z
    .union([alertStateSchema, z.array(alertStateSchema)])
    .optional()
    .describe('Leaves out alerts in other states; repeated for several'),
  filter: filterQuery.shape.filter,
});

/** What is wrong now, and who sees to it. */
export async function alertRoutes(instance: FastifyInstance, parts: AppParts): Promise<void> {
  const { alerts, readOnly, nowMs } = parts;
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/alerts',
    {
      schema: {
        summary: 'Every alert that is not over, what was resolved within a day, silences, and where alerts are sent',
        querystring: query,
        response: { 200: alertsBodySchema, 304: z.null().describe('Nothing has changed since If-None-Match') },
      },
    },
    async (request, reply) => {
      const { state, filter } = request.query;
      const body = filteredAlerts(alerts.alerts(), state === undefined ? null : [state].flat(), filter, nowMs());
      const etag = contentEtag(body);
      reply.header('etag', etag);
      if (request.headers['if-none-match'] === etag) return reply.code(304).send(null);
      return reply.send(body);
    },
  );

  app.get(
    '/alerts/:id',
    { schema: { summary: 'One alert with what happened to it', params, response: { 200: alertBodySchema } } },
    async ({ params: { id } }, reply) => answer(reply, await alerts.alert(id)),
  );

  if (!readOnly) await instance.register(alertWriteRoutes, parts);
}

async function alertWriteRoutes(instance: FastifyInstance, { alerts, listen }: AppParts): Promise<void> {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  guardAlertWrites(instance, listen);
  const of = (request: FastifyRequest) => [params.parse(request.params).id, requiredEtag(request)] as const;

  app.post(
    '/alerts/:id/ack',
    {
      bodyLimit: WRITE_BODY_LIMIT,
      schema: {
        summary: 'I see to it; takes If-Match',
        ...{ params, body: acknowledgeSchema, response: { 200: alertBodySchema } },
      },
    },
    async (request, reply) => answer(reply, await alerts.acknowledge(...of(request), request.body.note, BY)),
  );

  app.delete(
    '/alerts/:id/ack',
    {
      schema: {
        summary: 'I no longer see to it; takes If-Match',
        ...{ params, response: { 200: alertBodySchema } },
      },
    },
    async (request, reply) => answer(reply, await alerts.unacknowledge(...of(request), BY)),
  );
}

function answer(reply: FastifyReply, body: AlertBody): FastifyReply {
  return reply.header('etag', body.etag).send(body);
}

function filteredAlerts(
  body: AlertsBody,
  states: readonly AlertState[] | null,
  filter: string | undefined,
  nowMs: number,
): AlertsBody {
  const passes = filter === undefined ? null : requestedFilter(filter, alertFields, nowMs);
  if (states === null && passes === null) return body;
  const isAsked = ({ state }: { state: AlertState }) => states === null || states.includes(state);
  return { ...body, items: body.items.filter((alert) => isAsked(alert) && (passes === null || passes(alert))) };
}

/** Of all that it says but when it was said. Weak, since bodies of one ETag differ by that. */
function contentEtag({ epoch: _epoch, seq: _seq, at: _at, ...content }: AlertsBody): string {
  return `W/"${createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22)}"`;
}

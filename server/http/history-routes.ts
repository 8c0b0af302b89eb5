import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { transitionFields } from '@/lib/filter/transition-fields';
import { historyBodySchema, lanesBodySchema, replayBodySchema, timelineBodySchema } from '@/lib/history/bodies';
import { transitionItem, transitionsBodySchema } from '@/lib/history/transition-item';
import { formatCursor, parseCursor } from '@/server/history/queries/cursor';
import { exportTransitions } from '@/server/history/queries/export-transitions';
import { readLanes } from '@/server/history/queries/read-lanes';
import { readReplay } from '@/server/history/queries/read-replay';
import { readTimeline } from '@/server/history/queries/read-timeline';
import { readTransitions } from '@/server/history/queries/read-transitions';
import { rangeOf, rangeQuery, scopeOf, scopeQuery } from './history-query';
import { laneFilter } from './lane-filter';
import { openReader } from './open-reader';
import type { AppParts } from './parts';
import { Problem } from './problems';
import { filterQuery, requestedFilter } from './requested-filter';

const timelineQuery = z.object({
  ...{ ...scopeQuery.shape, ...rangeQuery.shape },
  step: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .describe('Width of a bucket, ms; made wider where it does not fit'),
});

const lanesQuery = z.object({
  ...{ ...scopeQuery.shape, ...rangeQuery.shape },
  filter: filterQuery.shape.filter,
  limit: z.coerce.number().int().min(1).max(200).default(8),
});

const transitionsQuery = z.object({
  ...{ ...scopeQuery.shape, ...rangeQuery.shape },
  filter: filterQuery.shape.filter,
  order: z.enum(['newest-first', 'oldest-first']).default('newest-first'),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  cursor: z.string().optional().describe('`next` of the answer before'),
  format: z
    .enum(['json', 'csv', 'jsonl'])
    .default('json')
    .describe('`csv` and `jsonl` are the whole range, without limit and cursor'),
});

const replayQuery = z.object({
  dc: scopeQuery.shape.dc,
  from: z.iso.datetime({ offset: true }),
  to: rangeQuery.shape.to,
});

const contentTypes = { csv: 'text/csv; charset=utf-8', jsonl: 'application/x-ndjson; charset=utf-8' } as const;

/** Reads of the past, from the record. */
export async function historyRoutes(instance: FastifyInstance, parts: AppParts): Promise<void> {
  const { store } = parts;
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const reader = () => openReader(parts);

  app.get(
    '/timeline',
    {
      schema: {
        summary: 'How many instances were in which status',
        querystring: timelineQuery,
        response: { 200: timelineBodySchema },
      },
    },
    async ({ query }) => {
      const asked = { ...rangeOf(query), stepMs: query.step ?? null };
      return readTimeline(reader(), scopeOf(query), asked, parts.nowMs());
    },
  );

  app.get(
    '/lanes',
    {
      schema: {
        summary: 'When services or instances were not passing, the worst first',
        querystring: lanesQuery,
        response: { 200: lanesBodySchema },
      },
    },
    async ({ query }) => {
      const nowMs = parts.nowMs();
      const filter = query.filter ? laneFilter(query.filter, store.fleetBody(), nowMs) : null;
      return readLanes(reader(), scopeOf(query), { ...rangeOf(query), limit: query.limit }, filter, nowMs);
    },
  );

  app.get(
    '/transitions',
    {
      schema: {
        summary: 'What was seen to change',
        querystring: transitionsQuery,
        response: { 200: transitionsBodySchema },
      },
    },
    async ({ query }, reply) => {
      const { fromMs, toMs } = rangeOf(query);
      const { order, limit, format } = query;
      const afterId = query.cursor === undefined ? null : parseCursor(query.cursor, order);
      if (query.cursor !== undefined && afterId === null)
        throw new Problem('invalid-request', 'cursor was not given out for this order: begin without one.');
      const matches = query.filter ? requestedFilter(query.filter, transitionFields, parts.nowMs()) : null;
      const range = { fromMs: fromMs ?? 0, toMs: toMs ?? Number.MAX_SAFE_INTEGER };
      const asked = { ...scopeOf(query), ...range, order, afterId, matches };
      if (format !== 'json') {
        reply.header('content-disposition', `attachment; filename="transitions.${format}"`);
        reply.type(contentTypes[format]);
        const file = exportTransitions(reader(), { ...asked, afterId: null }, format);
        return (reply as FastifyReply).send(file);
      }
      const { transitions, nextId } = await readTransitions(reader(), asked, limit);
      return { items: transitions.map(transitionItem), next: nextId === null ? null : formatCursor(order, nextId) };
    },
  );

  app.get(
    '/replay',
    {
      schema: {
        summary: 'The fleet at a past moment, and what changed from then on',
        querystring: replayQuery,
        response: { 200: replayBodySchema },
      },
    },
    async ({ query }) => {
      const { fromMs, toMs } = rangeOf(query);
      const nowMs = parts.nowMs();
      if (fromMs === null || fromMs > nowMs) throw new Problem('invalid-request', 'from lies in the future.');
      const { epoch, consul } = store.fleetBody();
      const asked = { fromMs, toMs: Math.min(toMs ?? nowMs, nowMs), dc: query.dc ?? null };
      return readReplay(reader(), asked, { epoch, consul });
    },
  );

  app.get('/history', { schema: { summary: 'The record itself', response: { 200: historyBodySchema } } }, async () => {
    if (parts.record) return parts.record.body();
    throw new Problem('history-unavailable', 'This Lictor keeps no record of the past.');
  });
}

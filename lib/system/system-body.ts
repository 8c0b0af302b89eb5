import { z } from 'zod';
import { consulReachSchema, freshnessSchema } from '@/lib/fleet/model';

/** How Lictor watches one datacenter, and what that costs and delays. */
const watchPlanSchema = z.object({
  name: z.string(),
  freshness: freshnessSchema,
  /** `exact`: a waiting query for every service; `signals`: for the services that someone looks at, the rest by sweeps. */
  mode: z.enum(['exact', 'signals']),
  services: z.number().int(),
  /** Waiting queries held, those of the datacenter as a whole included. */
  watches: z.number().int(),
  watchesNotLive: z.number().int(),
  wakes: z.number().int(),
  /** How late a change can be seen at the worst while all goes well, ms. */
  worstDelayMs: z.number().int(),
  /** Records that could not be read, each a sentence. */
  problems: z.array(z.string()),
});

export const systemBodySchema = z.object({
  version: z.string(),
  /** Decimal ms: when this process started. */
  epoch: z.number().int(),
  seq: z.number().int(),
  at: z.iso.datetime(),
  consul: consulReachSchema,
  datacenters: z.array(watchPlanSchema),
  connections: z.object({
    protocol: z.enum(['http/1.1', 'h2']),
    /** Connections at most. */
    budget: z.number().int(),
    open: z.number().int(),
    /** Waiting queries on the wire, and how many it carries at most: over HTTP/2 a connection carries many. */
    waiting: z.number().int(),
    waitingCapacity: z.number().int(),
    queued: z.number().int(),
    requests: z.number().int(),
    errors: z.record(z.string(), z.number().int()),
  }),
  stream: z.object({ clients: z.number().int() }),
});
export type SystemBody = z.infer<typeof systemBodySchema>;

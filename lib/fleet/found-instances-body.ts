import { z } from 'zod';
import { freshnessStateSchema, instanceSchema, stamp } from './model';

/** The body of `/api/v1/instances`: field names are public; they change only by addition. */

const foundInstanceSchema = instanceSchema.omit({ meta: true, weights: true, checks: true }).extend({
  dc: z.string(),
  service: z.string(),
  /** Of its datacenter. */
  freshness: freshnessStateSchema,
});
export type FoundInstance = z.infer<typeof foundInstanceSchema>;

export const foundInstancesBodySchema = z.object({
  ...stamp,
  /** How many match; `instances` has the worst of them. */
  total: z.number().int(),
  instances: z.array(foundInstanceSchema),
});
export type FoundInstancesBody = z.infer<typeof foundInstancesBodySchema>;

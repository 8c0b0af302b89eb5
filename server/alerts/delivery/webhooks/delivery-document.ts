import { z } from 'zod';
import { webhookEvents } from './webhook-events';

/** One delivery as it is kept until it has arrived, so that another Lictor goes on with it. Times are ISO 8601 in UTC. */
export const deliverySchema = z.object({
  webhook: z.string(),
  /** Deliveries of one webhook are counted. */
  sequence: z.number().int(),
  madeAt: z.string(),
  alerts: z.array(z.object({ id: z.string(), event: z.enum(webhookEvents), firedAtMs: z.number() })),
  /** The same bytes at each try. */
  body: z.string(),
  tries: z.number().int(),
  firstTriedAt: z.string().nullable(),
  nextTryAt: z.string(),
});
export type DeliveryDocument = z.infer<typeof deliverySchema>;

/** One that was given up. */
export const deadLetterDocumentSchema = deliverySchema.extend({
  givenUpAt: z.string(),
  /** Of the last try, a sentence. */
  reason: z.string(),
});
export type DeadLetterDocument = z.infer<typeof deadLetterDocumentSchema>;

/** Null: another version of Lictor wrote it, or somebody else did. */
export function parsedDocument<T>(schema: z.ZodType<T>, body: string): T | null {
  try {
    return schema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

/** Beside the deliveries: what a webhook was told. No id of a delivery is like it. */
export const toldDocumentId = (webhook: string): string => `told:${webhook}`;

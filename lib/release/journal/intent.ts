import { z } from 'zod';
import { mechanismSchema } from '@/lib/release/mechanism';
import { plannedWriteSchema } from '@/lib/release/planned-write';

const writeIndexes = z.array(z.int().min(0));

/**
 * - `preparing`: its plan is not whole in the journal yet, and nothing of it was written;
 * - `writing`: towards what the plan wants;
 * - `restoring`: back to what stood before.
 */
const phaseSchema = z.enum(['preparing', 'writing', 'restoring']);

/** Who carries a plan out. */
const holderSchema = z.object({
  /** As other replicas and `/system` name it. */
  replica: z.string(),
  /** Its machine or container. */
  host: z.string(),
  pid: z.int().min(0),
  /** Of the process: no two have the same. */
  process: z.string(),
});
export type Holder = z.infer<typeof holderSchema>;

/**
 * That a plan was begun and is not over, as it stands in Consul's key-value store: small, for each mark writes it anew. The numbers are places in the plan's
 * list of writes.
 */
export const intentSchema = z.object({
  format: z.literal(1),
  id: z.string(),
  dc: z.string(),
  service: z.string(),
  mechanism: mechanismSchema,
  /** The person. */
  by: z.string(),
  holder: holderSchema,
  startedAt: z.iso.datetime(),
  /** Past that, and a margin, its holder has stopped and another may take it over. */
  deadlineAt: z.iso.datetime(),
  phase: phaseSchema,
  /** Written and acknowledged. */
  done: writeIndexes,
  /** Not written, since something else stood there: what stands there now is somebody else's, whatever it looks like. */
  lost: writeIndexes,
  /** Taken back and acknowledged. */
  restored: writeIndexes,
  /** How many values hold the plan. */
  parts: z.int().min(1),
  /** Of the plan and whose it is, hex, by the secret of the token that writes; null: there is no such token. */
  signature: z.string().nullable(),
  /** Why it is not over yet, a sentence; null: nothing went wrong so far. */
  trouble: z.string().nullable(),
});
export type Intent = z.infer<typeof intentSchema>;

/** What a plan writes, apart from its intent for its size. */
export const journaledPlanSchema = z.object({
  format: z.literal(1),
  writes: z.array(plannedWriteSchema),
  /** Stored in the home datacenter's key-value store when all is written, in the same transaction that ends the intent. */
  wish: z.object({ key: z.string(), value: z.string() }).nullable(),
});
export type JournaledPlan = z.infer<typeof journaledPlanSchema>;

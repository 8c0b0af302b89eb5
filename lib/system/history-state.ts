import { z } from 'zod';

/** How the record of the past is being kept. Part of `/api/v1/system`; it changes only by addition. */
export const historyStateSchema = z.object({
  store: z.enum(['sqlite', 'postgres']),
  /** `opening`: not open yet; `writing`: this Lictor writes; `following`: another one does; `down`: it cannot be written. */
  state: z.enum(['opening', 'writing', 'following', 'down']),
  /** Transitions that wait to be written. */
  queued: z.number().int(),
  /** Transitions given up for want of room since the start; each such span is a gap. */
  dropped: z.number().int(),
  /** Why it is not written, a sentence; null: it is, or another one does. */
  reason: z.string().nullable(),
});
export type HistoryState = z.infer<typeof historyStateSchema>;

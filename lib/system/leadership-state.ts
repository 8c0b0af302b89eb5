import { z } from 'zod';

/** Who leads among the Lictors that share a record, as one of them sees it. Part of `/api/v1/system`; it changes only by addition. */
export const leadershipStateSchema = z.object({
  /** This one leads: it alone records and writes for all of them. */
  leads: z.boolean(),
  /** Since when it is so, ISO 8601. */
  since: z.iso.datetime(),
  /** Who leads, by the address of its pages or its host; null: nobody, or it is not known who. Text from outside. */
  holder: z.string().nullable(),
  /** `session`: by a lock in Consul; `database`: by a lock in the shared database; `alone`: nobody else shares what it records. */
  by: z.enum(['session', 'alone', 'database']),
  /** Why it is not as it should be, or not by a session, a sentence; null: all is well. */
  reason: z.string().nullable(),
});
export type LeadershipState = z.infer<typeof leadershipStateSchema>;

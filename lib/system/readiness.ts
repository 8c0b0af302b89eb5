import { z } from 'zod';

/** Body of `/readyz`. */
export const readinessSchema = z.object({
  ready: z.boolean(),
  /** A sentence for a person. */
  detail: z.string(),
  datacenters: z.array(
    z.object({
      name: z.string(),
      /** `syncing`: its first full read is not through yet; `unreachable`: known to be out of reach or refused. */
      state: z.enum(['syncing', 'synced', 'unreachable']),
      reason: z.string().nullable(),
    }),
  ),
});
export type Readiness = z.infer<typeof readinessSchema>;

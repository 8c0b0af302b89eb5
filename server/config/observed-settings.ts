import { z } from 'zod';
import { mechanismSchema } from '@/lib/release/mechanism';

const template = z.string().min(1).max(4_000);

/** `release.observed`: how real traffic is counted in Prometheus. */
export const observedSchema = z
  .strictObject({
    /** Over which requests are counted. */
    windowSeconds: z.int().min(2).max(300).default(10),
    /** Label that names the datacenter of a series; series without it count for every datacenter. */
    datacenterLabel: z
      .string()
      .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, { error: 'is no name of a label' })
      .default('datacenter'),
    /** Asked beside the ready ones for HAProxy, Envoy and Istio. */
    queries: z
      .array(
        z.strictObject({
          /** How it is named on the page. */
          name: z.string().min(1).max(60),
          /** Requests in the window by version. May hold {service}, {dc}, {serviceRegex}, {dcRegex}, {windowSeconds}. */
          query: template,
          /** The label of its result that tells the version. */
          versionLabel: z.string().min(1),
          /** When the newest sample was taken, seconds since 1970; without it that is taken to be as old as the window is long. */
          newest: template.optional(),
          /** The mechanism that what it counts obeys: asked first where that one divides the traffic. */
          mechanism: mechanismSchema.optional(),
        }),
      )
      .max(20, { error: 'takes 20 queries at most' })
      .default([]),
  })
  .prefault({});
export type ObservedSettings = z.infer<typeof observedSchema>;

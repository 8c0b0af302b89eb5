import { z } from 'zod';

const label = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, { error: 'is no name of a label' });
/** By the labels that name the two ends. May hold {windowSeconds}. */
const template = z.string().min(1).max(4_000);

/** `topology.observed`: how traffic between services is counted in Prometheus. */
export const topologyObservedSchema = z
  .strictObject({
    /** Over which requests are counted: four times as long as Prometheus takes from one sample to the next. */
    windowSeconds: z.int().min(2).max(900).default(60),
    /** From one reading to the next. */
    everySeconds: z.int().min(1).max(300).default(5),
    /** Label that names the datacenter of a series; with `client_` and `server_` before it, that of one end. */
    datacenterLabel: label.default('datacenter'),
    /** Consul's names of datacenters that such labels call otherwise. */
    datacenters: z.record(z.string(), z.string().min(1)).default({}),
    /** Asked beside the ready ones for Envoy, Istio, OpenTelemetry and HAProxy, and believed before them. */
    queries: z
      .array(
        z.strictObject({
          /** How it is named on the page. */
          name: z.string().min(1).max(60),
          /** Requests a second. */
          rate: template,
          /** Of these, what failed, a second. */
          errors: template.optional(),
          /** 95th percentile of what they took, ms. */
          p95Ms: template.optional(),
          /** Labels of its results that name who calls and who is called. */
          fromLabel: label.default('client'),
          toLabel: label.default('server'),
          /** And the datacenters of these; without them, or where they are empty, `datacenterLabel` counts for both. */
          fromDatacenterLabel: label.optional(),
          toDatacenterLabel: label.optional(),
        }),
      )
      .max(20, { error: 'takes 20 queries at most' })
      .default([]),
  })
  .prefault({});
export type TopologyObservedSettings = z.infer<typeof topologyObservedSchema>;

import { z } from 'zod';
import { sharesSchema, versionStageSchema } from '@/lib/release/split-body';

/** The newest format that is understood; a newer one is never written over. */
export const POLICY_FORMAT = 1;

const policyRouteSchema = z.looseObject({
  header: z.string().min(1).meta({ description: "A request header's name, in any case." }),
  value: z.string().min(1).meta({ description: "The header's whole value, compared as it is." }),
  version: z.string().min(1).meta({ description: 'Where such a request goes, whatever the shares say.' }),
});

/**
 * How a service's traffic is to be divided, for gateways and client libraries that read it from Consul's key-value store. It is published: fields are added
 * and never change, and what others add is kept.
 */
export const policyDocumentSchema = z.looseObject({
  format: z.literal(POLICY_FORMAT).meta({
    description:
      'Of this document. A consumer that knows no such format keeps to the last document that it understood.',
  }),
  service: z.string().min(1).meta({ description: 'The name of the service in Consul.' }),
  version: z.int().min(1).meta({ description: 'Counts the changes: each writer adds 1.' }),
  shares: sharesSchema.meta({
    description:
      'Percent of the requests by version of the instances, in steps of 0.01; they sum to 100. A version that is not named has none.',
  }),
  routes: z
    .array(policyRouteSchema)
    .default([])
    .meta({ description: 'Requests that are no part of the shares. The first that fits wins.' }),
  stages: z
    .record(z.string(), versionStageSchema)
    .default({})
    .meta({ description: 'What people said of a version; active where nobody did. Nothing is to be routed by it.' }),
  updatedBy: z.string().optional().meta({ description: 'What wrote it last.' }),
  updatedAt: z
    .string()
    .optional()
    .meta({ format: 'date-time', description: 'When, by a writer that says so. Lictor does not.' }),
});
export type PolicyDocument = z.infer<typeof policyDocumentSchema>;

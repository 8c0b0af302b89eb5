import { z } from 'zod';
import { jsonObjectSchema } from './json';

/**
 * One write of a plan with the image from before, as the journal keeps it: enough to carry it out, to see whether it was carried out, and to take it back,
 * also by a process that did not make the plan.
 */
const common = {
  /** Datacenter in which it is written. */
  dc: z.string(),
  /** As a person names it: `dc1 config service-splitter/payment`. Hostile text. */
  target: z.string(),
  /** Writes of one stage do not wait for one another; a stage begins when the one before is written. From 0. */
  stage: z.int().min(0),
};

const configEntrySchema = z.object({
  kind: z.literal('config-entry'),
  ...common,
  entryKind: z.string(),
  name: z.string(),
  /** Null: there is none. Without CreateIndex and ModifyIndex. */
  before: jsonObjectSchema.nullable(),
  after: jsonObjectSchema,
  /** ModifyIndex of `before`, which the entry must still have; 0: there must be none. */
  index: z.int().min(0),
});

const kvSchema = z.object({
  kind: z.literal('kv'),
  ...common,
  key: z.string(),
  before: z.string().nullable(),
  after: z.string(),
  /** ModifyIndex of `before`; 0: there must be no such key. */
  index: z.int().min(0),
  /** The number that others keep beside `before`, which a write has to carry on; absent: 0. */
  flags: z.int().min(0).optional(),
});

const place = {
  node: z.string(),
  /** The service id. */
  id: z.string(),
};

/** An instance that no agent owns, whole, as the catalog has it. */
const catalogServiceSchema = z.object({
  kind: z.literal('catalog-service'),
  ...common,
  ...place,
  before: jsonObjectSchema,
  after: jsonObjectSchema,
  index: z.int().min(1),
});

/** The maintenance check of an instance that no agent owns. */
const catalogCheckSchema = z.object({
  kind: z.literal('catalog-check'),
  ...common,
  ...place,
  checkId: z.string(),
  before: jsonObjectSchema.nullable(),
  /** Null: it is taken away. */
  after: jsonObjectSchema.nullable(),
  index: z.int().min(0),
});

/** The definition of an instance at the agent that owns it. An agent has no compare-and-set. */
const agentServiceSchema = z.object({
  kind: z.literal('agent-service'),
  ...common,
  ...place,
  before: jsonObjectSchema,
  after: jsonObjectSchema,
});

/** Maintenance of one instance at its agent: the reason, null where it is off. */
const agentMaintenanceSchema = z.object({
  kind: z.literal('agent-maintenance'),
  ...common,
  ...place,
  before: z.string().nullable(),
  after: z.string().nullable(),
});

export const plannedWriteSchema = z.discriminatedUnion('kind', [
  configEntrySchema,
  kvSchema,
  catalogServiceSchema,
  catalogCheckSchema,
  agentServiceSchema,
  agentMaintenanceSchema,
]);
export type PlannedWrite = z.infer<typeof plannedWriteSchema>;
export type WriteKind = PlannedWrite['kind'];
export type WriteOf<Kind extends WriteKind> = Extract<PlannedWrite, { kind: Kind }>;

import { z } from 'zod';
import { keySegments } from '@/lib/fleet/keys';
import { compareText } from '@/lib/fleet/observe-checks';
import type { RecordedCheck, RecordedInstance, RecordedNode } from './recorded';

/**
 * The texts in which transitions carry more than a word, always the same for the same content: whole records (`to` of `registered`), tags, metadata, weights and
 * addresses. A record's text does not repeat what the key of its subject says.
 */

const statusSchema = z.enum(['passing', 'warning', 'critical', 'maintenance', 'unknown']);
const checksSchema = z.array(z.tuple([z.string(), z.enum(['passing', 'warning', 'critical'])]));
const tagsSchema = z.array(z.string());
/** Not `z.record`, which leaves out a key that is named `__proto__`: Consul takes one. */
const metaSchema = z.custom<Record<string, string>>(
  (value) =>
    typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string'),
);
const weightsSchema = z.object({ passing: z.number(), warning: z.number() });
/** A node has no port. */
const addressSchema = z.object({ address: z.string(), port: z.number().nullable() });

const instanceSchema = z.object({
  status: statusSchema,
  version: z.string(),
  address: z.string(),
  port: z.number(),
  weights: weightsSchema,
  tags: tagsSchema,
  meta: metaSchema,
  /** Id and status of each, sorted by id. */
  checks: checksSchema,
});

const nodeSchema = z.object({ status: statusSchema, address: z.string(), meta: metaSchema, checks: checksSchema });

type Meta = Readonly<Record<string, string>>;

export function instanceJson(instance: RecordedInstance): string {
  const { status, version, address, port, weights, tags, meta, checks } = instance;
  return JSON.stringify({
    ...{ status, version, address, port, weights: weightsOf(weights), tags, meta: sortedMeta(meta) },
    checks: checkPairs(checks, 'service'),
  });
}

/**
 * The instance of this key behind `instanceJson`.
 * @throws where the key or the text was not made by this module's counterpart
 */
export function parseInstance(key: string, json: string): RecordedInstance {
  const [, node, id] = keySegments(key) ?? [];
  if (node === undefined || id === undefined) throw new Error(`The record names no instance by the key ${key}.`);
  const { checks, ...rest } = instanceSchema.parse(JSON.parse(json));
  return { key, id, node, ...rest, checks: checksOf(checks, 'service') };
}

export function nodeJson({ status, address, meta, checks }: RecordedNode): string {
  return JSON.stringify({ status, address, meta: sortedMeta(meta), checks: checkPairs(checks, 'node') });
}

/** The node of this name behind `nodeJson`. */
export function parseNode(name: string, json: string): RecordedNode {
  const { checks, ...rest } = nodeSchema.parse(JSON.parse(json));
  return { name, ...rest, checks: checksOf(checks, 'node') };
}

/** In the order in which Consul lists them. */
export const tagsJson = (tags: readonly string[]): string => JSON.stringify(tags);
export const parseTags = (json: string): string[] => tagsSchema.parse(JSON.parse(json));

export const metaJson = (meta: Meta): string => JSON.stringify(sortedMeta(meta));
export const parseMeta = (json: string): Record<string, string> => metaSchema.parse(JSON.parse(json));

export const weightsJson = (weights: RecordedInstance['weights']): string => JSON.stringify(weightsOf(weights));
export const parseWeights = (json: string): RecordedInstance['weights'] => weightsSchema.parse(JSON.parse(json));

/** @param port null: a node's */
export const addressJson = (address: string, port: number | null): string => JSON.stringify({ address, port });
export const parseAddress = (json: string): z.infer<typeof addressSchema> => addressSchema.parse(JSON.parse(json));

const weightsOf = ({ passing, warning }: RecordedInstance['weights']) => ({ passing, warning });

function sortedMeta(meta: Meta): Meta {
  return Object.fromEntries(Object.entries(meta).sort(([a], [b]) => compareText(a, b)));
}

function checkPairs(checks: readonly RecordedCheck[], scope: RecordedCheck['scope']): [string, string][] {
  const own = checks.filter((check) => check.scope === scope).map(({ id, status }): [string, string] => [id, status]);
  return own.sort(([a], [b]) => compareText(a, b));
}

const checksOf = (pairs: z.infer<typeof checksSchema>, scope: RecordedCheck['scope']): RecordedCheck[] =>
  pairs.map(([id, status]) => ({ id, scope, status }));

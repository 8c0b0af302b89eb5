import { z } from 'zod';
import type { Weights } from '@/lib/fleet/model';
import type { JsonObject } from '@/lib/release/json';

/** The most that Consul takes. */
export const MAX_WEIGHT = 65_535;

const weightsSchema = z.object({ Passing: z.int().min(0), Warning: z.int().min(0) });

/** Of a definition as Consul gives it; 1 and 1, as Consul itself assumes, where it names none. */
export function weightsOf(definition: JsonObject): Weights {
  const parsed = weightsSchema.safeParse(definition.Weights);
  return parsed.success ? { passing: parsed.data.Passing, warning: parsed.data.Warning } : { passing: 1, warning: 1 };
}

/**
 * The same definition with this weight while it is passing. The weight in warning keeps its proportion to it, for that is what the owner said with the two: kept as
 * it is, an owner's "as much in warning as in health" would become next to nothing. Every other field stays as it is.
 * @param passing 1 to 65535
 */
export function withWeight(definition: JsonObject, passing: number): JsonObject {
  const before = weightsOf(definition);
  const proportion = before.passing === 0 ? 1 : before.warning / before.passing;
  const warning = Math.min(Math.max(Math.round(passing * proportion), 1), MAX_WEIGHT);
  return { ...definition, Weights: { ...objectOf(definition.Weights), Passing: passing, Warning: warning } };
}

const objectOf = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

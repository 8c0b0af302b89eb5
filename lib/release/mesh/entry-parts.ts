import { z } from 'zod';
import { type JsonObject, jsonObjectSchema } from '@/lib/release/json';

/** Go writes an empty list or map as null, or leaves it out. */
const listSchema = z.array(jsonObjectSchema).nullish();
const mapSchema = z.record(z.string(), jsonObjectSchema).nullish();
const textSchema = z.string().nullish();
const textsSchema = z.array(z.string()).nullish();

/**
 * What stands in a part of a configuration entry, each piece whole, with fields that Lictor does not know.
 * @throws ZodError where it has another form than Consul gives it
 */
export const objectsIn = (part: JsonObject | null, field: string): JsonObject[] =>
  listSchema.parse(part?.[field]) ?? [];
/** @throws ZodError as above */
export const objectsByName = (part: JsonObject | null, field: string): Map<string, JsonObject> =>
  new Map(Object.entries(mapSchema.parse(part?.[field]) ?? {}));
/** Empty where it is not there. @throws ZodError as above */
export const textIn = (part: JsonObject | null, field: string): string => textSchema.parse(part?.[field]) ?? '';
/** @throws ZodError as above */
export const textsIn = (part: JsonObject | null, field: string): string[] => textsSchema.parse(part?.[field]) ?? [];

/** Whether anything stands in a field: Consul also writes what is empty. */
export function isFilled(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false || value === 0) return false;
  if (typeof value === 'object') return Object.values(value).some(isFilled);
  return true;
}

/** Whether a part holds something beside these fields. */
export function holdsMore(part: JsonObject, fields: readonly string[]): boolean {
  return Object.entries(part).some(([field, value]) => !fields.includes(field) && isFilled(value));
}

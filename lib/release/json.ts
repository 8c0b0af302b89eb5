import { z } from 'zod';

/** What a write puts into Consul, or what stands there, field by field as it was read. */
export const jsonObjectSchema = z.record(z.string(), z.json());
export type JsonObject = z.infer<typeof jsonObjectSchema>;

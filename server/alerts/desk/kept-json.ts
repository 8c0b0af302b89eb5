import type { z } from 'zod';

/** What a document holds; null: it was not written by this Lictor's kind, and is passed over. */
export function keptJson<Schema extends z.ZodType>(schema: Schema, body: string): z.infer<Schema> | null {
  try {
    return schema.parse(JSON.parse(body));
  } catch {
    return null;
  }
}

import { z } from 'zod';
import { type JsonObject, jsonObjectSchema } from '@/lib/release/json';
import { policyDocumentSchema } from './policy-document';

/** What a reader finds in a policy document, as JSON Schema 2020-12. That the shares sum to 100 it cannot say. */
export function policyJsonSchema(): JsonObject {
  const schema = z.toJSONSchema(policyDocumentSchema, { io: 'input', target: 'draft-2020-12' });
  return jsonObjectSchema.parse({ title: 'Traffic policy of a service', ...schema });
}

import type { z } from 'zod';
import type { ConsulAnswer } from '@/server/consul/transport';
import { jsonBody, unexpectedShape } from './json-body';
import { problemOf } from './problem';

/**
 * A body that is one thing, not a list of records.
 * @throws ConsulError `not-json` where it is something else.
 */
export function wholeBody<Value>(answer: ConsulAnswer, schema: z.ZodType<Value>): Value {
  const parsed = schema.safeParse(jsonBody(answer));
  if (parsed.success) return parsed.data;
  throw unexpectedShape(answer, problemOf(parsed.error));
}

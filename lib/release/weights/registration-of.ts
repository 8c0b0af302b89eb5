import type { JsonObject } from '@/lib/release/json';
import { withoutIndexes } from './same-definition';

/**
 * What an agent has to be given so that it has this definition. It gives the service's name as `Service` and takes it as `Name`; checks, which it
 * keeps by themselves, are not part of it.
 */
export function registrationOf(definition: JsonObject): JsonObject {
  const { Service, ...others } = withoutIndexes(definition);
  return { ...others, Name: Service ?? null };
}

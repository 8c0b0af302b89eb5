import type { JsonObject } from '@/lib/release/json';
import { hasContent, withoutIndexes } from './same-definition';

/**
 * The fields that a transaction's `Service` operation carries in every version of Consul. The others (tagged addresses, a proxy's or Connect's settings)
 * it takes without a word and drops: seen in 1.8.7.
 */
const CARRIED = ['ID', 'Service', 'Tags', 'Address', 'Meta', 'Port', 'Weights', 'EnableTagOverride'];

/** Whether a transaction, which alone can compare before it writes, keeps every field of this definition. */
export const carriedByTransaction = (definition: JsonObject): boolean =>
  Object.entries(withoutIndexes(definition)).every(
    ([name, field]) => CARRIED.includes(name) || !hasContent(name, field),
  );

import type { JsonObject } from '@/lib/release/json';
import { textIn } from './entry-parts';

/** Where Consul Enterprise has a thing; in the community edition all is `default`. */
const TENANCY = ['Namespace', 'Partition'];

/** Whether a field says that something is where the entry itself is, which it is without saying so. */
export function isOwnTenancy(field: string, value: unknown, entry: JsonObject): boolean {
  return TENANCY.includes(field) && value === (textIn(entry, field) || 'default');
}

/** Where a part of an entry leads that is not where the entry is: `namespace team-b`; empty: it stays. */
export function otherTenancy(part: JsonObject, entry: JsonObject): string[] {
  return TENANCY.flatMap((field) => {
    const place = textIn(part, field);
    return place === '' || isOwnTenancy(field, place, entry) ? [] : [`${field.toLowerCase()} ${place}`];
  });
}

import type { JsonObject } from '@/lib/release/json';
import { objectsByName, objectsIn, textIn } from './entry-parts';

/** The subsets of its own service that a splitter or a router sends to. @throws ZodError */
export function namedSubsets(entry: JsonObject | null, service: string): Set<string> {
  const destinations = objectsIn(entry, 'Routes').flatMap(({ Destination }) => {
    const isObject = typeof Destination === 'object' && Destination !== null && !Array.isArray(Destination);
    return isObject ? [Destination] : [];
  });
  const own = [...objectsIn(entry, 'Splits'), ...destinations].filter((part) => {
    return (textIn(part, 'Service') || service) === service;
  });
  return new Set(own.map((part) => textIn(part, 'ServiceSubset')).filter((subset) => subset !== ''));
}

/** Subsets that a resolver has and would not have any more. @throws ZodError */
export function lostSubsets(present: JsonObject, after: JsonObject): string[] {
  const kept = objectsByName(after, 'Subsets');
  return [...objectsByName(present, 'Subsets').keys()].filter((subset) => !kept.has(subset));
}

import { setFlagsFromString } from 'node:v8';

/**
 * By how much the heap grows, in percent of what a collection leaves of it, before the next one. On a machine with much memory V8 lets it grow fourfold, and keeps most
 * of that for ever: after a storm of changes 333 MB were held for the 120 MB of a fleet of 50,000 instances.
 */
const HEAP_GROWTH_PERCENT = 30;

/** To be called when the heap has reached its size; V8 asks for this at each collection. */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
}

import { serviceKey } from '@/lib/fleet/keys';
import type { Transition } from '@/lib/history/transition';

/** Of a service that is deployed all the time the newest are enough. */
const MOST_KEPT = 50;
/** What is longer ago explains nothing that flaps now, ms: twice as long as the slowest slots look back by default. */
const KEPT_MS = 12_000_000;

/** When new versions of services were deployed lately. */
export class Deployments {
  readonly #byService = new Map<string, number[]>();

  note({ kind, subject, observedAtMs }: Pick<Transition, 'kind' | 'subject' | 'observedAtMs'>): void {
    if (kind !== 'deployment' || subject.service === null) return;
    const key = serviceKey(subject.dc, subject.service);
    const kept = (this.#byService.get(key) ?? []).filter((atMs) => atMs > observedAtMs - KEPT_MS);
    // The record and a restart may tell the same one twice.
    if (!kept.includes(observedAtMs)) kept.push(observedAtMs);
    this.#byService.set(key, kept.slice(-MOST_KEPT));
  }

  /** In order; ms since 1970. */
  of(dc: string, service: string): readonly number[] {
    return this.#byService.get(serviceKey(dc, service)) ?? [];
  }
}

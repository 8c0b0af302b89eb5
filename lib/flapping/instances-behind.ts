import { serviceKey } from '@/lib/fleet/keys';
import type { Subject } from '@/lib/history/transition';

/** Whose change it was that a service changed. */
export interface InstanceBehind {
  /** Its key. */
  readonly instance: string;
  /** How often it had fallen by then; null: its change does not count. */
  readonly falls: number | null;
}

/**
 * The instances that changed in this very moment, by their service: the record tells them before the service itself. Of several the one that fell most often
 * speaks for all, and one whose change counts before one whose does not.
 */
export class InstancesBehind {
  readonly #byService = new Map<string, InstanceBehind>();
  #atMs = 0;

  /** Time went on: those of another moment are forgotten. */
  moveTo(atMs: number): void {
    if (atMs !== this.#atMs) this.#byService.clear();
    this.#atMs = atMs;
  }

  note({ kind, key, dc, service }: Subject, falls: number | null): void {
    if (kind !== 'instance' || service === null) return;
    const of = serviceKey(dc, service);
    const known = this.#byService.get(of);
    if (!known || (falls ?? -1) > (known.falls ?? -1)) this.#byService.set(of, { instance: key, falls });
  }

  /** Undefined: none changed. */
  of({ kind, key }: Subject): InstanceBehind | undefined {
    return kind === 'service' ? this.#byService.get(key) : undefined;
  }
}

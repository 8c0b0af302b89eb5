import type { InstanceFacts } from '@/lib/alerts/facts';
import { applyToInstance } from '@/lib/history/apply-transition';
import type { RecordedInstance, RecordedService } from '@/lib/history/recorded';
import type { Transition } from '@/lib/history/transition';

interface Kept {
  readonly recorded: RecordedInstance;
  readonly facts: InstanceFacts;
}

/** A service as the record tells it, ready for the rules: a transition costs one instance, however many there are. */
export class TrialService {
  readonly #instances = new Map<string, Kept>();
  #facts: readonly InstanceFacts[] | null = null;

  constructor(public status: RecordedService['status']) {}

  get instances(): readonly InstanceFacts[] {
    this.#facts ??= [...this.#instances.values()].map(({ facts }) => facts);
    return this.#facts;
  }

  get recorded(): RecordedInstance[] {
    return [...this.#instances.values()].map(({ recorded }) => recorded);
  }

  /** As it stood where the trial begins. @param sinceMs null: its status began before the record */
  place(recorded: RecordedInstance, sinceMs: number | null, atMs: number): void {
    this.#put(recorded, { sinceMs: sinceMs ?? atMs, sinceAtLeast: sinceMs === null });
  }

  /** @returns how many instances there are more than before */
  apply(transition: Transition): -1 | 0 | 1 {
    const { subject, kind, observedAtMs, unwatchedFromMs } = transition;
    const known = this.#instances.get(subject.key);
    const next = applyToInstance(known?.recorded, transition);
    if (next === known?.recorded) return 0;
    if (!next) {
      this.#instances.delete(subject.key);
      this.#facts = null;
      return -1;
    }
    const began = kind === 'status' || kind === 'registered' || !known;
    this.#put(next, began ? { sinceMs: observedAtMs, sinceAtLeast: unwatchedFromMs !== null } : known.facts);
    return known ? 0 : 1;
  }

  #put(recorded: RecordedInstance, { sinceMs, sinceAtLeast }: Pick<InstanceFacts, 'sinceMs' | 'sinceAtLeast'>): void {
    const { key, id, node, version, tags, meta, status, checks } = recorded;
    const facts = { key, id, node, version, tags, meta, status, sinceMs, sinceAtLeast, checks };
    this.#instances.set(key, { recorded, facts });
    this.#facts = null;
  }
}

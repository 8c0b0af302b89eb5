import type { FlapFacts } from '@/lib/alerts/facts';
import type { FlapTrack } from '@/lib/flapping/flap-track';
import { type FlapVerdict, flapVerdict } from '@/lib/flapping/flap-verdict';
import { flapFacts, highestScore } from './flap-evidence';
import type { FlapFleet, FlapWatch } from './flap-watch';
import { type FlapOwner, ownerKey, ownerOf } from './flapping-members';
import type { Surroundings } from './surroundings';

/** The evidence of one alert is worked out anew no oftener, ms. */
const EVIDENCE_EVERY_MS = 1_000;

export interface FlapBookOptions {
  readonly fleet: FlapFleet;
  readonly flaps: Pick<FlapWatch, 'members' | 'track' | 'time'>;
  readonly surroundings: Surroundings;
  /** Ms of a clock that is never set. */
  nowMs(): number;
}

interface Kept {
  readonly madeAtMs: number;
  readonly facts: FlapFacts | null;
}

/** What there is to say of what flaps, by service and node. What is asked for oftener than it may change much is said as it was. */
export class FlapBook {
  readonly #kept = new Map<string, Kept>();
  /** Whose evidence is older than what happened since. */
  readonly #grown = new Map<string, FlapOwner>();

  constructor(private readonly options: FlapBookOptions) {}

  /** Null: nothing of it flaps. */
  facts(owner: FlapOwner): FlapFacts | null {
    const key = ownerKey(owner);
    if (!this.options.flaps.members.has(owner)) {
      this.#kept.delete(key);
      this.#grown.delete(key);
      return null;
    }
    const kept = this.#kept.get(key);
    if (kept && this.options.nowMs() - kept.madeAtMs < EVIDENCE_EVERY_MS) {
      this.#grown.set(key, owner);
      return kept.facts;
    }
    return this.#make(owner);
  }

  /** Something of it began or ceased to flap: what is said next is new. */
  changed(owner: FlapOwner): void {
    this.#kept.delete(ownerKey(owner));
  }

  /** What may be behind that what is on this node flaps is known better. */
  learnt(dc: string, node: string): void {
    for (const { subject } of this.options.flaps.members.all()) {
      const owner = subject.dc === dc && subject.node === node ? ownerOf(subject) : null;
      if (owner) this.#grown.set(ownerKey(owner), owner);
    }
  }

  /** Time went on by a slot: the strips of all have. */
  slotEnded(): void {
    for (const { subject } of this.options.flaps.members.all()) {
      const owner = ownerOf(subject);
      if (owner) this.#grown.set(ownerKey(owner), owner);
    }
  }

  /** Those of which something new can be said now, for each at most once a second; `goesOn` is asked before each. */
  *due(goesOn: () => boolean): Generator<FlapOwner> {
    for (const [key, owner] of this.#grown) {
      if (!goesOn()) return;
      const kept = this.#kept.get(key);
      if (kept && this.options.nowMs() - kept.madeAtMs < EVIDENCE_EVERY_MS) continue;
      this.#grown.delete(key);
      yield owner;
    }
  }

  /** The worst of what flaps, in full. */
  verdict(owner: FlapOwner): FlapVerdict | null {
    const time = this.options.flaps.time(owner.dc);
    if (!time) return null;
    const [worst] = this.#tracks(owner).sort((a, b) => highestScore(b) - highestScore(a));
    return worst ? flapVerdict(worst, time) : null;
  }

  #make(owner: FlapOwner): FlapFacts | null {
    const { flaps, surroundings, nowMs } = this.options;
    const time = flaps.time(owner.dc);
    const tracks = this.#tracks(owner);
    const facts = time
      ? flapFacts({
          ...{ tracks, time, ...this.#counts(owner, tracks) },
          surroundings: ({ subject, item }) => surroundings.of(subject, item),
        })
      : null;
    this.#kept.set(ownerKey(owner), { madeAtMs: nowMs(), facts });
    this.#grown.delete(ownerKey(owner));
    return facts;
  }

  #tracks(owner: FlapOwner): FlapTrack[] {
    const { flaps } = this.options;
    return flaps.members.of(owner).flatMap((member) => flaps.track(member) ?? []);
  }

  #counts({ kind, dc, name }: FlapOwner, tracks: readonly FlapTrack[]): { flapping: number; all: number } {
    const { fleet, flaps } = this.options;
    if (kind === 'service') {
      const instances = tracks.filter(({ subject }) => subject.kind === 'instance').map(({ subject }) => subject.key);
      return { flapping: new Set(instances).size, all: fleet.serviceDetail(dc, name)?.instances.length ?? 0 };
    }
    const services = fleet.nodeDetail(dc, name)?.node.services ?? [];
    return {
      flapping: services.filter((service) => flaps.members.count(dc, service) > 0).length,
      all: services.length,
    };
  }
}

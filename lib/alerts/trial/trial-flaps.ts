import type { FlapFacts } from '@/lib/alerts/facts';
import { type FlappingRules, widestSlotMs } from '@/lib/alerts/rules/rule-set';
import type { FlapEdge } from '@/lib/flapping/datacenter-flaps';
import { FlapDetector } from '@/lib/flapping/flap-detector';
import { flapSettingsBy } from '@/lib/flapping/flap-settings';
import type { FlapTrack } from '@/lib/flapping/flap-track';
import { flapVerdict } from '@/lib/flapping/flap-verdict';
import { nodeKey } from '@/lib/fleet/keys';
import type { Subject, Transition } from '@/lib/history/transition';

/** Of something that flaps: whose it is is told by the name of its service or its node. */
interface Member {
  readonly subject: Subject;
  readonly item: string | null;
}

/** Whose flapping changed. */
export interface FlapOwner {
  readonly kind: 'service' | 'node';
  readonly dc: string;
  readonly name: string;
}

/** What flaps by some settings, as the record is read. Times are ms since 1970. */
export class TrialFlaps {
  readonly #detector: FlapDetector;
  readonly #fastestSlotMs: number;
  readonly #members = new Map<string, Map<string, Member>>();
  readonly #datacenters = new Set<string>();
  /** How many members there are by datacenter. */
  readonly #counts = new Map<string, number>();
  #nextSlotMs: number | null = null;

  constructor({ defaults, services }: FlappingRules) {
    this.#detector = new FlapDetector(flapSettingsBy(services, defaults), widestSlotMs({ defaults, services }));
    const all = [defaults, ...services.map(({ settings }) => ({ ...defaults, ...settings }))];
    this.#fastestSlotMs = Math.min(...all.map(({ scales }) => scales[0]?.slotMs ?? Number.POSITIVE_INFINITY));
  }

  /** From here on this datacenter is watched. @param maintained what is in maintenance there */
  begin(dc: string, atMs: number, maintained: readonly Subject[]): void {
    this.#datacenters.add(dc);
    this.#detector.advance(dc, atMs);
    for (const subject of maintained) {
      this.#detector.resume(subject, null, atMs, { flappingSinceMs: null, isInMaintenance: true });
    }
  }

  observe(transition: Transition): readonly FlapOwner[] {
    if (transition.subject.dc !== '') this.#datacenters.add(transition.subject.dc);
    const owners = this.#take(this.#detector.observe(transition));
    if (transition.kind === 'clock-set') this.#nextSlotMs = null;
    return owners;
  }

  gapBegins(dc: string, atMs: number): readonly FlapOwner[] {
    this.#datacenters.add(dc);
    return this.#take(this.#detector.gapBegins(dc, atMs));
  }

  gapEnds(dc: string, atMs: number): readonly FlapOwner[] {
    this.#datacenters.add(dc);
    return this.#take(this.#detector.gapEnds(dc, atMs));
  }

  /** When time is to be told next, for what flaps to end in time; null: nothing that is kept awaits it. */
  nextSlotMs(nowMs: number): number | null {
    if (!this.#awaitsTime) return null;
    this.#nextSlotMs ??= (Math.floor(nowMs / this.#fastestSlotMs) + 1) * this.#fastestSlotMs;
    return this.#nextSlotMs;
  }

  advance(untilMs: number): readonly FlapOwner[] {
    this.#nextSlotMs = null;
    return [...this.#datacenters].flatMap((dc) => this.#take(this.#detector.advance(dc, untilMs)));
  }

  /** Null: nothing of it flaps. @param all instances of the service; of a node its services */
  facts(owner: FlapOwner, all: number): FlapFacts | null {
    const members = [...(this.#members.get(nameOf(owner))?.values() ?? [])];
    const datacenter = this.#detector.datacenter(owner.dc);
    const tracks = members.flatMap(({ subject, item }) => datacenter?.trackOf(subject, item) ?? []);
    const [first] = tracks;
    if (!datacenter || !first) return null;
    const worst = tracks.reduce((a, b) => (highestScore(b) > highestScore(a) ? b : a), first);
    const { periodMs, isCountAtLeast } = flapVerdict(worst, datacenter.time);
    const instances = tracks.flatMap(({ subject }) => (subject.kind === 'instance' ? [subject] : []));
    return {
      sinceMs: tracks.reduce(
        (min, { flappingSinceMs }) => Math.min(min, flappingSinceMs ?? min),
        Number.MAX_SAFE_INTEGER,
      ),
      nodes: [...new Set(instances.map(({ dc, node }) => nodeKey(dc, node ?? '')))],
      // What a page would draw of it is left out: it is told as one sentence.
      evidence: {
        ...{ kind: 'flapping', scales: [], causes: [], members: [], periodMs, atLeast: isCountAtLeast },
        changes: tracks.reduce((sum, { counted }) => sum + counted, 0),
        ...{ flapping: new Set(instances.map(({ key }) => key)).size, all },
      },
    };
  }

  /** In a gap nothing ends, however long it lasts. */
  get #awaitsTime(): boolean {
    for (const [dc, count] of this.#counts) {
      if (count > 0 && this.#detector.datacenter(dc)?.time.isInGap === false) return true;
    }
    return false;
  }

  #take(edges: readonly FlapEdge[]): readonly FlapOwner[] {
    return edges.flatMap(({ edge, subject, item }) => {
      const owner = ownerOf(subject);
      if (!owner) return [];
      const key = nameOf(owner);
      const members = this.#members.get(key) ?? new Map<string, Member>();
      const member = JSON.stringify([subject.kind, subject.key, item]);
      const before = members.size;
      if (edge === 'begins') members.set(member, { subject, item });
      else members.delete(member);
      if (members.size > 0) this.#members.set(key, members);
      else this.#members.delete(key);
      this.#counts.set(owner.dc, (this.#counts.get(owner.dc) ?? 0) + members.size - before);
      return [owner];
    });
  }
}

const highestScore = ({ strips }: FlapTrack): number => Math.max(...strips.map(({ leastScore }) => leastScore));

function ownerOf({ kind, dc, service, node }: Subject): FlapOwner | null {
  if (kind === 'node') return node === null ? null : { kind, dc, name: node };
  return service === null ? null : { kind: 'service', dc, name: service };
}

const nameOf = ({ kind, dc, name }: FlapOwner): string => `${kind} ${nodeKey(dc, name)}`;

import type { Subject, Transition } from '@/lib/history/transition';
import { DatacenterFlaps, type FlapEdge, NO_EDGES, type ResumedState } from './datacenter-flaps';
import type { FlapSettings } from './flap-settings';
import type { FlapTrack } from './flap-track';
import { KEPT_SLOTS } from './slot-strip';

/**
 * Finds what flaps: checks, instances, nodes and services, by the transitions of the record in their order. All it knows follows from them, from the gaps, and from
 * until when a datacenter was watched: the record read again gives the same, however often `advance` was called. Only of what changed lately is anything kept.
 * Times are ms since 1970.
 */
export class FlapDetector {
  readonly #datacenters = new Map<string, DatacenterFlaps>();

  constructor(
    /** By a service's name; null: of a node. */
    private readonly settingsOf: (service: string | null) => FlapSettings,
    /** The widest slots that any of these settings have. */
    private readonly widestSlotMs: number,
  ) {}

  /** Everything of which something is kept. */
  *tracks(): Generator<FlapTrack> {
    for (const dc of this.#datacenters.values()) yield* dc.tracks();
  }

  /** Undefined: nothing was seen of this datacenter. */
  datacenter(name: string): Pick<DatacenterFlaps, 'time' | 'trackOf'> | undefined {
    return this.#datacenters.get(name);
  }

  /** One transition, in the record's order. */
  observe(transition: Transition): readonly FlapEdge[] {
    const { subject, kind, to, observedAtMs } = transition;
    if (kind === 'clock-set') {
      for (const dc of this.#datacenters.values()) dc.clockSet(Number(to), observedAtMs);
    }
    return subject.dc === '' ? NO_EDGES : this.#datacenter(subject.dc, observedAtMs).observe(transition);
  }

  /** Up to a moment everything of a datacenter was seen, or lies in a gap: to be said at least once a slot. */
  advance(dc: string, untilMs: number): readonly FlapEdge[] {
    return this.#datacenter(dc, untilMs).advance(untilMs);
  }

  /** From this moment on nobody watches a datacenter. */
  gapBegins(dc: string, fromMs: number): readonly FlapEdge[] {
    const edges = this.advance(dc, fromMs);
    this.#datacenter(dc, fromMs).time.gapBegins(fromMs);
    return edges;
  }

  /** It is watched again. */
  gapEnds(dc: string, toMs: number): readonly FlapEdge[] {
    this.#datacenter(dc, toMs).time.gapEnds(toMs);
    return this.advance(dc, toMs);
  }

  /** How something stood at the moment in which the record that is read begins, where it flapped already or was in maintenance. */
  resume(subject: Subject, item: string | null, atMs: number, state: ResumedState): void {
    this.#datacenter(subject.dc, atMs).resume(subject, item, atMs, state);
  }

  #datacenter(name: string, atMs: number): DatacenterFlaps {
    const known = this.#datacenters.get(name);
    if (known) return known;
    const dc = new DatacenterFlaps(this.settingsOf, (KEPT_SLOTS + 1) * this.widestSlotMs, atMs);
    this.#datacenters.set(name, dc);
    return dc;
  }
}

import type { FleetBody, FreshnessState } from '@/lib/fleet/model';
import { type LiveFreshness, liveFreshness } from '@/lib/stream/live-freshness';
import type { HeartbeatEvent } from '@/lib/stream/protocol';

interface Beat {
  readonly epoch: number | null;
  readonly seq: number;
  readonly atMs: number;
  readonly datacenters: ReadonlyMap<string, { state: FreshnessState; lastContactMs: number | null }>;
}

/** The last heartbeat, and what it and the fleet say together of each datacenter. */
export class FreshnessBook {
  #beat: Beat | null = null;
  /** Last answers: an equal one is the same object, so that nobody renders for it. */
  readonly #answers = new Map<string, LiveFreshness>();

  heartbeat(epoch: number | null, event: HeartbeatEvent): void {
    const datacenters = new Map(event.freshness.map((entry) => [entry.dc, entry]));
    this.#beat = { epoch, seq: event.seq, atMs: Date.parse(event.at), datacenters };
  }

  /** `silentSinceMs`, `startedAtMs`, `nowMs`: see `FreshnessEvidence`. */
  of(
    dc: string,
    fleet: FleetBody | undefined,
    times: { silentSinceMs: number | null; startedAtMs: number; nowMs: number },
  ): LiveFreshness {
    const found = fleet?.datacenters.find((datacenter) => datacenter.name === dc);
    const record = fleet && found ? { freshness: found.freshness, atMs: Date.parse(fleet.at) } : null;
    const answer = liveFreshness({
      ...times,
      record,
      heartbeat: this.#heartbeatOf(dc, fleet, record?.freshness.state),
    });
    const last = this.#answers.get(dc);
    if (last && sameFreshness(last, answer)) return last;
    this.#answers.set(dc, answer);
    return answer;
  }

  #heartbeatOf(dc: string, fleet: FleetBody | undefined, recordState: FreshnessState | undefined) {
    const beat = this.#beat;
    const entry = beat?.datacenters.get(dc);
    if (!beat || !entry) return null;
    if (fleet && beat.epoch !== null && beat.epoch !== fleet.epoch) return null;
    // A change that came after the heartbeat knows better; the age is still the heartbeat's.
    const state = fleet && recordState && fleet.seq > beat.seq ? recordState : entry.state;
    return { state, lastContactMs: entry.lastContactMs, atMs: beat.atMs };
  }
}

const sameFreshness = (a: LiveFreshness, b: LiveFreshness): boolean =>
  a.state === b.state && a.lastContactMs === b.lastContactMs && a.reason === b.reason && a.since === b.since;

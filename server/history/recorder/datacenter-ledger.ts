import type { DatacenterRecord } from '@/lib/fleet/model';
import { datacenterTransitions, type RecordedDatacenter } from '@/lib/history/datacenter-transitions';
import type { RecordedNode } from '@/lib/history/recorded';
import type { ServiceState } from '@/lib/history/service-transitions';
import type { LeftBehind } from '@/server/history/record-store';
import { GapKeeper } from './gap-keeper';
import type { RecordSink } from './record-sink';
import { SubjectLedger } from './subject-ledger';

/** What the recorder keeps of one datacenter: names and moments, never a copy of the fleet. Times are ms since 1970 by the machine's clock. */
export class DatacenterLedger {
  readonly services = new SubjectLedger<ServiceState>();
  readonly nodes = new SubjectLedger<RecordedNode>();
  readonly gap: GapKeeper;
  /** Until when the record is complete; 0: it knew nothing of this datacenter. */
  recordedUntilMs = 0;
  /** What was held when this process began to write reaches back to the record's end. */
  isCovered = false;
  /** The names that the record has are known. */
  isLoaded = false;
  /** Since when it is read without a break, on the steady clock; null: it is not. */
  watchedSinceMs: number | null = null;
  /** Since when Consul does not name it, on the steady clock; null: it does. */
  absentSinceMs: number | null = null;
  /** As it stands in the record; undefined: it does not. */
  #recorded: RecordedDatacenter | undefined;
  #writes = false;

  constructor(
    readonly dc: string,
    private readonly sink: RecordSink,
  ) {
    this.gap = new GapKeeper(dc);
  }

  get isRecorded(): boolean {
    return this.#recorded !== undefined;
  }

  /** Nothing is known of the record any longer. */
  follow(): void {
    this.#writes = false;
    this.services.follow();
    this.nodes.follow();
    this.gap.clear();
    this.#recorded = undefined;
    this.recordedUntilMs = 0;
    this.isCovered = false;
    this.isLoaded = false;
  }

  /** This process writes already, and the datacenter is new to it. */
  beginUnknown(): void {
    this.#writes = true;
  }

  /** This process writes from now on. @param heldFromMs since when everything that was seen is held. @param reason why nobody watched, where nobody did */
  begin(left: LeftBehind, heldFromMs: number, reason: string): void {
    this.follow();
    this.#writes = true;
    const open = left.openGaps.find(({ dc }) => dc === this.dc);
    if (open) this.gap.adopt(open.fromMs);
    const freshness = left.freshness.get(this.dc);
    if (freshness === undefined) return;
    this.#recorded = { freshness, leader: left.leaders.get(this.dc) ?? null };
    this.recordedUntilMs = left.aliveMs ?? 0;
    this.isCovered = heldFromMs <= this.recordedUntilMs;
    if (!this.isCovered) this.beginGap(this.recordedUntilMs, reason, []);
  }

  /** Takes the datacenter's own state into the record, and begins a gap where it is not live. @param seen names of what is known in it, by kind */
  judge({ freshness, leader }: DatacenterRecord, seen: () => readonly Iterable<string>[], nowMs: number): void {
    const { state, lastContactMs, reason } = freshness;
    // Before the first answer nothing is known of it, and it was not asked for longer than a moment.
    if (!this.#writes || (state === 'stale' && lastContactMs === null)) return;
    this.#put({ freshness: state, leader: leader ?? this.#recorded?.leader ?? null }, nowMs);
    if (state === 'live' || this.gap.isOpen) return;
    this.beginGap(nowMs - (lastContactMs ?? 0), reason ?? `The datacenter was ${state}.`, seen());
  }

  /** Consul has it no longer. */
  forget(nowMs: number): void {
    if (!this.#writes || !this.#recorded) return;
    this.endGap(nowMs);
    this.#put(undefined, nowMs);
  }

  beginGap(atMs: number, reason: string, unseen: readonly Iterable<string>[]): void {
    const change = this.gap.begin(atMs, reason, unseen);
    if (change) this.sink.gap(change);
  }

  endGap(atMs: number): void {
    const change = this.gap.end(atMs);
    if (change) this.sink.gap(change);
  }

  #put(next: RecordedDatacenter | undefined, observedAtMs: number): void {
    const origin = { observedAtMs, index: null, merged: false, unwatchedFromMs: null };
    const transitions = datacenterTransitions(this.dc, this.#recorded, next, origin);
    this.#recorded = next;
    this.sink.transitions(transitions);
  }
}

import type { DatacenterRecord } from '@/lib/fleet/model';
import type { NodeDetail } from '@/lib/fleet/observe-node';
import type { ServiceDetail } from '@/lib/fleet/observe-service';
import { recordedNode } from '@/lib/history/node-transitions';
import type { Clock } from '@/server/consul/clock';
import type { FleetObserver, Step } from '@/server/fleet/fleet-observer';
import type { ReadingProgress } from '@/server/fleet/reading-progress';
import type { LeftBehind, RecordWriter } from '@/server/history/record-store';
import { DatacenterLedger } from './datacenter-ledger';
import { RecordComparison } from './record-comparison';
import type { RecordSink } from './record-sink';
import type { RecordedKind } from './recorded-kind';
import { type PresentFleet, recordedNodes, recordedServices, serviceState } from './recorded-kinds';
import type { SubjectLedger } from './subject-ledger';

/** What another replica may not have written yet is held so long: it ends leading sooner than that. */
const HOLD_MS = 60_000;
/** Of more than this only the newest are held, in a memory that must not grow with the weather. */
const MOST_HELD = 20_000;
const CROWDED_HOLD_MS = 10_000;
/** What was held back on its way arrives with the first sign of life or soon after it, ms: until then it is not watched again. */
const SETTLES_WITHIN_MS = 1_000;
/** A watch that still fails so long after its datacenter is live again does not keep its gap open, ms. */
const READ_ANEW_WITHIN_MS = 10_000;
/** A datacenter that Consul does not name for so long is gone: an agent that has just restarted names only its own at first. */
const ABSENT_AFTER_MS = 35_000;

/** Places in the list of kinds that a gap is given. */
const SERVICES = 0;
const NODES = 1;

export interface FleetRecordOptions {
  readonly fleet: PresentFleet;
  readonly progress: (dc: string) => ReadingProgress;
  /** Every Consul address answers: what it does not name it does not have. */
  readonly reachesAll: () => boolean;
  /** When the oldest of Consul's answers came that is not taken in yet, on the steady clock; null: there is none. */
  readonly oldestUnreadMs: () => number | null;
  readonly clock: Clock;
  readonly sink: RecordSink;
}

/**
 * Makes transitions and gaps of what the fleet's store takes in. While another replica writes, it holds what it sees; once this one does, it first brings the
 * record of each subject up to the present, and from then on tells each change as it comes.
 */
export class FleetRecord implements FleetObserver {
  readonly #ledgers = new Map<string, DatacenterLedger>();
  readonly #kinds: Pick<RecordComparison['options'], 'services' | 'nodes'>;
  readonly #comparison: RecordComparison;
  #writes = false;
  /** Grows whenever what is known of the record is void. */
  #term = 0;
  /** Since when all that was seen is held, but for what is too old; on the steady clock. */
  #holdsSinceMs = Number.NEGATIVE_INFINITY;
  #catchesUp = false;

  constructor(private readonly options: FleetRecordOptions) {
    const { fleet, sink } = options;
    this.#kinds = { services: recordedServices(fleet), nodes: recordedNodes(fleet) };
    this.#comparison = new RecordComparison({
      ...{ ...this.#kinds, sink, seesAll: (ledger) => this.#seesAll(ledger), wallMs: () => this.#wallMs() },
    });
  }

  onService(step: Step<ServiceDetail>): void {
    const ledger = this.#ledger(step.dc);
    const states = { previous: serviceState(step.previous), next: serviceState(step.next) };
    this.#see(SERVICES, ledger, ledger.services, this.#kinds.services, { ...step, ...states });
  }

  onNode(step: Step<NodeDetail>): void {
    const ledger = this.#ledger(step.dc);
    const { name, previous, next, sighting } = step;
    // All nodes are told with each answer about any of them.
    if (previous && next && isSame(previous, next)) {
      ledger.gap.see(NODES, name, sighting.afterGap);
      return;
    }
    const states = { previous: previous && recordedNode(previous), next: next && recordedNode(next) };
    this.#see(NODES, ledger, ledger.nodes, this.#kinds.nodes, { ...step, ...states });
  }

  onDatacenter(name: string, _previous: DatacenterRecord | undefined, next: DatacenterRecord | undefined): void {
    const ledger = this.#ledger(name);
    if (next) this.#judge(ledger, next);
    else if (this.#comparison.isInStep(ledger)) ledger.forget(this.#wallMs());
  }

  /** Another replica writes from now on, or what was to be written is given up. */
  follow(): void {
    this.#writes = false;
    this.#term += 1;
    this.#holdsSinceMs = this.options.clock.now();
    for (const ledger of this.#ledgers.values()) ledger.follow();
  }

  /**
   * This process writes from now on.
   * @param reason why nobody watched since the record's end, where that is so: a sentence
   */
  begin(left: LeftBehind, reason: string): void {
    this.#writes = true;
    this.#term += 1;
    const nowMs = this.options.clock.now();
    const recorded = [...left.freshness.keys(), ...left.openGaps.map(({ dc }) => dc)];
    for (const dc of new Set([...recorded, ...this.options.fleet.datacenters()])) {
      const ledger = this.#ledger(dc);
      const heldFromMs = Math.max(ledger.watchedSinceMs ?? nowMs, this.#holdsSinceMs, nowMs - HOLD_MS);
      ledger.begin(left, this.#wallMs(heldFromMs), reason);
    }
  }

  /** Until when all that was seen is told, at most now; ms since 1970. */
  get toldUntilMs(): number {
    const behind = [...this.#ledgers.values()].filter(
      (ledger) => ledger.isCovered && !ledger.gap.isOpen && !this.#comparison.isInStep(ledger),
    );
    const unreadMs = this.options.oldestUnreadMs();
    // What an answer brings was seen when it came, though it may be taken in much later.
    const seenUntilMs = unreadMs === null ? this.#wallMs() : this.#wallMs(unreadMs) - 1;
    return Math.min(seenUntilMs, ...behind.map(({ recordedUntilMs }) => recordedUntilMs));
  }

  /** To be called several times a second. */
  tick(): void {
    this.#letGo();
    for (const ledger of this.#ledgers.values()) this.#look(ledger);
  }

  /**
   * Compares the records of what is not in step yet, as far as the present is known of it and `hasRoom`.
   * @throws RecordError where the record cannot be read
   */
  async catchUp(writer: RecordWriter, hasRoom: () => boolean): Promise<void> {
    if (this.#catchesUp || !this.#writes) return;
    this.#catchesUp = true;
    const term = this.#term;
    const goesOn = () => term === this.#term && hasRoom();
    try {
      for (const ledger of [...this.#ledgers.values()]) {
        const known = this.options.progress(ledger.dc).synced || this.#isAbsent(ledger);
        if (known && goesOn()) await this.#comparison.run(ledger, writer, goesOn);
      }
    } finally {
      this.#catchesUp = false;
    }
  }

  #ledger(dc: string): DatacenterLedger {
    const known = this.#ledgers.get(dc);
    if (known) return known;
    const ledger = new DatacenterLedger(dc, this.options.sink);
    if (this.#writes) ledger.beginUnknown();
    this.#ledgers.set(dc, ledger);
    return ledger;
  }

  #see<State>(
    kindAt: number,
    ledger: DatacenterLedger,
    subjects: SubjectLedger<State>,
    kind: RecordedKind<State>,
    { dc, name, previous, next, sighting, provenance }: Step<State>,
  ): void {
    const { index, merged } = provenance;
    const seen = { observedAtMs: Date.parse(sighting.at), index, merged };
    const notSeenFromMs = ledger.gap.see(kindAt, name, sighting.afterGap);
    if (subjects.isInStep(name)) {
      // What is there at the first look came at some moment before.
      const firstLookMs = previous === undefined && sighting.afterGap ? ledger.recordedUntilMs : null;
      const unwatchedFromMs = notSeenFromMs ?? firstLookMs;
      this.options.sink.transitions(kind.difference(dc, name, previous, next, { ...seen, unwatchedFromMs }));
      return;
    }
    const differs = () => kind.difference(dc, name, previous, next, { ...seen, unwatchedFromMs: null }).length > 0;
    // Whole records are held without a look: their texts would be made twice.
    const isWhole = previous === undefined || next === undefined;
    if (isWhole || differs()) subjects.hold(name, { ...seen, next }, this.options.clock.now());
  }

  #look(ledger: DatacenterLedger): void {
    const { fleet, clock, progress, reachesAll } = this.options;
    const nowMs = clock.now();
    const record = fleet.datacenterRecord(ledger.dc);
    const reading = progress(ledger.dc);
    const live = record?.freshness.state === 'live' && reading.synced;
    ledger.watchedSinceMs = live ? (ledger.watchedSinceMs ?? nowMs) : null;
    ledger.absentSinceMs = record || !reachesAll() ? null : (ledger.absentSinceMs ?? nowMs);
    if (!this.#writes) return;
    if (record) this.#judge(ledger, record);
    else if (this.#isAbsent(ledger) && this.#comparison.isInStep(ledger)) ledger.forget(this.#wallMs());
    if (!ledger.gap.isOpen || !live) return;
    const watchedMs = nowMs - (ledger.watchedSinceMs ?? nowMs);
    const readAnew = reading.notLive === 0 || watchedMs > READ_ANEW_WITHIN_MS;
    const settled = watchedMs >= SETTLES_WITHIN_MS && this.options.oldestUnreadMs() === null;
    if (readAnew && settled && this.#comparison.isInStep(ledger)) ledger.endGap(this.#wallMs());
  }

  #letGo(): void {
    const nowMs = this.options.clock.now();
    const subjects = [...this.#ledgers.values()].flatMap(({ services, nodes }) => [services, nodes]);
    const crowded = subjects.reduce((sum, { size }) => sum + size, 0) > MOST_HELD;
    const fromMs = nowMs - (crowded ? CROWDED_HOLD_MS : HOLD_MS);
    if (crowded) this.#holdsSinceMs = Math.max(this.#holdsSinceMs, fromMs);
    for (const each of subjects) each.expire(fromMs);
  }

  #judge(ledger: DatacenterLedger, record: DatacenterRecord): void {
    const { fleet } = this.options;
    ledger.judge(record, () => [fleet.services(ledger.dc), fleet.nodes(ledger.dc)], this.#wallMs());
  }

  #isAbsent({ absentSinceMs }: DatacenterLedger): boolean {
    return absentSinceMs !== null && this.options.clock.now() - absentSinceMs > ABSENT_AFTER_MS;
  }

  #seesAll(ledger: DatacenterLedger): boolean {
    const record = this.options.fleet.datacenterRecord(ledger.dc);
    if (!record) return this.#isAbsent(ledger);
    return record.freshness.state === 'live' && !record.partial && this.options.progress(ledger.dc).synced;
  }

  /** ms since 1970 by the machine's clock. */
  #wallMs(steadyMs = this.options.clock.now()): number {
    return Date.parse(this.options.clock.iso(steadyMs));
  }
}

function isSame(previous: NodeDetail, next: NodeDetail): boolean {
  if (previous.node !== next.node || previous.checks.length !== next.checks.length) return false;
  return next.checks.every((check, at) => check === previous.checks[at]);
}

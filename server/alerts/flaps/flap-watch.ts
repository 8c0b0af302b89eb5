import type { FlapEdge } from '@/lib/flapping/datacenter-flaps';
import type { FlapDetector } from '@/lib/flapping/flap-detector';
import type { FlapTrack } from '@/lib/flapping/flap-track';
import type { DatacenterRecord, Status } from '@/lib/fleet/model';
import { compareText } from '@/lib/fleet/observe-checks';
import type { NodeDetail } from '@/lib/fleet/observe-node';
import type { ServiceDetail } from '@/lib/fleet/observe-service';
import { instanceSubject } from '@/lib/history/subjects';
import type { Subject, Transition } from '@/lib/history/transition';
import type { Clock, Timer } from '@/server/consul/clock';
import type { FleetObserver, Step } from '@/server/fleet/fleet-observer';
import type { FleetStore } from '@/server/fleet/fleet-store';
import type { ReadingProgress } from '@/server/fleet/reading-progress';
import { Deployments } from './deployments';
import type { FlapBefore, FlapRecord } from './flap-record';
import type { FlapSettingsInForce } from './flap-settings-in-force';
import { FlapStart } from './flap-start';
import { type FlapOwner, FlappingMembers, ownerKey, ownerOf } from './flapping-members';
import { clockSet, ofNode, ofService } from './step-transitions';
import { WatchedSpan } from './watched-span';

const TICK_MS = 250;
/** Time is told to the detector a few times a slot, and not much oftener than it can matter. */
const LONGEST_ADVANCE_MS = 5_000;

export type FlapFleet = Pick<
  FleetStore,
  'datacenters' | 'datacenterRecord' | 'services' | 'serviceDetail' | 'nodes' | 'nodeDetail'
>;

export interface FlapWatchOptions {
  readonly clock: Clock;
  readonly fleet: FlapFleet;
  readonly record: FlapRecord;
  settings(): FlapSettingsInForce;
  /** What flapped when Lictor last wrote it down. */
  before(): Promise<readonly FlapBefore[]>;
  progress(dc: string): ReadingProgress;
  /** When the oldest of Consul's answers came that is not taken in yet, on the steady clock; null: there is none. */
  oldestUnreadMs(): number | null;
  /** By how many ms the machine's clock was set since the last time; 0: it was not. */
  clockStepMs(): number;
  /** Told soon after something of these began or ceased to flap, many at once; the first time when it begins to look. */
  onChange(owners: readonly FlapOwner[]): void;
  readonly log: { warn(sentence: string): void };
}

/**
 * Finds what flaps in the running fleet, whether or not this Lictor leads: it makes transitions of what the store takes in, tells them to the detector in their
 * order, and says when a datacenter is not watched. Before its first look it reads the record, so that a restart in mid-flap changes nothing.
 */
export class FlapWatch implements FleetObserver {
  readonly members = new FlappingMembers();
  readonly deployments = new Deployments();
  readonly #spans = new Map<string, WatchedSpan>();
  /** Null: it does not look yet. */
  #detector: FlapDetector | null = null;
  #start: FlapStart | null = null;
  #settings: FlapSettingsInForce;
  readonly #changed = new Map<string, FlapOwner>();
  #announces = false;
  #advancedAtMs = Number.NEGATIVE_INFINITY;
  #timer: Timer | undefined;
  #stopped = false;

  constructor(private readonly options: FlapWatchOptions) {
    this.#settings = options.settings();
  }

  get isLooking(): boolean {
    return this.#detector !== null;
  }

  /** Of the settings in force, ms. */
  get fastestSlotMs(): number {
    return this.#settings.fastestSlotMs;
  }

  start(): void {
    this.#tick();
    void this.restart();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) this.options.clock.clearTimeout(this.#timer);
  }

  /** By the settings as they are now: what happened is judged anew. What was found before stands until then. */
  async restart(): Promise<void> {
    const { clock, record, before, settings, log } = this.options;
    const start = new FlapStart({
      ...{ record, before, settings: settings(), clock, nowMs: () => this.#wallMs() },
      onRecorded: (transition) => this.deployments.note(transition),
    });
    this.#start = start;
    for (const [dc, span] of this.#spans) if (span.isWatched) start.live(dc, this.#wallMs());
    const { detector, unread } = await start.run();
    // Another one was begun meanwhile, by newer settings.
    if (this.#start !== start || this.#stopped) return;
    this.#start = null;
    this.#settings = start.settings;
    if (unread !== null)
      log.warn(`What flapped before cannot be told, so flapping is looked for from now on: ${unread}`);
    this.#swap(detector, start);
  }

  track({ subject, item }: Pick<FlapTrack, 'subject' | 'item'>): FlapTrack | undefined {
    return this.#detector?.datacenter(subject.dc)?.trackOf(subject, item);
  }

  time(dc: string) {
    return this.#detector?.datacenter(dc)?.time;
  }

  /** To be written down, for who begins anew. */
  get before(): FlapBefore[] {
    const all = [...this.members.all()].flatMap((member) => {
      const sinceMs = this.track(member)?.flappingSinceMs ?? null;
      return sinceMs === null ? [] : [{ subject: member.subject, item: member.item, sinceMs }];
    });
    const nameOf = ({ subject, item }: FlapBefore) => JSON.stringify([subject.kind, subject.key, item]);
    return all.sort((a, b) => compareText(nameOf(a), nameOf(b)));
  }

  onService(step: Step<ServiceDetail>): void {
    const { dc, name, previous, next, sighting } = step;
    const unwatchedFromMs = this.#span(dc).see('service', name, sighting.afterGap, previous === undefined);
    if (previous === next || isFound(previous, unwatchedFromMs) || !this.#isTold(dc)) return;
    for (const transition of ofService(step, unwatchedFromMs)) this.#tell(transition);
  }

  onNode(step: Step<NodeDetail>): void {
    const { dc, name, previous, next, sighting } = step;
    const unwatchedFromMs = this.#span(dc).see('node', name, sighting.afterGap, previous === undefined);
    if (previous === next || isFound(previous, unwatchedFromMs) || !this.#isTold(dc)) return;
    for (const transition of ofNode(step, unwatchedFromMs)) this.#tell(transition);
  }

  onDatacenter(name: string, _previous: DatacenterRecord | undefined, _next: DatacenterRecord | undefined): void {
    this.#judge(name);
  }

  /** What is seen before that is told by the record, or by nobody. */
  #isTold(dc: string): boolean {
    return this.#detector !== null || (this.#start?.isLive(dc) ?? false);
  }

  #tell(transition: Transition): void {
    this.#start?.observe(transition);
    this.deployments.note(transition);
    if (this.#detector) this.#take(this.#detector.observe(transition));
  }

  #tick(): void {
    if (this.#stopped) return;
    this.#timer = this.options.clock.setTimeout(() => this.#tick(), TICK_MS);
    const stepMs = this.options.clockStepMs();
    if (stepMs !== 0) this.#tell(clockSet(stepMs, this.#wallMs()));
    for (const dc of new Set([...this.options.fleet.datacenters(), ...this.#spans.keys()])) this.#judge(dc);
    const nowMs = this.options.clock.now();
    if (nowMs - this.#advancedAtMs < Math.min(LONGEST_ADVANCE_MS, this.#settings.fastestSlotMs / 4)) return;
    this.#advancedAtMs = nowMs;
    for (const [dc, span] of this.#spans) if (span.isWatched) this.#advance(dc);
  }

  #advance(dc: string): void {
    const { clock, fleet, oldestUnreadMs } = this.options;
    const unreadMs = oldestUnreadMs();
    const seenMs = clock.now() - (fleet.datacenterRecord(dc)?.freshness.lastContactMs ?? 0);
    const untilMs = this.#wallMs(unreadMs === null ? seenMs : Math.min(seenMs, unreadMs - 1));
    if (this.#detector) this.#take(this.#detector.advance(dc, untilMs));
  }

  #judge(dc: string): void {
    const { clock, fleet, progress, oldestUnreadMs } = this.options;
    const { synced, notLive } = progress(dc);
    const watching = { record: fleet.datacenterRecord(dc), synced, notLive, hasUnread: oldestUnreadMs() !== null };
    const now = { wallMs: this.#wallMs(), steadyMs: clock.now() };
    const known = () => ({ services: fleet.services(dc), nodes: fleet.nodes(dc) });
    const change = this.#span(dc).judge(watching, now, known);
    if (change?.edge === 'gap-begins') {
      this.#start?.gapBegins(dc, change.atMs);
      if (this.#detector) this.#take(this.#detector.gapBegins(dc, change.atMs));
    } else if (change) {
      this.#start?.live(dc, change.atMs);
      if (!this.#detector) return;
      this.#take(this.#detector.gapEnds(dc, change.atMs));
      this.#noteMaintenance(dc);
    }
  }

  #swap(detector: FlapDetector, start: FlapStart): void {
    const before = [...this.members.all()];
    this.#detector = detector;
    for (const member of before) this.#note({ edge: 'ends', ...member });
    for (const [dc, span] of this.#spans) {
      if (!span.isWatched) detector.gapBegins(dc, this.#wallMs());
      if (start.isLive(dc)) this.#noteMaintenance(dc);
    }
    for (const track of detector.tracks())
      if (track.flappingSinceMs !== null) this.#note({ edge: 'begins', ...named(track) });
    this.#announce();
  }

  /**
   * What is in maintenance at the first look went into it, and what is not came out of it, when nobody told the detector. Looks at those alone: a subject made for each
   * of 50,000 instances held up everybody for a tenth of a second.
   */
  #noteMaintenance(dc: string): void {
    const wereIn = [...(this.#detector?.tracks() ?? [])].filter(
      ({ subject, item, isInMaintenance }) => isInMaintenance && item === null && subject.dc === dc,
    );
    const services = new Set(wereIn.map(({ subject }) => subject.service));
    for (const service of this.options.fleet.services(dc)) {
      const detail = this.options.fleet.serviceDetail(dc, service);
      if (!detail || (detail.service.maintenance === 0 && !services.has(service))) continue;
      for (const instance of detail.instances)
        this.#noteMaintenanceOf(instanceSubject(dc, service, instance), instance);
    }
  }

  #noteMaintenanceOf(subject: Subject, { status }: { readonly status: Status }): void {
    const track = this.track({ subject, item: null });
    const isInMaintenance = status === 'maintenance';
    if (isInMaintenance === (track?.isInMaintenance ?? false)) return;
    const flappingSinceMs = track?.flappingSinceMs ?? null;
    this.#detector?.resume(subject, null, this.#wallMs(), { flappingSinceMs, isInMaintenance });
  }

  #take(edges: readonly FlapEdge[]): void {
    for (const edge of edges) this.#note(edge);
  }

  #note(edge: Pick<FlapEdge, 'edge' | 'subject' | 'item'>): void {
    this.members.take(edge);
    const owner = ownerOf(edge.subject);
    if (!owner) return;
    this.#changed.set(ownerKey(owner), owner);
    this.#announce();
  }

  /** After the turn: the store, which told this, is not to be changed within it. */
  #announce(): void {
    if (this.#announces) return;
    this.#announces = true;
    queueMicrotask(() => {
      this.#announces = false;
      const owners = [...this.#changed.values()];
      this.#changed.clear();
      if (!this.#stopped) this.options.onChange(owners);
    });
  }

  #span(dc: string): WatchedSpan {
    const span = this.#spans.get(dc) ?? new WatchedSpan();
    this.#spans.set(dc, span);
    return span;
  }

  /** ms since 1970 by the machine's clock. */
  #wallMs(steadyMs = this.options.clock.now()): number {
    return Date.parse(this.options.clock.iso(steadyMs));
  }
}

/** That it was there when somebody looked again says nothing of when it came, and a first read of a fleet finds all of it so. */
const isFound = (previous: unknown, unwatchedFromMs: number | null): boolean =>
  previous === undefined && unwatchedFromMs !== null;

const named = ({ subject, item }: FlapTrack) => ({ subject, item });

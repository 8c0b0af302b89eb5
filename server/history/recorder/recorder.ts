import { lictorSubject } from '@/lib/history/subjects';
import type { Subject, Transition, TransitionKind } from '@/lib/history/transition';
import { backoffMs } from '@/server/consul/backoff';
import { Pause } from '@/server/consul/pause';
import type { LeftBehind, RecordWriter } from '@/server/history/record-store';
import { RecordError } from '@/server/history/record-store';
import { ClockWatch } from './clock-watch';
import { ConfigurationRecord } from './configuration-record';
import { FleetRecord, type FleetRecordOptions } from './fleet-record';
import { Notices } from './notices';
import { QUEUE_LIMITS, type QueueLimits, RecordQueue } from './record-queue';
import type { RecordSink } from './record-sink';

const TICK_MS = 250;
const FLUSH_MS = 150;
/** Without a change too it is said so often that everything is watched: a crash then costs the record no longer gap. */
const ALIVE_EVERY_MS = 1_000;
/** What catches up waits while so many transitions do. */
const CROWDED_AT = 10_000;
/** Of what is noted while nothing can be written the newest are kept. */
const MOST_EARLY = 100;
/** The last batch is given so long, ms: with it the end stays within the process's. */
const LAST_BATCH_LIMIT_MS = 1_500;

const NOBODY_WROTE = 'Nobody watched: no Lictor was writing the record.';
const NO_ROOM = 'What was observed was given up for want of room: the record could not be written for too long.';

export interface RecorderOptions extends Omit<FleetRecordOptions, 'sink'> {
  readonly writer: RecordWriter;
  readonly leadership: {
    /** `holder`: who leads; null: it is not known that anybody does. */
    readonly state: { readonly leads: boolean; readonly holder: string | null; readonly reason: string | null };
    onChange(listener: () => void): void;
  };
  readonly random: () => number;
  /** The name of this replica. */
  readonly replica: string;
  /** Of Lictor. */
  readonly version: string;
  readonly log: { warn(details: object, message: string): void; info(details: object, message: string): void };
  readonly limits?: QueueLimits;
}

export interface RecorderStatus {
  /** `opening`: not yet; `following`: another one writes; `down`: it cannot be written. */
  readonly state: 'opening' | 'writing' | 'following' | 'down';
  /** Transitions that wait. */
  readonly queued: number;
  /** Transitions that were given up for want of room, since the start. */
  readonly dropped: number;
  readonly written: number;
  /** Age of the last batch, ms; null: there was none. */
  readonly lastFlushMs: number | null;
}

/** Writes the record while this process leads, and holds what it sees while it does not. Nothing that is live waits for it. */
export class Recorder {
  readonly fleet: FleetRecord;
  readonly configuration: ConfigurationRecord;
  readonly #notices: Notices;
  readonly #queue: RecordQueue;
  readonly #clockWatch: ClockWatch;
  readonly #pause: Pause;
  #state: RecorderStatus['state'] = 'opening';
  #dropped = 0;
  #written = 0;
  #hasPen = false;
  /** In a row. */
  #failures = 0;
  /** Of the last batch that is written, ms since 1970; null: this process has written none since it began. */
  #aliveMs: number | null = null;
  #flushedAtMs: number | null = null;
  #overflowed = false;
  /** What was noted before the pen was taken. */
  readonly #early: Transition[] = [];
  /** Why the record could not be read. */
  #trouble: unknown = null;
  #stopping = false;
  #ended: Promise<void> = Promise.resolve();

  constructor(private readonly options: RecorderOptions) {
    const { clock } = options;
    this.#queue = new RecordQueue(options.limits ?? QUEUE_LIMITS);
    this.#clockWatch = new ClockWatch(clock);
    this.#pause = new Pause(clock);
    this.#notices = new Notices(clock);
    const sink: RecordSink = {
      transitions: (some) => this.#enqueue(some),
      gap: (change) => this.#queue.addGap(change),
    };
    this.fleet = new FleetRecord({ ...options, sink });
    this.configuration = new ConfigurationRecord(clock, sink);
  }

  start(): void {
    this.options.leadership.onChange(() => this.#pause.end());
    this.#tick();
    this.#ended = this.#run();
  }

  /** Writes what is left, and says in the record that it ends. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#pause.end();
    const { clock } = this.options;
    await new Promise<void>((resolve) => {
      const limit = clock.setTimeout(resolve, LAST_BATCH_LIMIT_MS);
      void this.#ended.finally(() => {
        clock.clearTimeout(limit);
        resolve();
      });
    });
  }

  get status(): RecorderStatus {
    const { clock } = this.options;
    return {
      state: this.#state,
      queued: this.#queue.size,
      dropped: this.#dropped,
      written: this.#written,
      lastFlushMs: this.#flushedAtMs === null ? null : clock.now() - this.#flushedAtMs,
    };
  }

  get notices(): Notices['all'] {
    return this.#notices.all;
  }

  /** Why nothing is written, a sentence; null: it is, or another one writes. */
  get trouble(): string | null {
    return this.#notices.present;
  }

  /** Something that a person should know of the record. */
  notice(sentence: string): void {
    this.options.log.warn({}, sentence);
    this.#notices.keep(sentence);
  }

  /** What Lictor itself, or a person by it, wrote somewhere. */
  recordWrite(subject: Subject, summary: string): void {
    this.#note(subject, 'write', null, summary);
  }

  /** @param alert its id */
  recordAlert(subject: Subject, from: string | null, to: string, alert: string): void {
    this.#note(subject, 'alert', from, to, alert);
  }

  recordRelease(subject: Subject, from: string | null, to: string): void {
    this.#note(subject, 'release', from, to);
  }

  /** @param edge its key */
  recordEdge(subject: Subject, edge: string, from: string | null, to: string | null): void {
    this.#note(subject, 'edge', from, to, edge);
  }

  /** @param lostAt when the last healthy instance fell, ISO 8601 */
  recordFailover(subject: Subject, lostAt: string, from: string | null, to: string): void {
    this.#note(subject, 'failover', from, to, lostAt);
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      if (!this.options.leadership.state.leads) {
        this.#pauseWriting();
        await this.#pause.sleep(TICK_MS);
        continue;
      }
      try {
        this.#take(await this.options.writer.takePen(this.options.replica));
        await this.#write();
      } catch (error) {
        this.#fail(error);
        if (!this.#stopping) await this.#pause.sleep(backoffMs(this.#failures, this.options.random()));
      }
    }
    await this.#end();
  }

  /** Goes on where it was interrupted, or begins anew. */
  #take(left: LeftBehind): void {
    this.#trouble = null;
    const { underWay } = this.#queue;
    const resumes = this.#aliveMs !== null && !this.#overflowed;
    this.#hasPen = true;
    // The batch whose end nobody told: it is written if the record says so.
    if (resumes && underWay && left.aliveMs === underWay.aliveMs) this.#wrote(underWay.aliveMs);
    else if (resumes && left.aliveMs === this.#aliveMs) this.#queue.putBack();
    else this.#begin(left);
  }

  #begin(left: LeftBehind): void {
    this.#giveUp();
    const reason = this.#overflowed ? NO_ROOM : NOBODY_WROTE;
    this.#overflowed = false;
    this.#aliveMs = left.aliveMs;
    this.#enqueue(this.#early.splice(0));
    this.#note(lictorSubject(this.options.replica), 'started', null, this.options.version);
    this.fleet.begin(left, reason);
    this.configuration.begin(left);
  }

  async #write(): Promise<void> {
    const { clock, leadership, writer } = this.options;
    while (leadership.state.leads && !this.#stopping && !this.#overflowed) {
      if (!this.#queue.fillsBatch) await this.#pause.sleep(FLUSH_MS);
      if (this.#trouble !== null) throw this.#trouble;
      const idleMs = clock.now() - (this.#flushedAtMs ?? Number.NEGATIVE_INFINITY);
      if (leadership.state.leads && (!this.#queue.isEmpty || idleMs >= ALIVE_EVERY_MS)) await this.#append();
      const hasRoom = () => this.#queue.size < CROWDED_AT && !this.#stopping;
      void Promise.all([this.fleet.catchUp(writer, hasRoom), this.configuration.catchUp(writer)]).catch((error) => {
        this.#trouble = error;
      });
    }
  }

  async #append(): Promise<void> {
    const batch = this.#queue.take(this.fleet.toldUntilMs, this.#aliveMs);
    await this.options.writer.append(batch);
    this.#wrote(batch.aliveMs);
  }

  #wrote(aliveMs: number): void {
    this.#written += this.#queue.underWay?.transitions.length ?? 0;
    this.#queue.done();
    this.#aliveMs = aliveMs;
    this.#flushedAtMs = this.options.clock.now();
    this.#failures = 0;
    this.#state = 'writing';
    if (this.#notices.mended()) this.options.log.info({}, 'The record is written again.');
  }

  /** Where nobody leads, as when the shared database is away, it may go on later where it stopped; what another one writes is let go. */
  #pauseWriting(): void {
    const { holder, reason } = this.options.leadership.state;
    if (holder === null && this.#aliveMs !== null) {
      this.#state = 'down';
      if (reason !== null) this.#tell(new Error(reason));
    } else if (this.#state !== 'following') {
      this.#state = 'following';
      this.#letGo();
    }
  }

  /** Another one writes what this one did not. */
  #letGo(): void {
    this.#queue.clear();
    this.#hasPen = false;
    this.#aliveMs = null;
    this.#overflowed = false;
    this.fleet.follow();
    this.configuration.follow();
  }

  #fail(error: unknown): void {
    this.#failures += 1;
    this.#hasPen = false;
    if (error instanceof RecordError && error.code === 'pen-lost') this.#letGo();
    this.#state = 'down';
    this.#tell(error);
  }

  #tell(error: unknown): void {
    const sentence = error instanceof Error ? error.message : String(error);
    if (this.#notices.trouble(sentence)) this.options.log.warn({ code: (error as RecordError).code }, sentence);
  }

  #enqueue(transitions: readonly Transition[]): void {
    if (transitions.length === 0 || this.#overflowed || this.#queue.add(transitions)) return;
    this.#giveUp();
    this.#overflowed = true;
    this.fleet.follow();
    this.configuration.follow();
    this.#notices.trouble(NO_ROOM);
  }

  #giveUp(): void {
    this.#dropped += this.#queue.clear();
  }

  #note(
    subject: Subject,
    kind: TransitionKind,
    from: string | null,
    to: string | null,
    item: string | null = null,
  ): void {
    const origin = { observedAtMs: this.#wallMs(), index: null, merged: false, unwatchedFromMs: null };
    const transition = { subject, kind, item, from, to, ...origin };
    if (this.#aliveMs !== null || this.#hasPen) this.#enqueue([transition]);
    else if (this.#early.push(transition) > MOST_EARLY) this.#early.shift();
  }

  #tick(): void {
    if (this.#stopping) return;
    this.options.clock.setTimeout(() => this.#tick(), TICK_MS);
    const stepMs = this.#clockWatch.look();
    if (stepMs !== 0 && this.#hasPen)
      this.#note(lictorSubject(this.options.replica), 'clock-set', null, String(stepMs));
    this.fleet.tick();
  }

  async #end(): Promise<void> {
    if (this.#state !== 'writing') return;
    this.#note(lictorSubject(this.options.replica), 'stopped', null, null);
    try {
      while (!this.#queue.isEmpty) await this.#append();
    } catch (error) {
      this.#tell(error);
    }
  }

  #wallMs(): number {
    const { clock } = this.options;
    return Date.parse(clock.iso(clock.now()));
  }
}

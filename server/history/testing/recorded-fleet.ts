import type { FreshnessState } from '@/lib/fleet/model';
import type { ObservedInstance } from '@/lib/fleet/observation';
import type { Transition } from '@/lib/history/transition';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { FleetStore } from '@/server/fleet/fleet-store';
import type { QueueLimits } from '@/server/history/recorder/record-queue';
import { Recorder } from '@/server/history/recorder/recorder';
import { MemoryBook, MemoryWriter } from './memory-writer';

/** One Consul as a script says it, what several replicas see of it, and the record that they share. */
export class RecordedFleet {
  readonly clock = new ManualClock();
  readonly book = new MemoryBook();

  replica(name: string, limits?: QueueLimits): Replica {
    return new Replica(name, this.clock, this.book, limits);
  }

  /** The record in words: subject, kind, item, from, to. Whole records are left out. */
  get words(): string[] {
    return this.book.transitions.map(wordsOf);
  }
}

function wordsOf({ subject, kind, item, from, to }: Transition): string {
  const whole = kind === 'registered' && subject.kind !== 'service';
  return [subject.key, kind, item, from, whole ? null : to].filter((part) => part !== null).join(' ');
}

/** One Lictor: its fleet, and its recorder. */
export class Replica {
  readonly writer: MemoryWriter;
  readonly store: FleetStore;
  readonly recorder: Recorder;
  leads = false;
  /** Who it believes to lead. */
  holder: string | null = null;
  synced = false;
  notLive = 0;
  oldestUnreadMs: number | null = null;

  constructor(
    name: string,
    private readonly clock: ManualClock,
    book: MemoryBook,
    limits?: QueueLimits,
  ) {
    this.writer = new MemoryWriter(book);
    const iso = () => clock.iso(clock.now());
    this.store = new FleetStore(
      { epoch: 1, seq: 0, publish: (topic, publication) => ({ topic, seq: 1, at: iso(), ...publication }) },
      iso,
      () => ({ address: '', reachable: true, since: iso(), reason: null }),
      { share: 0.9, withinMs: 100, least: 100, nowMs: () => clock.now() },
    );
    const state = () => ({ leads: this.leads, holder: this.holder, reason: null });
    const leadership = { state: state(), onChange: () => {} };
    Object.defineProperty(leadership, 'state', { get: state });
    this.recorder = new Recorder({
      ...{ fleet: this.store, clock, writer: this.writer, leadership, replica: name, version: '1' },
      ...{ random: () => 0.5, log: { warn: () => {}, info: () => {} }, reachesAll: () => true },
      oldestUnreadMs: () => this.oldestUnreadMs,
      progress: () => ({ synced: this.synced, notLive: this.notLive }),
      ...(limits && { limits }),
    });
    this.store.observe(this.recorder.fleet);
  }

  /** dc1 is read for the first time, and live. */
  sync(services: Readonly<Record<string, readonly ObservedInstance[]>>, index: number): void {
    this.freshness('live');
    this.store.startFirstRead('dc1');
    for (const [name, instances] of Object.entries(services)) this.see(name, instances, index, { afterGap: true });
    this.store.endFirstRead('dc1');
    this.synced = true;
  }

  freshness(state: FreshnessState, lastContactMs: number | null = 0): void {
    const freshness = { state, since: this.#iso(), lastContactMs, reason: state === 'live' ? null : `It is ${state}.` };
    this.store.seeDatacenter({ name: 'dc1', freshness, partial: false, leader: '10.0.0.1:8300', unconfirmed: null });
  }

  see(name: string, instances: readonly ObservedInstance[], index: number, { afterGap = false } = {}): void {
    const seen = { dc: 'dc1', name, instances, unreadable: [], versionMetaKeys: ['version'] };
    const sighting = { at: this.#iso(), afterGap };
    if (instances.length > 0) this.store.seeService({ ...seen, ...sighting }, { index, merged: afterGap });
    else this.store.forgetServices('dc1', [name], sighting, { index, merged: afterGap });
  }

  #iso(): string {
    return this.clock.iso(this.clock.now());
  }
}

export function observed(id: string, status: 'passing' | 'critical' = 'passing', version = '1.0'): ObservedInstance {
  return {
    ...{ id, node: 'n1', address: '10.0.0.1', port: 80, tags: [], meta: { version } },
    weights: { passing: 1, warning: 1 },
    checks: [{ id: 'http', name: 'http', type: 'http', status, output: '', notes: '', scope: 'service' }],
  };
}

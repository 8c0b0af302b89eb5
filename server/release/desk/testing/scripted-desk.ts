import { exampleService } from '@/lib/fleet/example-fleet';
import { serviceKey } from '@/lib/fleet/keys';
import type { Check, DatacenterRecord, Instance, ServiceBody } from '@/lib/fleet/model';
import type { Observation, SplitRecord } from '@/lib/release/split-body';
import type { Change } from '@/lib/stream/protocol';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { Arrivals } from '@/server/release/desk/arrivals';
import { DeclaredServices } from '@/server/release/desk/declared-services';
import type { DeskParts } from '@/server/release/desk/desk-parts';
import { SplitBook } from '@/server/release/desk/split-book';
import { SplitDesk } from '@/server/release/desk/split-desk';
import { WriteGate } from '@/server/release/desk/write-gate';
import type { Outcome } from '@/server/release/journal/outcome';
import type { PlanRequest } from '@/server/release/journal/plan-executor';
import { ScriptedMechanism } from './scripted-mechanism';
import { StoredKeys } from './stored-keys';

const AT = '2026-01-01T00:00:00.000Z';

/** The whole desk over a fleet, mechanisms, keys and an executor that a test moves by hand. All is in dc1. */
export class ScriptedDesk {
  readonly clock = new ManualClock(Date.parse(AT));
  readonly keys = new StoredKeys();
  readonly mesh = new ScriptedMechanism('mesh');
  readonly policy = new ScriptedMechanism('policy');
  /** By service key: its instances' versions. */
  readonly versions = new Map<string, readonly string[]>();
  readonly published: Change[] = [];
  readonly recorded: string[] = [];
  readonly counted: string[] = [];
  readonly executed: PlanRequest[] = [];
  readonly followed: (readonly string[])[] = [];
  freshness: DatacenterRecord['freshness']['state'] = 'live';
  observation: Observation = { state: 'not-observed', reason: 'Nobody counts.' };
  unfinished: string | null = null;
  isUnderWay = false;
  /** Null: it is written. */
  outcome: Outcome | null = null;
  /** Happens when a plan is written, or was not. */
  afterExecuting: () => Promise<void> = async () => {};
  readonly book: SplitBook;
  readonly desk: SplitDesk;
  /** Keys of what somebody looks at. */
  looked: readonly string[] = ['dc1/web'];
  readonly #onReading: (() => void)[] = [];
  readonly #gate: WriteGate;

  constructor(never: string | null = null) {
    const { clock, keys } = this;
    const consul: DeskParts['consul'] = {
      ...{ transportOf: () => keys, primaryOf: (dc) => dc, copiesOf: (primary) => [primary], home: () => 'dc1' },
    };
    const fleet: DeskParts['fleet'] = {
      service: (key) => this.#service(key),
      datacenter: (name) => (name === 'dc1' ? this.#datacenter() : undefined),
      keys: () => [...this.versions.keys()],
    };
    const parts: DeskParts = {
      ...{ fleet, consul, clock, actuators: [this.mesh, this.policy], random: () => 0, versionMetaKeys: ['version'] },
      publisher: { epoch: 1, seq: 1, publish: (_topic, { changes }) => this.published.push(...changes) },
      journal: { unfinished: () => this.unfinished, isUnderWay: async () => this.isUnderWay },
      runner: { execute: (request) => this.#execute(request) },
      observed: {
        ...{ of: () => this.observation, follow: (followed) => this.followed.push(followed) },
        ...{ onReading: (listener) => this.#onReading.push(listener), start: () => {}, stop: () => {} },
      },
      lookedAt: () => this.looked,
      process: 'this one',
      recorded: (_dc, _name, sentence) => this.recorded.push(sentence),
      log: { warn: () => {}, error: (details) => this.recorded.push(JSON.stringify(details)) },
    };
    this.#gate = new WriteGate({ never, consul, fleet, token: () => null, clock, onChange: () => this.book.renew() });
    const declared = new DeclaredServices({ policyPrefix: 'lictor/traffic/', copiesOf: (dc) => [dc] });
    this.book = new SplitBook(parts, declared, this.#gate);
    const arrivals = new Arrivals({ clock, missing: (key, missing) => this.book.setMissing(key, missing) });
    this.desk = new SplitDesk({
      ...{ ...parts, book: this.book, gate: this.#gate },
      counted: (mechanism, outcome) => this.counted.push(`${mechanism} ${outcome}`),
      written: (key, draft) => void arrivals.written(key, draft),
    });
  }

  async start(): Promise<void> {
    this.#gate.start();
    this.book.start();
    await this.clock.advance(1_000);
  }

  stop(): void {
    this.#gate.stop();
    this.book.stop();
  }

  /** The fleet shows a service with one instance of each of these versions; none: it is gone. */
  async see(name: string, ...versions: string[]): Promise<void> {
    const key = serviceKey('dc1', name);
    if (versions.length === 0) this.versions.delete(key);
    else this.versions.set(key, versions);
    this.book.onService('dc1', name);
    await this.clock.advance(1_000);
  }

  /** Something was counted. */
  count(observation: Observation): void {
    this.observation = observation;
    for (const listener of this.#onReading) listener();
  }

  /** As last published; undefined: it is not there. */
  split(name: string): SplitRecord | undefined {
    return this.book.body().splits.find((split) => split.name === name);
  }

  async #execute(request: PlanRequest): Promise<Outcome> {
    this.executed.push(request);
    if (this.outcome !== null) {
      await this.afterExecuting();
      return this.outcome;
    }
    for (const write of request.writes) {
      const mechanism = request.mechanism === 'mesh' ? this.mesh : this.policy;
      if (write.kind === 'kv') mechanism.write(write);
    }
    if (request.wish) this.keys.put(request.wish.key, request.wish.value);
    await this.afterExecuting();
    return { kind: 'written', ms: 1 };
  }

  #service(key: string): ServiceBody | undefined {
    const versions = this.versions.get(key);
    if (!versions) return undefined;
    const name = decodeURIComponent(key.split('/')[1] ?? '');
    const instances = versions.map((version, at) => instanceOf(key, version, at));
    const counts = Object.fromEntries(
      versions.map((version) => [version, versions.filter((one) => one === version).length]),
    );
    const service = exampleService(
      'dc1',
      name,
      versions.map(() => 'passing'),
      { versions: counts },
    );
    return { epoch: 1, seq: 1, at: AT, service, instances };
  }

  #datacenter(): DatacenterRecord {
    const reason = this.freshness === 'live' ? null : 'Nothing answers.';
    const freshness = { state: this.freshness, since: AT, lastContactMs: 0, reason };
    return { name: 'dc1', freshness, partial: false, leader: null, unconfirmed: null };
  }
}

function instanceOf(service: string, version: string, at: number): Instance {
  const check: Check = {
    ...{ id: 'own', name: 'own', type: 'http', status: 'passing', output: '', notes: '', scope: 'service' },
    ...{ since: AT, sinceAtLeast: false },
  };
  return {
    ...{ key: `${service}/n${at}`, id: `i${at}`, node: `n${at}`, address: '10.0.0.1', port: 80, version, tags: [] },
    ...{ meta: { version }, weights: { passing: 1, warning: 1 }, status: 'passing', since: AT, sinceAtLeast: false },
    ...{ checks: [check], unconfirmed: false },
  };
}

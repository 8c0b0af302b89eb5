import type { Freshness } from '@/lib/fleet/model';
import type { Readiness } from '@/lib/system/readiness';
import type { SystemBody } from '@/lib/system/system-body';
import { ConsulError } from '@/server/consul/consul-error';
import { probe } from '@/server/consul/probe';
import { ConfigurationWatch, type ConfigurationWatchOptions } from './configuration/configuration-watch';
import { ConsulHealthWatch } from './consul-health-watch';
import { DatacenterContact } from './datacenter-contact';
import { DatacenterRights } from './datacenter-rights';
import { DatacenterWatcher } from './datacenter-watcher';
import type { FleetWatcherOptions } from './fleet-watcher-options';
import type { GossipMembers } from './gossip-members';
import type { WatchContext } from './watch-context';

export interface WatchedDatacenterOptions extends FleetWatcherOptions {
  readonly configuration: FleetWatcherOptions['configuration'] & Pick<ConfigurationWatchOptions, 'mayWait'>;
  /** Told that a wait for a service failed after it had stood for so long. */
  readonly waitFailed: (stoodMs: number) => void;
}

/** One datacenter under watch: its probe, its watches, what was seen of it, and what could not be read. */
export class WatchedDatacenter {
  readonly watcher: DatacenterWatcher;
  readonly configuration: ConfigurationWatch;
  readonly #contact: DatacenterContact;
  readonly #health: ConsulHealthWatch;
  readonly #probe: { stop(): void };
  readonly #rights: DatacenterRights;
  /** Sentences about unreadable records, by what was read. */
  readonly #problems = new Map<string, readonly string[]>();
  #freshness: Freshness;

  constructor(
    readonly name: string,
    private readonly options: WatchedDatacenterOptions,
    gossip: GossipMembers,
    onServicesListed: () => void,
  ) {
    const { transport, clock, random, store, versionMetaKeys } = options;
    this.#contact = new DatacenterContact(name, clock);
    const record = this.#contact.judge(clock.now(), false);
    this.#freshness = record.freshness;
    store.seeDatacenter(record);
    this.#health = new ConsulHealthWatch({ datacenter: name, transport, gossip, clock, random });
    this.#probe = probe({
      transport,
      clock,
      random,
      datacenter: name,
      onReport: (report) => {
        if (!report.ok) options.refused.note(report.error);
        this.#contact.probed(report);
        this.#health.probed(report);
        this.judge(clock.now());
      },
    });
    const context: WatchContext = {
      ...{ dc: name, transport, clock, random, store, versionMetaKeys },
      waitFailed: (stoodMs) => options.waitFailed(stoodMs),
      contacted: (answer) => this.#contact.contacted(answer.receivedAtMs),
      listed: (what, filtered) => this.#listed(what, filtered),
      failed: (error) => {
        options.refused.note(error);
        this.#contact.failed(error.message);
        if (error instanceof ConsulError && error.denied) this.#rights.refused();
      },
      refusedAnswer: (error) => options.refused.note(error),
      unreadable: (subject, sentences) => this.#unreadable(subject, sentences),
    };
    this.watcher = new DatacenterWatcher(context, onServicesListed, (reason) =>
      this.#contact.refused('watches', reason),
    );
    this.configuration = new ConfigurationWatch({
      ...{ dc: name, transport, clock, random, ...options.configuration },
      waitMs: () => this.watcher.waitMs,
    });
    this.#rights = new DatacenterRights({
      ...{ context, contact: this.#contact, log: options.log },
      hasToken: () => options.hasToken(name),
      onRegained: () => this.watcher.readAgain(),
      onThere: (services) => this.watcher.readNow(services),
      onChange: () => this.judge(clock.now()),
    });
  }

  /** The token changed: what was refused may be allowed now, and what was seen may be seen no more. */
  retryNow(): void {
    this.watcher.retryNow();
    this.watcher.readAgain();
    this.configuration.retryNow();
    this.#rights.askNow();
    this.#health.retryNow();
  }

  /** Judges the freshness again, and puts it into the store. */
  judge(nowMs: number): void {
    this.#rights.tick(nowMs);
    this.configuration.tick();
    const before = this.#freshness.state;
    const record = this.#contact.judge(nowMs, this.options.store.doubts.seesAny(this.name), this.#rights.unconfirmed);
    this.#freshness = record.freshness;
    this.options.store.seeDatacenter(record);
    const { state, reason } = record.freshness;
    if (state === before) return;
    this.options.log.warn({ dc: this.name, from: before, to: state }, reason ?? `Datacenter ${this.name} is ${state}.`);
    if (state === 'live') this.watcher.retryNow();
  }

  heartbeat(nowMs: number) {
    this.judge(nowMs);
    return { dc: this.name, state: this.#freshness.state, lastContactMs: this.#freshness.lastContactMs };
  }

  readiness(): Readiness['datacenters'][number] {
    const { state, reason } = this.#freshness;
    if (this.watcher.synced) return { name: this.name, state: 'synced', reason: null };
    const unreachable = state === 'lost' || state === 'denied';
    return { name: this.name, state: unreachable ? 'unreachable' : 'syncing', reason };
  }

  report(): SystemBody['datacenters'][number] {
    const problems = [...this.#problems.values()].flat();
    const report = this.watcher.report();
    const { size, notLive, readings, readsPerSecond, explanation } = this.configuration;
    return {
      name: this.name,
      freshness: this.#freshness,
      ...report,
      watches: report.watches + size,
      watchesNotLive: report.watchesNotLive + notLive,
      readsPerSecond: Math.round((report.readsPerSecond + readsPerSecond) * 10) / 10,
      explanation: [report.explanation, explanation].filter((sentence) => sentence !== null).join(' '),
      configuration: readings,
      problems,
      consul: this.#health.report(),
    };
  }

  stop(): void {
    this.#probe.stop();
    this.#health.stop();
    this.configuration.stop();
    this.#rights.stop();
    this.watcher.stop();
  }

  #listed(what: 'services' | 'nodes', filtered: boolean): void {
    this.#contact.listed(what, filtered);
    this.#unreadable(
      'filtered lists',
      [this.#contact.filteredLists].filter((sentence) => sentence !== null),
    );
  }

  #unreadable(subject: string, sentences: readonly string[]): void {
    const known = this.#problems.get(subject) ?? [];
    for (const sentence of sentences) if (!known.includes(sentence)) this.options.log.warn({ dc: this.name }, sentence);
    if (sentences.length > 0) this.#problems.set(subject, sentences);
    else this.#problems.delete(subject);
  }
}

import type { Logger } from 'pino';
import { serviceKey } from '@/lib/fleet/keys';
import type { DatacenterRecord, ServiceBody } from '@/lib/fleet/model';
import type { SplitsBody } from '@/lib/release/split-body';
import type { Settings } from './config/settings';
import { backoffMs } from './consul/backoff';
import type { Clock } from './consul/clock';
import { ConsulError } from './consul/consul-error';
import { datacenterTransport } from './consul/datacenter-transport';
import { Pause } from './consul/pause';
import { askPlace } from './fleet/configuration/ask-place';
import type { ConfigurationListener } from './fleet/configuration/configuration-watch';
import type { Federations } from './fleet/configuration/federations';
import type { FleetObserver } from './fleet/fleet-observer';
import type { OpenAddress } from './open-address';
import type { SharedHome } from './open-home';
import { openMechanisms } from './open-mechanisms';
import { openReleaseConsul } from './open-release-consul';
import { Arrivals } from './release/desk/arrivals';
import { ChangedServices } from './release/desk/changed-services';
import { DeclaredServices } from './release/desk/declared-services';
import type { DeskParts, SplitPublisher } from './release/desk/desk-parts';
import { SplitBook } from './release/desk/split-book';
import { SplitDesk, type SplitDeskOptions } from './release/desk/split-desk';
import { WriteGate } from './release/desk/write-gate';
import { thisProcess } from './release/journal/holder';
import { IntentStore } from './release/journal/intent-store';
import { PlanExecutor } from './release/journal/plan-executor';
import { Recovery } from './release/journal/recovery';
import { openObservedShares } from './release/observed/open-observed-shares';
import { neverWrites } from './release-settings';

export interface OpenReleaseOptions {
  readonly addresses: readonly OpenAddress[];
  readonly home: SharedHome;
  readonly federations: Federations;
  readonly fleet: {
    serviceBody(key: string): ServiceBody | undefined;
    datacenterRecord(name: string): DatacenterRecord | undefined;
    datacenters(): readonly string[];
    services(dc: string): readonly string[];
  };
  readonly publisher: SplitPublisher;
  readonly leadership: {
    readonly state: { readonly leads: boolean };
    onChange(listener: () => void): void;
  };
  readonly replica: string;
  /** Keys of the services that somebody looks at. */
  lookedAt(): readonly string[];
  /** What was done to a service, for the record of the past. */
  readonly recorded: DeskParts['recorded'];
  /** For `/metrics`. */
  readonly counted: SplitDeskOptions['counted'];
  /** Calls it in a later turn, when what Consul has said is taken in. */
  later(act: () => void): void;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Logger;
}

export interface OpenRelease {
  readonly desk: SplitDesk;
  splits(): SplitsBody;
  /** Somebody may have begun to look at a service. */
  look(): void;
  /** To be told what the fleet sees. */
  readonly observer: FleetObserver;
  /** To be told what is configured. */
  readonly configured: Pick<ConfigurationListener, 'baseline' | 'changed'>;
  /** Waiting queries that it holds at this Consul address. */
  waitsAt(address: OpenAddress): number;
  start(): void;
  /** What is under way is taken back first. */
  close(): Promise<void>;
}

/** A plan is taken back for so long at the end, ms: the whole end stays within the process's. */
const CLOSE_LIMIT_MS = 1_000;

/**
 * Puts together what moves traffic. Nothing of it is asked of Consul before `start`: what is seen until then is taken in at once, for the first read of a large
 * fleet needs Consul, and this process, for itself.
 */
export function openRelease(settings: Settings, options: OpenReleaseOptions): OpenRelease {
  const { addresses, home, federations, fleet: store, clock, random, log, replica } = options;
  const consul = openReleaseConsul(addresses, home, federations);
  const fleet = {
    service: (key: string) => store.serviceBody(key),
    datacenter: (name: string) => store.datacenterRecord(name),
    keys: () => store.datacenters().flatMap((dc) => store.services(dc).map((name) => serviceKey(dc, name))),
  };
  const never = neverWrites(settings);
  const { actuators, writers, ...mechanisms } = openMechanisms(settings, consul, fleet, clock, (sentence) =>
    log.warn(sentence),
  );
  const observed = openObservedShares(settings.prometheus, settings.file.release.observed, clock);
  const self = thisProcess(replica);
  const executor: PlanExecutor = new PlanExecutor({ consul, writers, clock, self, onLeft: () => recovery.wake() });
  const leads = () => options.leadership.state.leads;
  const recovery: Recovery = new Recovery({ consul, writers, clock, self, executor, leads });
  const gate = new WriteGate({ never, consul, fleet, token: home.token, clock, onChange: () => opened() });
  const declared = new DeclaredServices({
    policyPrefix: settings.file.release.policyPrefix,
    copiesOf: (dc) => federations.copiesOf(dc),
  });
  const intents = new IntentStore(consul);
  const journal = {
    unfinished: (dc: string, service: string) => recovery.unfinished(dc, service),
    isUnderWay: async (dc: string, service: string, signal: AbortSignal) =>
      consul.home() !== null && (await intents.find(dc, service, signal)) !== null,
  };
  const parts = {
    ...{ publisher: options.publisher, fleet, consul, actuators, journal, runner: executor, clock, random, log },
    ...{ observed, versionMetaKeys: settings.file.version.metaKeys, lookedAt: options.lookedAt },
    ...{ process: self.process, recorded: options.recorded },
  };
  const book = new SplitBook(parts, declared, gate);
  const arrivals = new Arrivals({ clock, missing: (key, missing) => book.setMissing(key, missing) });
  const desk = new SplitDesk({
    ...{ ...parts, book, gate, counted: options.counted },
    written: (key, draft) => void arrivals.written(key, draft),
  });
  recovery.onResolved(({ dc, service, sentence }) => {
    log.warn({ dc, service }, sentence);
    options.recorded(dc, service, sentence);
  });
  recovery.onChange(() => {
    if (recovery.problem !== null)
      log.warn(`The write journal cannot be read now, so plans that were left wait: ${recovery.problem}`);
    book.renew();
  });
  options.leadership.onChange(() => recovery.wake());

  const end = new AbortController();
  const pause = new Pause(clock);
  const stops: (() => void)[] = [];
  let recovers = false;
  /** What this process may not write by itself it does not recover either. */
  function opened(): void {
    book.renew();
    if (recovers || !gate.mayWrite) return;
    recovers = true;
    recovery.start();
  }
  async function findHome(): Promise<void> {
    for (let failures = 1; !end.signal.aborted && home.known === null; failures += 1) {
      try {
        await home.find(end.signal);
      } catch (error) {
        if (!(error instanceof ConsulError)) throw error;
        // That Consul does not answer is told by the datacenters' freshness.
        if (!end.signal.aborted) await pause.sleep(backoffMs(failures, random()));
      }
    }
  }

  /** Of what is configured, what was seen before the start; null: it has started. */
  let early: (() => void)[] | null = [];
  const onceStarted = (act: () => void) => {
    if (early) early.push(act);
    else act();
  };

  const changed = new ChangedServices({ clock, later: options.later, take: (dc, name) => book.onService(dc, name) });

  return {
    ...{ desk, splits: () => book.body(), look: () => book.look() },
    observer: {
      onService: ({ dc, name, previous, next }) => {
        if (!early && previous !== next) changed.add(dc, name);
      },
      onNode: () => {},
      onDatacenter: () => book.renew(),
    },
    configured: {
      baseline: (_dc, facts) =>
        onceStarted(() => {
          for (const fact of facts) book.onConfigured(fact, 'put');
        }),
      changed: (change) => onceStarted(() => book.onConfigured(change, change.op)),
    },
    waitsAt: (address) => (home.known?.address === address ? book.waits : 0),
    start: () => {
      if (end.signal.aborted) return;
      void findHome();
      // The token that reads may not be allowed to ask an agent where it stands; this one writes there.
      if (home.token() !== null) {
        for (const { transport: inner } of addresses) {
          const transport = datacenterTransport(inner, { token: home.token, tenancy: null });
          stops.push(askPlace({ transport, federations, clock, random }));
        }
      }
      gate.start();
      book.start();
      for (const act of early ?? []) act();
      early = null;
      for (const dc of store.datacenters()) for (const name of store.services(dc)) changed.add(dc, name);
      observed.start();
    },
    close: async () => {
      end.abort();
      pause.end();
      for (const stop of stops) stop();
      gate.stop();
      book.stop();
      arrivals.stop();
      observed.stop();
      const over = async () => {
        await desk.stop();
        if (recovers) await recovery.stop();
      };
      // What Consul does not answer in time stands in the journal.
      await Promise.race([over(), afterLimit()]);
      await mechanisms.close();
    },
  };
}

function afterLimit(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, CLOSE_LIMIT_MS).unref();
  });
}

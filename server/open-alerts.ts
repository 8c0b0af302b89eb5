import type { Logger } from 'pino';
import type { AlertsBody } from '@/lib/alerts/alert-body';
import type { RuleSet } from '@/lib/alerts/rules/rule-set';
import { widestSlotMs } from '@/lib/alerts/rules/rule-set';
import { flapSettingsBy } from '@/lib/flapping/flap-settings';
import { alertRecordOf, flapRecordOf } from './alert-records';
import type { AlertDesk } from './alerts/alert-desk-parts';
import { openOutlets } from './alerts/delivery/open-outlets';
import { AlertEngine } from './alerts/desk/alert-engine';
import { CheckDefinitions } from './alerts/flaps/check-definitions';
import { FlapBook } from './alerts/flaps/flap-book';
import type { FlapSettingsInForce } from './alerts/flaps/flap-settings-in-force';
import { FlapWatch } from './alerts/flaps/flap-watch';
import type { FlapOwner } from './alerts/flaps/flapping-members';
import { Surroundings } from './alerts/flaps/surroundings';
import { mustBeRules, RulesSource } from './alerts/rules/rules-source';
import { RulesTrials } from './alerts/rules/try-rules';
import { closedAlerts } from './config/closed-alerts';
import type { Settings } from './config/settings';
import type { Clock } from './consul/clock';
import { Pause } from './consul/pause';
import type { FleetObserver } from './fleet/fleet-observer';
import type { FleetStore } from './fleet/fleet-store';
import type { Publisher } from './fleet/publisher';
import type { ReadingProgress } from './fleet/reading-progress';
import type { RecordDocuments, RecordReader } from './history/record-store';
import { ClockWatch } from './history/recorder/clock-watch';
import type { Recorder } from './history/recorder/recorder';
import type { AlertFigures } from './http/alert-gauges';
import type { Leadership } from './leadership/leadership';
import type { OpenAddress } from './open-address';
import { openExpiries } from './open-expiries';
import type { SharedHome } from './open-home';

export interface OpenAlertsOptions {
  readonly addresses: readonly OpenAddress[];
  readonly home: SharedHome;
  readonly fleet: FleetStore;
  readonly publisher: Publisher;
  readonly documents: RecordDocuments;
  readonly reader: RecordReader;
  readonly recorder: Pick<Recorder, 'status' | 'recordAlert'>;
  readonly leadership: Leadership;
  readonly replica: string;
  progress(dc: string): ReadingProgress;
  oldestUnreadMs(): number | null;
  /** Every Consul answers: what none of them names there is not. */
  reachesAll(): boolean;
  /** Where it listens, once it does. */
  listensAt(): string | null;
  /** Other services have alerts than before. */
  onHot(): void;
  /** Calls it in a later turn, when what Consul has said is taken in. */
  later(act: () => void): void;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Logger;
}

export interface OpenAlerts {
  readonly desk: AlertDesk;
  readonly observers: readonly FleetObserver[];
  body(): AlertsBody;
  /** Keys of the services with open alerts. */
  hotServices(): readonly string[];
  figures(): AlertFigures;
  /** Reads what was open before, and begins to judge. */
  start(): void;
  /** Writes down what is open. */
  close(): Promise<void>;
}

const RULES_LIMIT_MS = 5_000;

/** Puts together what looks for trouble in the fleet and tells people of it. */
export function openAlerts(settings: Settings, options: OpenAlertsOptions): OpenAlerts {
  const { addresses, fleet, publisher, documents, reader, recorder, leadership, replica, clock, random, log } = options;
  const { alerts } = settings.file;
  const nowMs = () => clock.now();
  const rules = new RulesSource({ rulesFile: alerts.rulesFile, documents, clock, log });
  const outlets = openOutlets(
    { ...alerts, alertmanagers: settings.alertmanagers },
    { documents, leadership, clock, random, log },
  );
  const clockWatch = new ClockWatch(clock);
  const flaps: FlapWatch = new FlapWatch({
    ...{ clock, fleet, record: flapRecordOf(reader, recorder, clock), before: () => engine.before() },
    settings: () => flapSettings(rules.set.flapping),
    ...{ progress: options.progress, oldestUnreadMs: options.oldestUnreadMs, clockStepMs: () => clockWatch.look() },
    onChange: (owners) => flapsChanged(owners),
    log: { warn: (sentence) => log.warn(sentence) },
  });
  const definitions = new CheckDefinitions({
    ...{ nowMs, transportOf: (dc) => addressOf(addresses, dc)?.transportOf(dc) ?? null },
    onKnown: (dc, node) => flapBook.learnt(dc, node),
  });
  const definitionOf: CheckDefinitions['of'] = (subject, check) => definitions.of(subject, check);
  const surroundings = new Surroundings({ fleet, flaps, definitionOf, nowMs });
  const flapBook = new FlapBook({ fleet, flaps, surroundings, nowMs });
  const bookClock = new ClockWatch(clock);
  const expiries = openExpiries(settings, addresses, options.home, clock, () => engine.expiriesChanged());
  const trials = new RulesTrials({ record: reader, nowMs: () => Date.parse(clock.iso(clock.now())) });
  const engine: AlertEngine = new AlertEngine({
    ...{ clock, fleet, publisher, documents, rules, outlets, flaps, flapBook, replica, log },
    writeRefusal: closedAlerts(settings.listen, settings.leadership.readOnly),
    ...{ reader: alertRecordOf(reader), expiries: () => expiries.facts, onHot: options.onHot },
    later: options.later,
    isSynced: (dc) => options.progress(dc).synced,
    reachesAll: options.reachesAll,
    clockStepMs: () => bookClock.look(),
    // What waits to be written counts: who writes tells it.
    mayWrite: () => recorder.status.state !== 'following',
    recorded: (subject, alert, from, to) => recorder.recordAlert(subject, from, to, alert),
    tryRules: async (text, fromMs, toMs) => trials.try({ tried: mustBeRules(text), inForce: rules.set, fromMs, toMs }),
    baseUrl: () => (settings.listen.baseUrl ?? options.listensAt() ?? '').replace(/\/+$/, ''),
  });

  function flapsChanged(owners: readonly FlapOwner[]): void {
    const counts = new Map<string, Map<string, number>>();
    for (const { kind, dc, name } of owners) {
      if (kind === 'service') counts.set(dc, (counts.get(dc) ?? new Map()).set(name, flaps.members.count(dc, name)));
    }
    fleet.startFlapping();
    for (const [dc, ofServices] of counts) fleet.seeFlapping(dc, ofServices);
    engine.flapsChanged(owners);
  }

  let stopped = false;
  async function begin(): Promise<void> {
    // A database that does not answer keeps nobody from what is live: rules that come late are followed then.
    const limit = new Pause(clock);
    await Promise.race([rules.start(), limit.sleep(RULES_LIMIT_MS)]);
    limit.end();
    let { flapping } = rules.set;
    rules.onChange(() => {
      if (rules.set.flapping === flapping) return;
      flapping = rules.set.flapping;
      void flaps.restart();
    });
    if (stopped) return;
    flaps.start();
    expiries.start();
    await engine.start();
    if (!stopped) outlets.start();
  }

  return {
    desk: engine.desk,
    observers: [flaps, engine.judge],
    body: () => engine.desk.alerts(),
    hotServices: () => engine.hotServices,
    figures: () => ({
      records: engine.records,
      flapping: flaps.isLooking ? new Map(fleet.datacenters().map((dc) => [dc, flaps.members.sum(dc)])) : null,
      hasRulesError: rules.state.error !== null,
      ...{ sends: outlets.stats, outlets: outlets.outlets },
    }),
    start: () => void begin(),
    close: async () => {
      stopped = true;
      flaps.stop();
      definitions.stop();
      await Promise.all([outlets.stop(), engine.stop(), expiries.stop()]);
    },
  };
}

function flapSettings(flapping: RuleSet['flapping']): FlapSettingsInForce {
  const { defaults, services } = flapping;
  const scales = [...defaults.scales, ...services.flatMap(({ settings }) => settings.scales ?? [])];
  return {
    settingsOf: flapSettingsBy(services, defaults),
    fastestSlotMs: Math.min(...scales.map(({ slotMs }) => slotMs)),
    widestSlotMs: widestSlotMs(flapping),
  };
}

/** The address that a datacenter is read by; undefined: none is known to. */
function addressOf(addresses: readonly OpenAddress[], dc: string): OpenAddress | undefined {
  return addresses.find(({ datacenters }) => datacenters === null || datacenters.includes(dc));
}

import { pino } from 'pino';
import { combinedReach } from '@/lib/fleet/combined-reach';
import { compareText } from '@/lib/fleet/observe-checks';
import { lictorSubject, serviceSubject } from '@/lib/history/subjects';
import type { FirstData } from '@/lib/stream/first-data';
import type { SystemState } from '@/lib/stream/system-changes';
import { topicServiceKey } from '@/lib/stream/topics';
import packageJson from '@/package.json' with { type: 'json' };
import type { Settings } from './config/settings';
import { SettingsError } from './config/settings-error';
import { systemClock } from './consul/clock';
import { SpareTurns } from './consul/spare-turns';
import { firstReadOver } from './first-read-over';
import type { ConfigurationListener } from './fleet/configuration/configuration-watch';
import { Federations } from './fleet/configuration/federations';
import { FleetStore } from './fleet/fleet-store';
import { FleetWatcher } from './fleet/fleet-watcher';
import { RefusedAnswers } from './fleet/refused-answers';
import { WholeFleet } from './fleet/whole-fleet';
import { createApp } from './http/app';
import { createMetrics } from './http/metrics';
import { createPages } from './http/next-pages';
import { keepHeapSmall } from './keep-heap-small';
import { AdvisoryLock } from './leadership/advisory-lock';
import { openAddress } from './open-address';
import { type OpenAlerts, openAlerts } from './open-alerts';
import { openHistory } from './open-history';
import { SharedHome } from './open-home';
import { leadershipSentence, openLeadership, replicaName } from './open-leadership';
import { type OpenRelease, openRelease } from './open-release';
import { type OpenTopology, openTopology } from './open-topology';
import { watchedPrefixes } from './release-settings';
import { StreamHub } from './stream/hub';
import { Journal } from './stream/journal';
import { SystemFeed } from './stream/system-feed';
import { addressReport, sumOfConnections } from './system-connections';

export interface Lictor {
  /** Where it really listens. */
  readonly url: string;
  /** Says goodbye to every stream, lets requests in flight finish, and closes. */
  close(): Promise<void>;
}

/** A request in flight at the end is given this long, ms: the whole end stays under the 5 s that supervisors may grant. */
const CLOSE_DEADLINE_MS = 4_000;

/** Puts the process together and starts it. `pagesDir` is where the pages' build lies; null: the API alone. */
export async function startLictor(settings: Settings, pagesDir: string | null): Promise<Lictor> {
  const logger = pino({ level: settings.logLevel });
  const addresses = await Promise.all(
    settings.addresses.map((address) => openAddress(address, settings.tenancy, logger)),
  );

  const replica = replicaName(settings.listen);
  const { recordPlace } = settings;
  const databaseLock =
    recordPlace.kind === 'postgres'
      ? new AdvisoryLock({ url: recordPlace.url, name: replica, clock: systemClock })
      : null;
  const home = new SharedHome(settings, addresses);
  const { leadership, ...lead } = openLeadership(settings, home, databaseLock);
  leadership.onChange((state) => logger.info({ leads: state.leads, by: state.by }, leadershipSentence(state)));

  const nowMs = () => systemClock.now();
  const nowIso = () => systemClock.iso(nowMs());
  const journal = new Journal(nowMs(), nowIso);
  const refused = new RefusedAnswers();
  const reach = () => combinedReach(addresses.map(({ contact }) => contact.reach));
  const store = new FleetStore(journal, nowIso, reach, { ...settings.file.massDisappearance, nowMs });
  const federations = new Federations(nowMs);
  const configured: ConfigurationListener = {
    baseline: (dc, facts) => {
      recorder.configuration.baseline(dc, facts);
      release.configured.baseline(dc, facts);
      topology.configured.baseline(dc, facts);
    },
    changed: (change) => {
      recorder.configuration.changed(change);
      release.configured.changed(change);
      topology.configured.changed(change);
    },
    complete: (dc, scope) => {
      recorder.configuration.complete(dc, scope);
      topology.configured.complete(dc, scope);
    },
  };
  const watchers = addresses.map(
    (address) =>
      new FleetWatcher({
        ...address,
        consul: address.contact,
        otherWaits: () => lead.waitsAt(address) + release.waitsAt(address),
        configuration: { kvPrefixes: watchedPrefixes(settings.file), federations, listener: configured },
        ...{ refused, store, clock: systemClock, random: Math.random, log: logger },
        versionMetaKeys: settings.file.version.metaKeys,
        hotServices: () => [hub.followedServices, alerts.hotServices()],
      }),
  );
  const fleet: WholeFleet = new WholeFleet(watchers, reach, systemClock);
  const oldestUnreadMs = () => oldestOf(addresses.map(({ transport }) => transport.oldestUnreadMs));
  const spare = new SpareTurns({ clock: systemClock, isBusy: () => oldestUnreadMs() !== null });
  const later = (act: () => void) => spare.later(act);
  const reachesAll = () => addresses.every(({ contact }) => contact.reach.reachable);
  const history = openHistory(settings, {
    ...{ fleet: store, leadership, replica, version: packageJson.version },
    ...{ clock: systemClock, random: Math.random, log: logger },
    progress: (dc) => fleet.progress(dc),
    oldestUnreadMs,
    reachesAll,
  });
  const { recorder } = history;
  store.observe(recorder.fleet);
  const release: OpenRelease = openRelease(settings, {
    ...{ addresses, home, federations, leadership, replica, fleet: store, publisher: journal },
    ...{ clock: systemClock, random: Math.random, log: logger, lookedAt: () => hub.followedServices, later },
    recorded: (dc, name, sentence) => {
      // Every Lictor sees it; the one that writes the record tells it.
      if (recorder.status.state !== 'following') recorder.recordWrite(serviceSubject(dc, name), sentence);
    },
    counted: (...plan) => metrics.plan(...plan),
  });
  store.observe(release.observer);
  const topology: OpenTopology = openTopology(settings, {
    ...{ addresses, federations, fleet: store, publisher: journal, clock: systemClock, random: Math.random },
    ...{ recorder, reader: history.record.reader },
  });
  store.observe(topology.observer);
  let listensAt: string | null = null;
  const alerts: OpenAlerts = openAlerts(settings, {
    ...{ addresses, home, fleet: store, publisher: journal, recorder, leadership, replica, log: logger },
    ...{ documents: history.documents, reader: history.record.reader, clock: systemClock, random: Math.random },
    ...{
      progress: (dc) => fleet.progress(dc),
      oldestUnreadMs,
      reachesAll,
      listensAt: () => listensAt,
      onHot: () => fleet.replan(),
      later,
    },
  });
  for (const observer of alerts.observers) store.observe(observer);
  leadership.onChange(({ leads, by }) => {
    if (leads && by === 'session')
      recorder.recordWrite(lictorSubject(replica), 'Took the lock of the leader in Consul.');
  });
  const bodyOf = (topic: string) => {
    const key = topicServiceKey(topic);
    if (key !== null) return store.serviceBody(key);
    if (topic === 'splits') return release.splits();
    if (topic === 'alerts') return alerts.body();
    if (topic === 'topology') return topology.body();
    if (topic === 'system') return feed.body;
    return topic === 'nodes' ? store.nodesBody() : store.fleetBody();
  };
  const hub: StreamHub = new StreamHub(
    journal,
    {
      ...{ bodyOf, heartbeat: () => fleet.heartbeat(), nowMs, nowIso },
      opening: (topics) => {
        if (topics.has('system')) feed.opening();
        if (topics.has('topology')) topology.opening();
      },
    },
    () => {
      fleet.replan();
      release.look();
    },
  );
  const state = (): SystemState => {
    const reports = addresses.map((address, at) =>
      addressReport(
        address,
        (watchers[at]?.reports() ?? []).map(({ name }) => name),
      ),
    );
    const connections = sumOfConnections(reports);
    const { rss: rssBytes, heapUsed: heapUsedBytes } = process.memoryUsage();
    return {
      ...{ version: packageJson.version, consul: reach() },
      datacenters: fleet.reports().sort((a, b) => compareText(a.name, b.name)),
      connections: { ...connections, errors: { ...connections.errors, ...refused.counts } },
      addresses: reports,
      leadership: leadership.state,
      history: history.state(),
      stream: { clients: hub.clients },
      process: { rssBytes, heapUsedBytes },
    };
  };
  const feed: SystemFeed = new SystemFeed(journal, {
    ...{ clock: systemClock, state, isFollowed: () => hub.isFollowed('system') },
  });
  const system = () => feed.refresh();
  const metrics = createMetrics(
    state,
    () => addresses.map(({ transport }) => transport.stats.requestsByEndpoint),
    () => recorder.status,
    () => alerts.figures(),
  );
  journal.onEntry(({ change }) => {
    metrics.published(change);
    topology.published(change);
  });

  globalThis.lictorFirstData = {
    basePath: settings.listen.basePath,
    fleet: () => store.fleetBody(),
    nodes: () => store.nodesBody(),
    node: (dc, name) => store.nodeBody(dc, name),
    system,
    service: (key) => store.serviceBody(key),
    alerts: () => alerts.body(),
    topology: () => topology.body(),
    traceUrl: settings.traceUrl,
    nowIso,
  } satisfies FirstData;

  fleet.start();
  leadership.start();
  recorder.start();
  feed.start();
  alerts.start();
  const readiness = () => fleet.readiness();
  const firstRead = firstReadOver({ clock: systemClock, readiness, reach });
  void firstRead.then(() => {
    keepHeapSmall();
    release.start();
    topology.start();
  });
  const pages = pagesDir === null ? null : createPages(pagesDir, firstRead);
  const app = await createApp({
    ...{ listen: settings.listen, logger, store, hub, metrics: metrics.registry, system, readiness },
    ...{ record: history.record, nowMs: Date.now, desk: release.desk, readOnly: settings.leadership.readOnly },
    ...{ alerts: alerts.desk, topology },
    ...{ renderPage: pages?.renderPage ?? null, pagesDir },
  });
  app.addHook('preClose', async () => hub.close());
  await history.opened();
  const { host, port } = settings.listen;
  const url = await app.listen({ host, port }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new SettingsError('PORT', `${port} on ${host} is taken by another process: stop it, or choose another port.`);
  });
  listensAt = url;
  await pages?.ready;
  logger.info({ url, consul: reach().address }, 'Lictor is serving');

  async function close(): Promise<void> {
    logger.info('Lictor is closing');
    const deadline = setTimeout(() => app.server.closeAllConnections(), CLOSE_DEADLINE_MS);
    fleet.stop();
    feed.stop();
    topology.close();
    // Who writes goes on leading until the last word is written.
    await Promise.all([
      app.close(),
      Promise.all([release.close(), alerts.close()])
        .then(history.close)
        .then(() => lead.close()),
    ]);
    home.close();
    clearTimeout(deadline);
    await Promise.all([pages?.close(), ...addresses.map(({ transport }) => transport.close())]);
  }
  return { url, close };
}

function oldestOf(moments: readonly (number | null)[]): number | null {
  const known = moments.filter((moment) => moment !== null);
  return known.length > 0 ? Math.min(...known) : null;
}

import { pino } from 'pino';
import type { FirstData } from '@/lib/stream/first-data';
import { topicServiceKey } from '@/lib/stream/topics';
import type { SystemBody } from '@/lib/system/system-body';
import packageJson from '@/package.json' with { type: 'json' };
import type { Settings } from './config/settings';
import { SettingsError } from './config/settings-error';
import { systemClock } from './consul/clock';
import { connectionBudget } from './consul/connection-budget';
import { consulTransport } from './consul/consul-transport';
import { tokenSource } from './consul/token-source';
import { ConsulContact } from './fleet/consul-contact';
import { FleetStore } from './fleet/fleet-store';
import { FleetWatcher } from './fleet/fleet-watcher';
import { RefusedAnswers } from './fleet/refused-answers';
import { createApp } from './http/app';
import { createMetrics } from './http/metrics';
import { createPages } from './http/next-pages';
import { StreamHub } from './stream/hub';
import { Journal } from './stream/journal';

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
  const { address } = settings.consul;
  const consul = {
    ...settings.consul,
    token: tokenSource(settings.consul.token, settings.consul.tokenFile),
    warn: (sentence: string) => logger.warn(sentence),
  };
  const maxConnections = settings.consulMaxConnections ?? (await connectionBudget(consul));
  const transport = consulTransport({ ...consul, maxConnections });

  const nowMs = () => systemClock.now();
  const nowIso = () => systemClock.iso(nowMs());
  const journal = new Journal(nowMs(), nowIso);
  const contact = new ConsulContact(address, nowIso());
  const refused = new RefusedAnswers();
  const store = new FleetStore(journal, nowIso, () => contact.reach);
  const watcher: FleetWatcher = new FleetWatcher({
    ...{
      transport,
      consul: contact,
      refused,
      store,
      clock: systemClock,
      random: Math.random,
      log: logger,
    },
    token: consul.token,
    versionMetaKeys: settings.file.version.metaKeys,
    followedServices: () => hub.followedServices,
  });
  const bodyOf = (topic: string) => {
    const key = topicServiceKey(topic);
    if (key !== null) return store.serviceBody(key);
    return topic === 'nodes' ? store.nodesBody() : store.fleetBody();
  };
  const hub: StreamHub = new StreamHub(journal, { bodyOf, heartbeat: () => watcher.heartbeat(), nowMs, nowIso }, () =>
    watcher.replan(),
  );
  const system = (): SystemBody => {
    const { protocol, openConnections: open, waiting, queued, requests, errors: failed } = transport.stats;
    const { waitingCapacity } = transport;
    const errors = { ...failed, ...refused.counts };
    return {
      ...{ version: packageJson.version, epoch: journal.epoch, seq: journal.seq, at: nowIso(), consul: contact.reach },
      datacenters: watcher.reports(),
      connections: {
        ...{ protocol, budget: maxConnections, fullBudget: maxConnections, lowered: null },
        ...{ open, waiting, waitingCapacity, queued, requests, errors },
      },
      stream: { clients: hub.clients },
    };
  };
  const metrics = createMetrics(system);
  journal.onEntry(({ change }) => metrics.published(change));

  globalThis.lictorFirstData = {
    basePath: settings.listen.basePath,
    fleet: () => store.fleetBody(),
    nodes: () => store.nodesBody(),
    service: (key) => store.serviceBody(key),
    nowIso,
  } satisfies FirstData;

  watcher.start();
  const pages = pagesDir === null ? null : createPages(pagesDir);
  const app = await createApp({
    ...{ listen: settings.listen, logger, store, hub, metrics: metrics.registry, system },
    readiness: () => watcher.readiness(),
    renderPage: pages?.renderPage ?? null,
  });
  app.addHook('preClose', async () => hub.close());
  const { host, port } = settings.listen;
  const url = await app.listen({ host, port }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new SettingsError('PORT', `${port} on ${host} is taken by another process: stop it, or choose another port.`);
  });
  await pages?.ready;
  logger.info({ url, consul: address, maxConnections }, 'Lictor is serving');

  async function close(): Promise<void> {
    logger.info('Lictor is closing');
    const deadline = setTimeout(() => app.server.closeAllConnections(), CLOSE_DEADLINE_MS);
    watcher.stop();
    await app.close();
    clearTimeout(deadline);
    await Promise.all([pages?.close(), transport.close()]);
  }
  return { url, close };
}

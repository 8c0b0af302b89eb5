import { pino } from 'pino';
import type { Stage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import { combinedReach } from '@/lib/fleet/combined-reach';
import type { TopologyNode } from '@/lib/topology/topology-body';
import { TopologyBook } from '@/lib/topology/topology-book';
import { readSettings } from '@/server/config/settings';
import { systemClock } from '@/server/consul/clock';
import { Federations } from '@/server/fleet/configuration/federations';
import { FleetStore } from '@/server/fleet/fleet-store';
import { FleetWatcher } from '@/server/fleet/fleet-watcher';
import { RefusedAnswers } from '@/server/fleet/refused-answers';
import { openAddress } from '@/server/open-address';
import { openTopologySources } from '@/server/open-topology-sources';
import { Journal } from '@/server/stream/journal';

export interface SourcesBench {
  readonly book: TopologyBook;
  /** `dc1/front>dc1/cart upstream,observed`, sorted, of those that have an end whose name begins so. */
  edges(...names: string[]): string[];
  node(key: string): TopologyNode | null;
  /** `live`, `absent: <reason>`. */
  state(name: string, dc?: string): string | undefined;
  /** Services the fleet has in a datacenter. */
  services(dc: string): readonly string[];
}

/** A fleet watched on a real Consul, and what its sources tell a book, without what publishes it. Resolves once all of them have been read. */
export async function sourcesBench(
  stage: Stage,
  consulAddress: string,
  env: Readonly<Record<string, string>> = {},
): Promise<SourcesBench> {
  const log = pino({ level: 'silent' });
  const settings = readSettings({ CONSUL_HTTP_ADDR: consulAddress, ...env });
  const addresses = await Promise.all(settings.addresses.map((address) => openAddress(address, settings.tenancy, log)));
  const nowMs = () => systemClock.now();
  const nowIso = () => systemClock.iso(nowMs());
  const reach = () => combinedReach(addresses.map(({ contact }) => contact.reach));
  const federations = new Federations(nowMs);
  const book = new TopologyBook();
  const sources = openTopologySources(settings, {
    ...{ addresses, places: federations, told: book, onChange: () => {}, clock: systemClock, random: Math.random },
  });
  const limits = { ...settings.file.massDisappearance, nowMs };
  const store = new FleetStore(new Journal(nowMs(), nowIso), nowIso, reach, limits);
  store.observe({
    onService: (step) => {
      const { dc, name, next } = step;
      const key = `${encodeURIComponent(dc)}/${encodeURIComponent(name)}`;
      book.service({ key, dc, name, record: next?.service ?? null, meta: {} });
      sources.onService(step);
    },
    onNode: () => {},
    onDatacenter: (name, previous, next) => {
      book.datacenter(name, next?.freshness ?? null);
      sources.onDatacenter(name, previous, next);
    },
  });
  const watchers = addresses.map(
    (address) =>
      new FleetWatcher({
        ...{ ...address, consul: address.contact, otherWaits: () => 0, refused: new RefusedAnswers(), store, log },
        configuration: { kvPrefixes: [], federations, listener: sources },
        ...{ clock: systemClock, random: Math.random, versionMetaKeys: ['version'], hotServices: () => [] },
      }),
  );
  stage.atEnd(async () => {
    sources.stop();
    for (const watcher of watchers) watcher.stop();
    await Promise.all(addresses.map(({ transport }) => transport.close()));
  });
  for (const watcher of watchers) watcher.start();
  await until('the fleet to be read', () => {
    const states = watchers.flatMap((watcher) => watcher.readiness());
    return states.length > 0 && states.every(({ state }) => state === 'synced');
  });
  sources.start();
  await until('every source to have been read', () => {
    const states = sources.states();
    return states.some(({ name }) => name === 'intentions') && states.every(({ state }) => state !== 'starting');
  });
  return {
    book,
    edges: (...names) =>
      book
        .parts()
        .edges.filter(({ from, to }) =>
          names.some((name) => [from, to].some((end) => end.split('/')[1]?.startsWith(name))),
        )
        .map(({ key, kinds }) => `${key} ${kinds.join()}`),
    node: (key) => book.node(key),
    state: (name, dc = 'dc1') => {
      const found = sources.states().find((one) => one.name === name && one.dc === dc);
      return found && (found.reason === null ? found.state : `${found.state}: ${found.reason}`);
    },
    services: (dc) => store.services(dc),
  };
}

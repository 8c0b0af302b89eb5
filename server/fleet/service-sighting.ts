import type { HealthEntry } from '@/server/consul/decode/health-service';
import type { Records } from '@/server/consul/decode/records';
import { observedInstance } from './observed';
import type { WatchContext } from './watch-context';

/** One answer about one service. */
export interface ServiceAnswer {
  readonly name: string;
  readonly records: Records<HealthEntry>;
  readonly index: number | null;
  readonly atMs: number;
  readonly merged: boolean;
}

/**
 * Puts an answer into the store. Without any instance the service has left: Consul lists no service that has none. `synced` is
 * false while the datacenter is read for the first time, when everything began "at least" at this moment.
 */
export function sightService(context: WatchContext, answer: ServiceAnswer, synced: boolean): void {
  const { name, records, index, merged } = answer;
  const { dc, store, clock } = context;
  const known = store.knowsService(dc, name);
  const sighting = { at: clock.iso(answer.atMs), afterGap: known ? merged : !synced };
  const unreadable = records.failures.flatMap(({ node, id }) => (node && id ? [{ node, id }] : []));
  context.unreadable(
    name,
    records.failures.map((failure) => failure.message),
  );
  // Consul's index of names knows no case: asked for `web` it answers with the instances of `Web` as well.
  const entries = records.entries.filter(({ Service }) => Service.Service === name);
  if (entries.length === 0 && unreadable.length === 0) {
    store.forgetServices(dc, [name], sighting, { index, merged });
    return;
  }
  const instances = entries.map(observedInstance);
  store.seeService(
    { ...sighting, dc, name, instances, unreadable, versionMetaKeys: context.versionMetaKeys },
    { index, merged },
  );
}

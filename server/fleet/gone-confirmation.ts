import { instanceKey } from '@/lib/fleet/keys';
import { decodeNodes } from '@/server/consul/decode/catalog-nodes';
import { decodeServices } from '@/server/consul/decode/catalog-services';
import { decodeHealthService } from '@/server/consul/decode/health-service';
import { decodeInstancePlaces, type InstancePlaces } from '@/server/consul/decode/instance-places';
import { type Reading, read } from '@/server/consul/read';
import type { ReadRights } from '@/server/consul/read-rights';
import { healthServicePath } from '@/server/consul/service-path';
import type { ConsulAnswer } from '@/server/consul/transport';
import type { LostInstance } from './lost-instances';
import type { WatchContext } from './watch-context';

/** Services read one by one in a round, where the summary leaves something open. */
const SINGLE_READS_AT_MOST = 32;
const READ_TIMEOUT_MS = 10_000;
/** The servers of every datacenter register it themselves (in the default namespace): an answer without it is filtered, or is given before they did. */
const ALWAYS_THERE = 'consul';

/** What may be looked for: instances by key, nodes by name. */
export interface Wanted {
  readonly instances: ReadonlyMap<string, LostInstance>;
  readonly nodes: ReadonlySet<string>;
}

/** What Consul's leader says of them. */
export interface Confirmed {
  /** Gone beyond doubt. */
  readonly instances: ReadonlySet<string>;
  readonly nodes: ReadonlySet<string>;
  /** Services of which some are still there: what left them out was an answer that is behind. */
  readonly there: ReadonlySet<string>;
  readonly index: number | null;
}

type Decode<Value> = (answer: ConsulAnswer) => Value;

/** What the leader's list and summary say of one missing instance; null: they leave it open. */
export function isGone(
  { service, instance }: LostInstance,
  listed: ReadonlySet<string>,
  places: ReadonlyMap<string, InstancePlaces>,
  /** How many instances of that service are seen beside the missing ones. */
  seen: number,
): true | null {
  if (!listed.has(service)) return true;
  const place = places.get(service);
  if (!place) return null;
  return !place.nodes.has(instance.node) || place.instances === seen ? true : null;
}

/**
 * Reads from the leader (not from any server) what became of the missing: the list of services, which is enough where whole services are missing; a summary of
 * all instances, where the list leaves something open; the list of nodes, where nodes are missing.
 * @throws ConsulError where it cannot be read, or is not to be believed.
 */
export async function confirmGone(
  context: WatchContext,
  missing: Wanted,
  rights: ReadRights,
  signal: AbortSignal,
): Promise<Confirmed | null> {
  const { dc, transport, store } = context;
  const ask = <Value>(path: string, decode: Decode<Value>): Promise<Reading<Value>> =>
    read(transport, { path, query: { dc }, timeoutMs: READ_TIMEOUT_MS, signal, decode });

  const list = await ask('/v1/catalog/services', decodeServices);
  context.contacted(list.answer);
  const listed = new Set([
    ...list.value.entries.map(({ name }) => name),
    ...list.value.failures.flatMap(({ id }) => id ?? []),
  ]);
  // The token may read everything, was said a moment ago: then such an answer comes from a server that knows otherwise.
  // That Consul calls its list filtered says nothing: a rule that denies a single name does that for good, and what is missing was asked for by name.
  const missesOwn = store.knowsService(dc, ALWAYS_THERE) && !listed.has(ALWAYS_THERE);
  if (rights.services && rights.nodes && missesOwn) return null;

  const named = [...missing.instances.values()].some(({ service }) => listed.has(service));
  const places = named ? (await ask('/v1/internal/ui/services', decodeInstancePlaces)).value : new Map();
  const gone = new Set<string>();
  const open = new Set<string>();
  for (const [key, lost] of missing.instances) {
    const seen = store.doubts.seenInstances(dc, lost.service);
    if (isGone(lost, listed, places, seen)) gone.add(key);
    else open.add(lost.service);
  }

  const there = new Set<string>();
  for (const service of [...open].slice(0, SINGLE_READS_AT_MOST)) {
    const path = healthServicePath(service);
    if (path === null) continue;
    const { entries, failures } = (await ask(path, decodeHealthService)).value;
    const present = new Set([
      ...entries.map(({ Node, Service }) => instanceKey(dc, Node.Node, Service.ID)),
      ...failures.flatMap(({ node, id }) => (node && id ? [instanceKey(dc, node, id)] : [])),
    ]);
    for (const [key, lost] of missing.instances) {
      if (lost.service !== service) continue;
      if (present.has(key)) there.add(service);
      else gone.add(key);
    }
  }
  return { instances: gone, nodes: await goneNodes(missing.nodes, ask), there, index: list.answer.index };
}

async function goneNodes(
  missing: ReadonlySet<string>,
  ask: <Value>(path: string, decode: Decode<Value>) => Promise<Reading<Value>>,
): Promise<ReadonlySet<string>> {
  if (missing.size === 0) return missing;
  const { value } = await ask('/v1/catalog/nodes', decodeNodes);
  const present = new Set([
    ...value.entries.map(({ Node }) => Node),
    ...value.failures.flatMap(({ node }) => node ?? []),
  ]);
  return new Set([...missing].filter((name) => !present.has(name)));
}

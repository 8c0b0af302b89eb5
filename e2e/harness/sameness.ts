import { dequal } from 'dequal';
import type { FollowedStream } from './followed-stream';
import type { LictorUnderTest } from './lictor-for';
import { type RawBodies, readRawBodies } from './raw-fleet';

export interface Followed {
  readonly stream: FollowedStream;
  readonly topics: readonly string[];
}

/** What Consul says by a fresh full read, and what Lictor makes of it: by its API, and by what a stream client has folded. */
export interface Comparison {
  readonly same: boolean;
  readonly raw: RawBodies;
  readonly published: RawBodies;
  readonly folded: Record<string, unknown> | undefined;
  /** What `folded` has to be. */
  readonly wanted: Record<string, unknown> | undefined;
}

/** Determined by Lictor, not by Consul. */
const LICTORS_OWN = new Set(['since', 'sinceAtLeast', 'freshness', 'epoch', 'seq', 'at', 'consul', 'flapping']);
/** Maps whose keys are users' own. */
const USERS_MAPS = new Set(['meta', 'versions']);

/** A body without what Consul cannot tell. */
function comparable(value: unknown, users = false): unknown {
  if (Array.isArray(value)) return value.map((item) => comparable(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => users || !LICTORS_OWN.has(key))
      .map(([key, item]) => [key, comparable(item, USERS_MAPS.has(key))]),
  );
}

/** Holds everything that Consul determines against Consul. Rejects where Consul cannot be read now. */
export async function compareWithConsul(
  lictor: LictorUnderTest,
  consulAddress: string,
  followed?: Followed,
): Promise<Comparison> {
  const raw = await readRawBodies(consulAddress);
  const published = await readPublished(lictor, raw);
  const folded = followed && foldedBodies(followed.stream, followed.topics);
  const wanted = followed && wantedBodies(raw, followed.topics);
  return { same: dequal(published, raw) && dequal(folded, wanted), raw, published, folded, wanted };
}

/** Every body that the API gives, for the services and nodes that the raw read knows. */
async function readPublished(lictor: LictorUnderTest, raw: RawBodies): Promise<RawBodies> {
  const each = async (folder: string, keys: string[]) =>
    Object.fromEntries(
      await Promise.all(keys.map(async (key) => [key, comparable(await lictor.get(`/api/v1/${folder}/${key}`))])),
    ) as Record<string, unknown>;
  const [fleet, nodes, services, nodeBodies] = await Promise.all([
    lictor.get('/api/v1/fleet'),
    lictor.get('/api/v1/nodes'),
    each('services', Object.keys(raw.services)),
    each('nodes', Object.keys(raw.nodeBodies)),
  ]);
  return { fleet: comparable(fleet), nodes: comparable(nodes), services, nodeBodies };
}

function foldedBodies(stream: FollowedStream, topics: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(topics.map((topic) => [topic, comparable(stream.body(topic))]));
}

function wantedBodies(raw: RawBodies, topics: readonly string[]): Record<string, unknown> {
  const wanted = (topic: string) =>
    topic === 'fleet' || topic === 'nodes' ? raw[topic] : (raw.services[topic.slice('service:'.length)] ?? null);
  return Object.fromEntries(topics.map((topic) => [topic, wanted(topic)]));
}

import { dequal } from 'dequal';
import { expect } from 'vitest';
import type { FollowedStream } from './followed-stream';
import type { LictorUnderTest } from './lictor-for';
import { type RawBodies, readRawBodies } from './raw-fleet';

/** Determined by Lictor, not by Consul. */
const LICTORS_OWN = new Set(['since', 'sinceAtLeast', 'freshness', 'epoch', 'seq', 'at', 'consul']);
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

/**
 * Resolves once Lictor's bodies, and what `followed` has folded, equal a fresh full read of Consul in every field that Consul determines. After the
 * deadline it fails with what differs.
 */
export async function untilSame(
  lictor: LictorUnderTest,
  consulAddress: string,
  followed?: { stream: FollowedStream; topics: readonly string[] },
  deadlineMs = 30_000,
): Promise<RawBodies> {
  const giveUpAt = performance.now() + deadlineMs;
  for (;;) {
    const last = performance.now() > giveUpAt;
    const raw = await readRawBodies(consulAddress).catch((error: Error) => {
      if (last) throw error;
      return null;
    });
    if (raw === null) continue;
    const published = await readPublished(lictor, raw);
    const folded = followed && foldedBodies(followed.stream, followed.topics);
    const wanted = followed && wantedBodies(raw, followed.topics);
    if (dequal(published, raw) && dequal(folded, wanted)) return raw;
    if (last) {
      expect(published).toEqual(raw);
      expect(folded).toEqual(wanted);
    }
  }
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

import { QueryClient, type QueryObserverOptions } from '@tanstack/react-query';
import { backoffDelayMs } from '@/lib/stream/backoff';
import type { Topic, TopicBody } from '@/lib/stream/protocol';
import { isTopicBody } from '@/lib/stream/stream-message';
import { topicServiceKey } from '@/lib/stream/topics';
import type { Clock } from './clock';
import type { LiveCore } from './live-core';

/** The stream brings a topic's first body. Where it has not within this time, the topic's GET is asked. */
const STREAM_FIRST_MS = 2_000;

/** What the server's problem document says where Consul lists no such service; another 404 is a wrong address. */
const UNKNOWN_SERVICE = 'urn:lictor:problem:unknown-service';

class UnknownServiceError extends Error {}

/**
 * A cache that nothing but the live core fills: what is in it never goes stale by age, and `foldChange` already keeps the identity
 * of what did not change.
 */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: Number.POSITIVE_INFINITY,
        structuralSharing: false,
        networkMode: 'always',
      },
    },
  });
}

export const topicKey = (topic: Topic): readonly ['topic', Topic] => ['topic', topic];

export interface TopicReader {
  readonly core: LiveCore;
  readonly basePath: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly fetch: typeof fetch;
}

export function topicQuery(reader: TopicReader, topic: Topic): QueryObserverOptions<TopicBody> {
  return {
    queryKey: topicKey(topic),
    queryFn: ({ signal }) => readTopic(reader, topic, signal),
    retry: (_, error) => !(error instanceof UnknownServiceError),
    retryDelay: (failures) => backoffDelayMs(failures + 1, reader.random),
  };
}

/** Path of the GET whose body a topic carries on. */
function topicPath(topic: Topic): string {
  const key = topicServiceKey(topic);
  return key === null ? `/api/v1/${topic}` : `/api/v1/services/${key}`;
}

async function readTopic(reader: TopicReader, topic: Topic, signal: AbortSignal): Promise<TopicBody> {
  const { core, basePath } = reader;
  await firstWord(reader, topic, signal);
  const streamed = core.body(topic);
  if (streamed) return streamed;
  if (core.goneSince(topic)) throw new UnknownServiceError('Consul lists no such service now.');
  const path = `${basePath}${topicPath(topic)}`;
  const response = await ask(reader, path, signal);
  if (response.status === 404 && (await problemType(response)) === UNKNOWN_SERVICE) {
    core.markGone(topic, new Date(core.serverClock.nowMs()).toISOString());
    throw new UnknownServiceError('Consul lists no such service now.');
  }
  if (!response.ok) {
    throw new Error(`Lictor answered ${response.status} to ${path}, so nothing can be shown yet; it is asked again.`);
  }
  const body: unknown = await response.json().catch(() => null);
  if (!isTopicBody(topic, body)) {
    throw new Error(
      `The answer to ${path} is not what Lictor's server sends: look for a proxy in between; it is asked again.`,
    );
  }
  return core.offer(topic, body);
}

async function ask(reader: TopicReader, path: string, signal: AbortSignal): Promise<Response> {
  try {
    return await reader.fetch(path, { signal, headers: { accept: 'application/json' } });
  } catch (cause) {
    throw new Error(`Lictor cannot be reached, so nothing can be shown yet; it is tried again.`, { cause });
  }
}

async function problemType(response: Response): Promise<unknown> {
  const problem: unknown = await response.json().catch(() => null);
  return typeof problem === 'object' && problem !== null && 'type' in problem ? problem.type : null;
}

/** Waits until the stream has said something of `topic`, for `STREAM_FIRST_MS` at most. */
function firstWord({ core, clock }: TopicReader, topic: Topic, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clock.clearTimeout(timer);
      unsubscribe();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const isKnown = () => core.body(topic) !== undefined || core.goneSince(topic) !== null;
    const unsubscribe = core.subscribe(() => {
      if (isKnown()) done();
    });
    const timer = clock.setTimeout(done, STREAM_FIRST_MS);
    signal.addEventListener('abort', done);
    if (isKnown()) done();
  });
}

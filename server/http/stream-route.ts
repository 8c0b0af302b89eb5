import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { parsePair } from '@/lib/fleet/keys';
import type { Topic } from '@/lib/stream/protocol';
import { parsePosition, parseTopicRequest, serviceTopic, topicServiceKey } from '@/lib/stream/topics';
import type { StreamClient } from '@/server/stream/client';
import type { TopicRequest } from '@/server/stream/opening';
import { PacedSink } from './paced-sink';
import type { AppParts } from './parts';
import { Problem } from './problems';

const MAX_TOPICS = 256;
const plainTopics = ['fleet', 'nodes', 'splits', 'alerts', 'topology', 'system'] as const satisfies readonly Topic[];

const querySchema = z.object({
  topic: z
    .union([z.string(), z.array(z.string())])
    .describe(
      '`fleet`, `nodes`, `splits`, `alerts`, `topology`, `system` or `service:<key>`, percent-encoded whole, repeated for more; `@<epoch>:<seq>` behind it resumes',
    ),
});

/** `GET /api/v1/stream`: server-sent events. Written to the raw response, so that one buffer serves every client. */
export async function streamRoute(instance: FastifyInstance, { hub }: AppParts): Promise<void> {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const schema = {
    summary: 'Changes as server-sent events',
    querystring: querySchema,
    produces: ['text/event-stream'],
  };
  app.get('/stream', { schema }, (request, reply) => {
    const requests = topicRequests([request.query.topic].flat(), request.headers['last-event-id']);
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    raw.write('retry: 1000\n\n');
    const client: StreamClient = hub.connect(requests, new PacedSink(raw, () => client.drained()));
    raw.on('close', () => hub.disconnect(client));
    raw.on('error', () => hub.disconnect(client));
  });
}

/**
 * Which topics from where. A position that is no position (a bad `Last-Event-ID` included) is answered with a snapshot: the client
 * cannot mend it, and a snapshot is always right.
 */
function topicRequests(values: readonly string[], lastEventId: string | string[] | undefined): TopicRequest[] {
  if (values.length > MAX_TOPICS) {
    throw new Problem(
      'invalid-request',
      `${values.length} topics are asked for; one stream carries ${MAX_TOPICS} at most.`,
    );
  }
  const last = typeof lastEventId === 'string' && lastEventId !== '' ? lastEventId : null;
  const requests = new Map<Topic, TopicRequest>();
  for (const value of values) {
    const { name, position } = parseTopicRequest(value);
    const topic = knownTopic(name);
    requests.set(topic, { topic, position: last === null ? position : parsePosition(last) });
  }
  return [...requests.values()];
}

function knownTopic(name: string): Topic {
  const plain = plainTopics.find((topic) => topic === name);
  if (plain !== undefined) return plain;
  const key = topicServiceKey(name);
  if (key !== null && parsePair(key)) return serviceTopic(key);
  throw new Problem(
    'unknown-topic',
    `"${name.slice(0, 100)}" is no topic; there are ${plainTopics.join(', ')} and service:<dc>/<name>.`,
  );
}

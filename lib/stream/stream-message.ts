import type { ByeEvent, ChangeEvent, HeartbeatEvent, Topic, TopicBody } from './protocol';
import { parsePosition } from './topics';

/** One server-sent event of the stream, decoded. `epoch` is the server process that sent it; null where no id has come yet. */
export type StreamMessage =
  | { readonly kind: 'snapshot'; readonly topic: Topic; readonly body: TopicBody }
  | { readonly kind: 'change'; readonly topic: Topic; readonly epoch: number | null; readonly event: ChangeEvent }
  | { readonly kind: 'heartbeat'; readonly epoch: number | null; readonly event: HeartbeatEvent }
  | { readonly kind: 'bye'; readonly event: ByeEvent };

export const STREAM_EVENTS = ['snapshot', 'change', 'heartbeat', 'bye'] as const;
export type StreamEventName = (typeof STREAM_EVENTS)[number];

type Fields = Readonly<Record<string, unknown>>;

/**
 * Decodes one event: its name, its data and its last id (`<epoch>:<seq>`, or empty). Throws an Error that names the field that is not as it must be.
 * Only the frame is looked at, not every record: the schema of a large fleet takes longer to check than a frame takes to paint, and
 * the sender is Lictor's own server.
 */
export function decodeMessage(name: StreamEventName, data: string, id: string): StreamMessage {
  const fields: unknown = JSON.parse(data);
  if (!isObject(fields)) throw new Error('the event is not an object');
  if (name === 'bye') {
    must(typeof fields.reason === 'string' && isNumber(fields.retryMs), 'reason or retryMs');
    return { kind: 'bye', event: fields as unknown as ByeEvent };
  }
  must(isNumber(fields.seq) && isTime(fields.at), 'seq or at');
  const epoch = parsePosition(id)?.epoch ?? null;
  if (name === 'heartbeat') {
    must(
      isListOf(fields.freshness, (entry) => typeof entry.dc === 'string'),
      'freshness',
    );
    must(isObject(fields.consul) && typeof fields.consul.reachable === 'boolean', 'consul');
    return { kind: 'heartbeat', epoch, event: fields as unknown as HeartbeatEvent };
  }
  const { topic } = fields;
  if (!isTopic(topic)) throw new Error('the field topic is missing or not as it must be');
  if (name === 'snapshot') {
    if (!isTopicBody(topic, fields.data)) throw new Error('the field data is missing or not as it must be');
    return { kind: 'snapshot', topic, body: fields.data };
  }
  must(isListOf(fields.changes, isChange), 'changes');
  return { kind: 'change', topic, epoch, event: fields as unknown as ChangeEvent };
}

/** Whether `value` has the frame of that topic's body. */
export function isTopicBody(topic: Topic, value: unknown): value is TopicBody {
  if (!isObject(value) || !isNumber(value.epoch) || !isNumber(value.seq) || !isTime(value.at)) return false;
  if (topic === 'fleet') {
    return isObject(value.consul) && isListOf(value.datacenters, (dc) => isListOf(dc.services, hasKey));
  }
  if (topic === 'nodes') return isListOf(value.datacenters, (dc) => isListOf(dc.nodes, hasKey));
  if (topic === 'splits') return isListOf(value.splits, hasKey);
  if (topic === 'alerts')
    return isListOf(value.items, hasKey) && isListOf(value.silences, hasId) && isObject(value.rules);
  if (topic === 'topology') return isListOf(value.nodes, hasKey) && isListOf(value.edges, hasKey);
  if (topic === 'system') return isListOf(value.datacenters, ({ name }) => typeof name === 'string');
  return isObject(value.service) && hasKey(value.service) && isListOf(value.instances, hasKey);
}

function must(holds: boolean, field: string): void {
  if (!holds) throw new Error(`the field ${field} is missing or not as it must be`);
}

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isTime = (value: unknown): boolean => typeof value === 'string' && Number.isFinite(Date.parse(value));
const isListOf = (value: unknown, holds: (entry: Fields) => boolean): boolean =>
  Array.isArray(value) && value.every((entry) => isObject(entry) && holds(entry));
const hasKey = (record: Fields): boolean => typeof record.key === 'string';
const hasId = (record: Fields): boolean => typeof record.id === 'string';
const isTopic = (value: unknown): value is Topic =>
  value === 'fleet' ||
  value === 'nodes' ||
  value === 'splits' ||
  value === 'alerts' ||
  value === 'topology' ||
  value === 'system' ||
  (typeof value === 'string' && value.startsWith('service:'));
const isChange = (change: Fields): boolean =>
  hasKey(change) && (change.op === 'remove' || (change.op === 'put' && isObject(change.value)));

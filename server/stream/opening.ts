import type { Topic } from '@/lib/stream/protocol';
import { formatPosition, type StreamPosition } from '@/lib/stream/topics';
import { Backlog } from './backlog';
import type { Journal } from './journal';
import type { Resumes } from './resumes';
import type { Snapshots } from './snapshots';
import { inSequence, type StreamEvent } from './stream-event';

export interface TopicRequest {
  readonly topic: Topic;
  /** What the client already holds of it; null asks for a snapshot. */
  readonly position: StreamPosition | null;
}

/**
 * The first frames of a stream: what the client missed of topics it holds, by rising seq, then snapshots of the others. While a snapshot
 * is still to come only the last frame carries an id, so that a client cut off in between never resumes a topic it does not hold.
 */
export function openingFrames(
  journal: Journal,
  requests: readonly TopicRequest[],
  snapshots: Snapshots,
  resumes: Resumes,
): Buffer[] {
  const missed: StreamEvent[] = [];
  const fresh: Topic[] = [];
  for (const { topic, position } of requests) {
    const events = position && journal.since(position, topic);
    if (events) missed.push(...events);
    else fresh.push(topic);
  }
  missed.sort((a, b) => a.change.seq - b.change.seq);
  if (fresh.length === 0)
    return missed.length === 0 ? [] : [resumes.bytes(placesOf(requests), () => inSequence(few(missed, journal.epoch)))];
  const last = fresh.length - 1;
  return [
    ...missed.map((event) => event.bytes(null)),
    ...fresh.map((topic, at) => snapshots.bytes(topic, at === last)),
  ];
}

/** Who missed more is sent the newest state of each key: the longer a storm of clients lasts, the more each would be sent, and the longer it would last. */
const MOST_SINGLY = 256;

function few(missed: readonly StreamEvent[], epoch: number): readonly StreamEvent[] {
  if (missed.length <= MOST_SINGLY) return missed;
  const newest = new Backlog(epoch);
  for (const event of missed) newest.add(event);
  return newest.take();
}

const placesOf = (requests: readonly TopicRequest[]): string =>
  requests.map(({ topic, position }) => `${topic}@${position && formatPosition(position)}`).join(' ');

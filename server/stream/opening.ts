import type { ChangeEvent, SnapshotEvent, Topic, TopicBody } from '@/lib/stream/protocol';
import { formatPosition, type StreamPosition, topicServiceKey } from '@/lib/stream/topics';
import { encodeEvent } from './encode';
import type { Journal, JournalEntry } from './journal';

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
  bodyOf: (topic: Topic) => TopicBody | undefined,
  nowIso: () => string,
): Buffer[] {
  const missed: JournalEntry[] = [];
  const fresh: Topic[] = [];
  for (const { topic, position } of requests) {
    const entries = position && journal.since(position, topic);
    if (entries) missed.push(...entries);
    else fresh.push(topic);
  }
  missed.sort((a, b) => a.event.seq - b.event.seq);
  if (fresh.length === 0) return missed.map((entry) => entry.bytes());

  const frames = missed.map((entry) => encodeEvent('change', entry.event, null));
  fresh.forEach((topic, at) => {
    const id = at === fresh.length - 1 ? formatPosition(journal) : null;
    const body = bodyOf(topic);
    const stamp = { topic, seq: journal.seq, at: nowIso() };
    frames.push(
      body
        ? encodeEvent('snapshot', { ...stamp, data: body } satisfies SnapshotEvent, id)
        : encodeEvent('change', { ...stamp, ...absence(topic, stamp.at) } satisfies ChangeEvent, id),
    );
  });
  return frames;
}

/** In place of a snapshot of a service that is not there: the stream stays open, and brings the service when it registers. */
function absence(topic: Topic, observedAt: string): Pick<ChangeEvent, 'observedAt' | 'index' | 'changes'> {
  const key = topicServiceKey(topic) ?? topic;
  return { observedAt, index: null, changes: [{ key, op: 'remove', value: null, from: null, merged: false }] };
}

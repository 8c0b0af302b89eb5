import type { Topic } from './protocol';
import { formatPosition, type StreamPosition } from './topics';

/**
 * The query of a stream request: each topic, with `@<epoch>:<seq>` where its body is held up to there, so that only the others are
 * sent whole. A value is percent-encoded whole, over the encoding that a service key already has.
 */
export function streamQuery(topics: Iterable<Topic>, positionOf: (topic: Topic) => StreamPosition | null): string {
  return [...topics]
    .map((topic) => {
      const position = positionOf(topic);
      return `topic=${encodeURIComponent(position ? `${topic}@${formatPosition(position)}` : topic)}`;
    })
    .join('&');
}

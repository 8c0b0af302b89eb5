import type { Topic } from './protocol';
import { formatPosition, type StreamPosition } from './topics';

type PositionOf = (topic: Topic) => StreamPosition | null;

/** Where to ask for these topics. `basePath` is the path prefix that Lictor is served under, without a slash at its end. */
export const streamUrl = (basePath: string, topics: Iterable<Topic>, positionOf: PositionOf): string =>
  `${basePath}/api/v1/stream?${streamQuery(topics, positionOf)}`;

/**
 * The query of a stream request: each topic, with `@<epoch>:<seq>` where its body is held up to there, so that only the others are
 * sent whole. A value is percent-encoded whole, over the encoding that a service key already has.
 */
export function streamQuery(topics: Iterable<Topic>, positionOf: PositionOf): string {
  return [...topics]
    .map((topic) => {
      const position = positionOf(topic);
      return `topic=${encodeURIComponent(position ? `${topic}@${formatPosition(position)}` : topic)}`;
    })
    .join('&');
}

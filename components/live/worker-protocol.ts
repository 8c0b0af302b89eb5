import type { Topic, TopicBody } from '@/lib/stream/protocol';
import type { StreamMessage } from '@/lib/stream/stream-message';
import type { StreamPosition } from '@/lib/stream/topics';

/** What the tabs of a browser and the worker that they share say to each other. Both sides are of one build. */

export interface WantedTopic {
  readonly topic: Topic;
  /** Up to where the tab holds it; null: not at all, or not for certain. */
  readonly position: StreamPosition | null;
  /** What the tab holds, where it asks for the topic the first time: a worker that has nothing goes on from there. */
  readonly body: TopicBody | null;
}

export type FromTab =
  /** All topics that the tab wants from now on; the first one joins it. */
  | { readonly kind: 'want'; readonly topics: readonly WantedTopic[] }
  /** What the tab holds of a topic does not fit on what came. */
  | { readonly kind: 'resync'; readonly topic: Topic }
  /** The last parcel has been worked off. */
  | { readonly kind: 'taken' }
  /** Someone looks again, or the tab stood still: the worker answers at once. */
  | { readonly kind: 'wake' }
  | { readonly kind: 'leave' };

export type ParcelItem =
  | { readonly kind: 'message'; readonly message: StreamMessage }
  /** A change of these topics may be missing; the message that brings them whole follows as soon as it can be had. */
  | { readonly kind: 'doubt'; readonly topics: readonly Topic[] }
  /** For a person who looks into the matter. */
  | { readonly kind: 'report'; readonly sentence: string };

export type FromWorker =
  /** At least one a second; the next one only after this was taken. Empty, it says that the worker is there. */
  | { readonly kind: 'parcel'; readonly items: readonly ParcelItem[] }
  /** The worker took the tab for gone: it has to say again what it wants. */
  | { readonly kind: 'forgotten' };

/** The worker's end of one tab's port. */
export interface TabPort {
  post(said: FromWorker): void;
  close(): void;
}

/** The tab's end. */
export interface WorkerPort {
  post(said: FromTab): void;
  close(): void;
}

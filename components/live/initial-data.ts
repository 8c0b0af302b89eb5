import type { Topic, TopicBody } from '@/lib/stream/protocol';

/** What a page brings from the server for its first paint: bodies by topic, and the server's time when they were read. */
export interface InitialData {
  readonly topics: Partial<Record<Topic, TopicBody>>;
  readonly at: string;
}

export const initialTopics = (initial: InitialData): Topic[] => Object.keys(initial.topics) as Topic[];

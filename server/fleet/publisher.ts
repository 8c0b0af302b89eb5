import type { Change, ChangeEvent, Topic } from '@/lib/stream/protocol';

/** What happened, before it has a place in the stream. */
export interface Publication {
  /** When Lictor read it off Consul, ISO 8601. */
  readonly observedAt: string;
  /** Consul's index of the answer; null where no answer stands behind it. */
  readonly index: number | null;
  readonly changes: readonly Change[];
}

/** Orders everything that this process publishes, and hands it on. The stream implements it. */
export interface Publisher {
  /** When this process started, decimal ms. */
  readonly epoch: number;
  /** The last number given out. */
  readonly seq: number;
  /** Gives the publication its number and sends it to whoever follows the topic. */
  publish(topic: Topic, publication: Publication): ChangeEvent;
}

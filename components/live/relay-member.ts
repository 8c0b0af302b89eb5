import type { Topic } from '@/lib/stream/protocol';
import type { StreamMessage } from '@/lib/stream/stream-message';
import type { StreamPosition } from '@/lib/stream/topics';
import type { ParcelItem, TabPort } from './worker-protocol';

interface Followed {
  readonly release: () => void;
  /** It holds all that was sent of the topic so far, and gets what comes; else it waits for the whole. */
  inStep: boolean;
  /** Up to where it said that it holds the topic. */
  readonly position: StreamPosition | null;
}

/** A tab that does not take its parcel has this many items kept for it; past that, the newest state will do. */
const MOST_PENDING = 100;

/**
 * One tab as the worker sees it: which topics it follows, and what is still to be sent. One parcel is under way at a time, so that
 * nothing piles up at a tab that is busy, hidden or frozen.
 */
export class RelayMember {
  readonly #topics = new Map<Topic, Followed>();
  #pending: ParcelItem[] = [];
  #underWay = false;
  #missedPulses = 0;

  constructor(readonly port: TabPort) {}

  /** A parcel is under way. */
  get isBusy(): boolean {
    return this.#underWay;
  }

  /** How many pulses in a row found it still busy with the same parcel. */
  get missedPulses(): number {
    return this.#missedPulses;
  }

  follows(topic: Topic): boolean {
    return this.#topics.has(topic);
  }

  follow(topic: Topic, release: () => void, position: StreamPosition | null): void {
    this.#topics.set(topic, { release, inStep: false, position });
  }

  /** Gives up every topic that is not in `wanted`. */
  keepOnly(wanted: ReadonlySet<Topic>): void {
    for (const [topic, { release }] of this.#topics) {
      if (wanted.has(topic)) continue;
      this.#topics.delete(topic);
      release();
    }
  }

  /** Topics that wait for the whole, each with the position that the tab said it has. */
  outOfStep(): [Topic, StreamPosition | null][] {
    return [...this.#topics].flatMap(([topic, followed]): [Topic, StreamPosition | null][] =>
      followed.inStep ? [] : [[topic, followed.position]],
    );
  }

  inStep(topic: Topic): void {
    const followed = this.#topics.get(topic);
    if (followed) followed.inStep = true;
  }

  /** What the tab holds of these does not count any more; those that it does not follow are left out. */
  doubt(topics: readonly Topic[]): void {
    const followed = topics.filter((topic) => this.#topics.has(topic));
    for (const topic of followed) {
      const release = this.#topics.get(topic)?.release;
      if (release) this.follow(topic, release, null);
    }
    if (followed.length > 0) this.post({ kind: 'doubt', topics: followed });
  }

  /** Keeps a message for the tab's next parcel, if it is one for it. */
  relay(message: StreamMessage): void {
    if (message.kind === 'heartbeat') this.#doubtWhatWaits();
    if ('topic' in message && !this.#topics.get(message.topic)?.inStep) return;
    this.post({ kind: 'message', message });
  }

  post(item: ParcelItem): void {
    this.#pending.push(item);
    if (this.#pending.length <= MOST_PENDING) return;
    this.#pending = this.#pending.filter((kept) => kept.kind === 'report');
    this.doubt([...this.#topics.keys()]);
  }

  /** Sends what is kept, if the tab is ready for it. */
  flush(): void {
    if (!this.#underWay && this.#pending.length > 0) this.#send();
  }

  /** Says that the worker is there. A tab that has a parcel before it will see that without. */
  pulse(): void {
    if (this.#underWay) this.#missedPulses += 1;
    else this.#send();
  }

  taken(): void {
    this.#underWay = false;
    this.#missedPulses = 0;
  }

  /** Gives up everything; the tab may join again. */
  forget(): void {
    this.keepOnly(new Set());
    this.#pending = [];
    this.taken();
  }

  /** A heartbeat says that everything up to it has come: of these topics it has not. */
  #doubtWhatWaits(): void {
    const waiting = this.outOfStep().flatMap(([topic, position]) => (position ? [topic] : []));
    this.doubt(waiting);
  }

  #send(): void {
    const items = this.#pending;
    this.#pending = [];
    this.#underWay = true;
    this.port.post({ kind: 'parcel', items });
  }
}

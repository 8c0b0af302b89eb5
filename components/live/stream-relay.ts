import type { Topic } from '@/lib/stream/protocol';
import type { StreamMessage } from '@/lib/stream/stream-message';
import { streamUrl } from '@/lib/stream/stream-query';
import type { StreamPosition } from '@/lib/stream/topics';
import type { Clock } from './clock';
import { Connection } from './connection';
import { Inbox } from './inbox';
import type { EventSourceLike } from './link';
import { Pulse } from './pulse';
import { RelayMember } from './relay-member';
import { WantedTopics } from './wanted-topics';
import { WholeTopics } from './whole-topics';
import type { FromTab, TabPort, WantedTopic } from './worker-protocol';

export interface StreamRelayOptions {
  /** Path prefix that Lictor is served under, without a slash at its end; empty at the root. */
  readonly basePath: string;
  readonly clock: Clock;
  /** 0 to 1, for the spread of waits. */
  readonly random: () => number;
  readonly openEventSource: (url: string) => EventSourceLike;
}

const PULSE_EVERY_MS = 1_000;
/** A tab that has not taken its parcel for so many pulses was closed, crashed or frozen: its topics are let go. */
const MOST_MISSED_PULSES = 10;

/**
 * The browser's one stream, for all its tabs: follows what any of them wants, and sends each what it wants. It folds too, so that a
 * tab that joins or has fallen behind gets the whole from here and not from the server.
 */
export class StreamRelay {
  readonly #clock: Clock;
  readonly #members = new Set<RelayMember>();
  readonly #wanted: WantedTopics;
  readonly #inbox: Inbox;
  readonly #whole: WholeTopics;
  readonly #connection: Connection;
  readonly #pulse: Pulse;
  #pulseTimer: unknown = null;

  constructor(options: StreamRelayOptions) {
    const { basePath, clock, random, openEventSource } = options;
    this.#clock = clock;
    this.#wanted = new WantedTopics(clock, (dropped) => this.#topicsChanged(dropped));
    this.#inbox = new Inbox({
      isWanted: (topic) => this.#wanted.has(topic),
      onServerTime: () => {},
      report: (sentence) => this.#eachMember((member) => member.post({ kind: 'report', sentence })),
    });
    this.#whole = new WholeTopics(this.#inbox.store);
    this.#connection = new Connection({
      ...{ clock, random, openEventSource },
      topics: () => this.#wanted.list(),
      urlFor: (topics) => streamUrl(basePath, topics, (topic) => this.#inbox.store.position(topic)),
      onMessage: (message) => this.#receive(message),
      onMalformed: (topics, event, error) => {
        this.#inbox.doubt(topics, event, error);
        this.#eachMember((member) => member.doubt([...topics]));
      },
    });
    this.#pulse = new Pulse({
      clock,
      check: () => this.#connection.check(),
      onSlept: () => this.#wake(),
      onClockJump: () => {},
      onPhase: () => {},
    });
  }

  /** Takes a tab's port; gives back what is to be called with everything that the tab says. */
  connect(port: TabPort): (said: FromTab) => void {
    const member = new RelayMember(port);
    return (said) => this.#hear(member, said);
  }

  #hear(member: RelayMember, said: FromTab): void {
    if (said.kind === 'leave') {
      this.#forget(member);
      member.port.close();
      return;
    }
    if (said.kind === 'want') this.#join(member, said.topics);
    else if (!this.#members.has(member)) {
      member.port.post({ kind: 'forgotten' });
      return;
    }
    if (said.kind === 'taken') member.taken();
    if (said.kind === 'resync') member.doubt([said.topic]);
    if (said.kind === 'wake') this.#wake();
    this.#bringIntoStep(member);
    // Whoever joins or wakes hears at once that the worker is there.
    if (said.kind === 'want' || said.kind === 'wake') member.pulse();
    else member.flush();
  }

  #join(member: RelayMember, topics: readonly WantedTopic[]): void {
    const isFirst = this.#members.size === 0;
    this.#members.add(member);
    for (const { topic, position, body } of topics) {
      if (member.follows(topic)) continue;
      // Only where the next request will be for it: of a topic that is followed already, the stream knows better.
      if (body && !this.#wanted.has(topic)) this.#inbox.store.offer(topic, body);
      member.follow(topic, this.#wanted.want(topic), position);
    }
    member.keepOnly(new Set(topics.map(({ topic }) => topic)));
    if (!isFirst) return;
    this.#connection.start();
    this.#pulse.start();
    this.#pulseSoon();
  }

  #forget(member: RelayMember): void {
    if (!this.#members.delete(member)) return;
    member.forget();
    if (this.#members.size > 0) return;
    this.#clock.clearTimeout(this.#pulseTimer);
    this.#pulse.stop();
    this.#connection.stop();
    this.#wanted.stop();
  }

  #receive(message: StreamMessage): boolean {
    this.#pulse.event();
    const fits = this.#inbox.take(message);
    if (message.kind === 'change') this.#whole.note(message);
    this.#eachMember((member) => {
      if (message.kind === 'heartbeat') this.#bringIntoStep(member);
      if (!fits && 'topic' in message) member.doubt([message.topic]);
      else member.relay(message);
      this.#bringIntoStep(member);
    });
    return fits;
  }

  /** Sends the whole of each topic that the tab waits for, as far as it is known here and now. */
  #bringIntoStep(member: RelayMember): void {
    // What a busy tab would get now, it gets newer when it is ready.
    if (member.isBusy) return;
    for (const [topic, position] of member.outOfStep()) {
      const message = this.#messageFor(topic, position);
      if (message === null) continue;
      member.inStep(topic);
      if (message !== 'none') member.relay(message);
    }
  }

  /** What makes a tab that is at `position` whole: a message, none, or null while that is not known. */
  #messageFor(topic: Topic, position: StreamPosition | null): StreamMessage | 'none' | null {
    if (this.#whole.isHeldAt(topic, position)) return 'none';
    // Without a live stream nobody knows which process will be followed: a tab may well hold something newer.
    return this.#pulse.phase === 'live' ? this.#whole.message(topic) : null;
  }

  #pulseSoon(): void {
    this.#pulseTimer = this.#clock.setTimeout(() => this.#pulseMembers(), PULSE_EVERY_MS);
  }

  #pulseMembers(): void {
    this.#pulseSoon();
    for (const member of [...this.#members]) {
      member.pulse();
      if (member.missedPulses >= MOST_MISSED_PULSES) this.#forget(member);
    }
  }

  #wake(): void {
    if (this.#pulse.phase !== 'live') this.#connection.wake();
  }

  #topicsChanged(dropped: Topic | null): void {
    if (dropped) {
      this.#inbox.forget(dropped);
      this.#whole.forget(dropped);
    }
    this.#connection.topicsChanged();
  }

  #eachMember(tell: (member: RelayMember) => void): void {
    for (const member of [...this.#members]) {
      tell(member);
      member.flush();
    }
  }
}

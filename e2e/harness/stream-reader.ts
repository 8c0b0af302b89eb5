import { until } from '@/e2e/world/until';
import type { ByeEvent, Change, ChangeEvent, HeartbeatEvent, SnapshotEvent } from '@/lib/stream/protocol';

/** One server-sent event as it came. */
export type Frame = { readonly id: string | null; readonly atMs: number } & (
  | { readonly event: 'snapshot'; readonly data: SnapshotEvent }
  | { readonly event: 'change'; readonly data: ChangeEvent }
  | { readonly event: 'heartbeat'; readonly data: HeartbeatEvent }
  | { readonly event: 'bye'; readonly data: ByeEvent }
);

export interface StreamOptions {
  /** Sent as `Last-Event-ID`, also where it is empty. */
  readonly lastEventId?: string;
  readonly onFrame?: (frame: Frame) => void;
}

/** A bare reader of `/api/v1/stream`: no reconnecting, no folding; it keeps every frame in the order in which they came. */
export class StreamReader {
  readonly frames: Frame[] = [];
  #ended = false;
  readonly #abort = new AbortController();

  /**
   * Opens a stream; a topic may carry its `@<epoch>:<seq>`.
   * @throws Error where the answer is not 200.
   */
  static async open(url: string, topics: readonly string[], options: StreamOptions = {}): Promise<StreamReader> {
    const reader = new StreamReader();
    const query = topics.map((topic) => `topic=${encodeURIComponent(topic)}`).join('&');
    const answer = await fetch(`${url}/api/v1/stream?${query}`, {
      signal: reader.#abort.signal,
      headers: options.lastEventId === undefined ? {} : { 'last-event-id': options.lastEventId },
    });
    if (answer.status !== 200 || answer.body === null) {
      throw new Error(`The stream was answered with ${answer.status}: ${await answer.text()}`);
    }
    void reader.#read(answer.body, options.onFrame);
    return reader;
  }

  /** The server has ended the stream, or `cut` did. */
  get ended(): boolean {
    return this.#ended;
  }

  get changes(): ChangeEvent[] {
    return this.frames.flatMap((frame) => (frame.event === 'change' ? [frame.data] : []));
  }

  get snapshots(): SnapshotEvent[] {
    return this.frames.flatMap((frame) => (frame.event === 'snapshot' ? [frame.data] : []));
  }

  /** Where a client that reconnects now would go on. */
  get lastEventId(): string {
    return this.frames.findLast(({ id }) => id !== null)?.id ?? '';
  }

  /** Every single change of a topic so far, with the event that brought it. */
  changesOf(topic: string): { event: ChangeEvent; change: Change }[] {
    return this.changes
      .filter((event) => event.topic === topic)
      .flatMap((event) => event.changes.map((change) => ({ event, change })));
  }

  /** Resolves with the first frame, of all that came and will come, that is as wanted. */
  frame(what: string, wanted: (frame: Frame) => boolean, deadlineMs?: number): Promise<Frame> {
    return until(what, () => this.frames.find(wanted), { everyMs: 10, ...(deadlineMs ? { deadlineMs } : {}) });
  }

  /** Ends the connection from this side, as a browser that loses its network. */
  cut(): void {
    this.#abort.abort();
  }

  async #read(body: ReadableStream<Uint8Array>, onFrame: StreamOptions['onFrame']): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    try {
      for await (const chunk of body) {
        text += decoder.decode(chunk, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const frame of blocks.map(frameOf).filter((found) => found !== null)) {
          this.frames.push(frame);
          onFrame?.(frame);
        }
      }
    } catch (error) {
      // A cut, from either side, is an end like any other; what was missed is for the test to find.
      if (!this.#abort.signal.aborted && !(error instanceof TypeError)) throw error;
    } finally {
      this.#ended = true;
    }
  }
}

/** Parses one block of the stream; null where it holds no event (`retry:` alone). */
export function frameOf(block: string): Frame | null {
  const field = (name: string) =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const event = field('event');
  if (event === undefined) return null;
  return { event, id: field('id') ?? null, atMs: Date.now(), data: JSON.parse(field('data') ?? 'null') } as Frame;
}

import type { Topic } from '@/lib/stream/protocol';
import { Backlog } from './backlog';
import { encodeEvent } from './encode';
import { inSequence, type StreamEvent } from './stream-event';

/** The writable end of one client's connection. */
export interface Sink {
  write(bytes: Buffer): void;
  /** Bytes that the peer has not taken yet. */
  readonly writableLength: number;
  end(): void;
  destroy(): void;
}

export interface ClientBounds {
  /** Above this many unsent bytes changes wait in the backlog, merged per key. */
  readonly maxUnsentBytes: number;
  /** Above this many waiting keys the client is closed: a snapshot is cheaper for both. */
  readonly maxWaitingKeys: number;
  /** A peer that takes nothing for this long is cut off. */
  readonly maxStalledMs: number;
}

export const CLIENT_BOUNDS: ClientBounds = { maxUnsentBytes: 262_144, maxWaitingKeys: 50_000, maxStalledMs: 30_000 };

/** One reader of the stream. Its memory is bounded whatever its peer does. */
export class StreamClient {
  readonly #backlog: Backlog;
  #stalledSinceMs: number | null = null;
  #sentBytes = 0;
  /** Of these, what the peer had taken at the last tick. */
  #takenBytes = 0;
  #closed = false;

  constructor(
    readonly topics: ReadonlySet<Topic>,
    private readonly sink: Sink,
    epoch: number,
    private readonly bounds: ClientBounds,
  ) {
    this.#backlog = new Backlog(epoch);
  }

  get closed(): boolean {
    return this.#closed;
  }

  get behind(): boolean {
    return this.#backlog.size > 0;
  }

  /** Bytes that belong to the opening of the stream or to no change; they are never merged. */
  write(bytes: Buffer): void {
    if (!this.#closed) this.#send(bytes);
  }

  /** What a frame holds of this client's topics, by rising seq. */
  deliver(frame: readonly StreamEvent[]): void {
    if (this.#closed) return;
    if (!this.behind && this.sink.writableLength <= this.bounds.maxUnsentBytes) {
      for (const bytes of inSequence(frame)) this.#send(bytes);
      return;
    }
    for (const event of frame) this.#backlog.add(event);
    if (this.#backlog.size > this.bounds.maxWaitingKeys)
      this.close('too slow: more changes wait than are worth keeping', 1_000);
  }

  /** The peer has taken what was sent. */
  drained(): void {
    this.#stalledSinceMs = null;
    this.#sendBacklog();
  }

  /** The regular heartbeat: it also cuts off a peer that has taken nothing for too long. */
  tick(nowMs: number, heartbeat: Buffer): void {
    if (this.#closed) return;
    this.#noteProgress(nowMs);
    if (this.#stalledSinceMs !== null && nowMs - this.#stalledSinceMs > this.bounds.maxStalledMs) {
      this.#closed = true;
      this.sink.destroy();
      return;
    }
    this.#sendBacklog();
    if (!this.behind && this.sink.writableLength <= this.bounds.maxUnsentBytes) this.#send(heartbeat);
  }

  /** Says why, then ends. `retryMs` is when to come back. */
  close(reason: string, retryMs: number): void {
    if (this.#closed) return;
    this.#closed = true;
    this.sink.write(encodeEvent('bye', { reason, retryMs }, null));
    this.sink.end();
  }

  #sendBacklog(): void {
    if (this.#closed || !this.behind || this.sink.writableLength > this.bounds.maxUnsentBytes / 2) return;
    this.#send(Buffer.concat(inSequence(this.#backlog.take())));
  }

  /** A slow peer that is never quite through is not one that has stalled. */
  #noteProgress(nowMs: number): void {
    const { writableLength } = this.sink;
    const takenBytes = this.#sentBytes - writableLength;
    if (writableLength === 0 || takenBytes > this.#takenBytes) this.#stalledSinceMs = null;
    else this.#stalledSinceMs ??= nowMs;
    this.#takenBytes = takenBytes;
  }

  #send(bytes: Buffer): void {
    this.#sentBytes += bytes.length;
    this.sink.write(bytes);
  }
}

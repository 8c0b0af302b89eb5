import type { ServerResponse } from 'node:http';
import type { Sink } from '@/server/stream/client';

/** One piece is under way at a time: this is how little a peer has to take in half a minute not to pass for one that takes nothing. */
const PIECE_BYTES = 64 * 1024;
/** A peer that does not take its farewell is cut off after this. */
const FAREWELL_MS = 2_000;

/**
 * Writes to a response piece by piece. Node tells that a write was taken only when all of it was, so a snapshot of several MB in one write would make a slow
 * peer look like one that has stalled.
 */
export class PacedSink implements Sink {
  readonly #queue: Buffer[] = [];
  #queuedBytes = 0;
  #full = false;

  /** @param onDrained told when all that was written is on its way */
  constructor(
    private readonly raw: ServerResponse,
    onDrained: () => void,
  ) {
    raw.on('drain', () => {
      this.#full = false;
      this.#pump();
      if (!this.#full) onDrained();
    });
  }

  get writableLength(): number {
    return this.#queuedBytes + this.raw.writableLength;
  }

  write(bytes: Buffer): void {
    this.#queue.push(bytes);
    this.#queuedBytes += bytes.length;
    this.#pump();
  }

  end(): void {
    for (const bytes of this.#queue.splice(0)) this.raw.write(bytes);
    this.#queuedBytes = 0;
    this.raw.end();
    setTimeout(() => this.raw.destroy(), FAREWELL_MS).unref();
  }

  destroy(): void {
    this.#queue.length = 0;
    this.#queuedBytes = 0;
    this.raw.destroy();
  }

  #pump(): void {
    while (!this.#full) {
      const next = this.#queue.shift();
      if (next === undefined) return;
      const piece = next.subarray(0, PIECE_BYTES);
      if (piece.length < next.length) this.#queue.unshift(next.subarray(PIECE_BYTES));
      this.#queuedBytes -= piece.length;
      this.#full = !this.raw.write(piece);
    }
  }
}

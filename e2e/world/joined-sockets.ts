import type { Socket } from 'node:net';

/** Pairs of sockets that pass on what comes to them, each to the other, until somebody holds it back. */
export class JoinedSockets {
  readonly #sockets = new Set<Socket>();
  #held = false;

  /** The end of one is that of the other, whoever began; an error is one as well. */
  join(near: Socket, far: Socket): void {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      if (this.#held) from.pause();
    }
  }

  /** From now on nothing passes, and nobody is told. */
  hold(): void {
    this.#held = true;
    for (const socket of this.#sockets) socket.pause();
  }

  /** All passes again, what was held back first. */
  release(): void {
    this.#held = false;
    for (const socket of this.#sockets) socket.resume();
  }

  /** All that is joined from now on passes; what was joined is gone, with what was held back. */
  renew(): void {
    this.#held = false;
    this.destroy();
  }

  /** Every pair is reset: each side hears of it. */
  reset(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  destroy(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** What the protocol says of a stream or a session that ended without its answer. */
export class Http2Failure extends Error {
  /** @param reason the peer's error code by its name: `INTERNAL_ERROR`. */
  constructor(readonly reason: string) {
    super(reason);
  }
}

/** The peer answered no ping: it is frozen, or cut off without a word. */
export class UnansweredPing extends Error {
  constructor(readonly timeoutMs: number) {
    super(`No answer to a ping within ${timeoutMs} ms.`);
  }
}

/** In the handshake the peer chose another protocol than HTTP/2, or none. */
export class NoHttp2 extends Error {}

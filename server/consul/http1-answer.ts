import { ChunkedBody } from './http1-chunks';
import { type AnswerHead, NotHttp1, readHead } from './http1-head';

/** As much as Node's own client takes. */
const MAX_HEAD_BYTES = 16 * 1024;
const HEAD_END = '\r\n\r\n';
const BEGINNING = 'HTTP/1.';
const SWITCHING_PROTOCOLS = 101;

/** Who reads an answer. */
export interface AnswerReader {
  onHead(head: AnswerHead): void;
  /** A part of the body. The bytes are the reader's only until it returns. */
  onBody(part: Buffer): void;
}

/** Reads one answer of HTTP/1.1 off the bytes of a connection, cut anywhere. */
export class Http1Answer {
  #head: AnswerHead | null = null;
  #headBytes: Buffer | null = null;
  #chunked: ChunkedBody | null = null;
  /** Of a body whose length is known. */
  #leftBytes = Number.POSITIVE_INFINITY;
  #whole = false;

  constructor(
    private readonly method: string,
    private readonly reader: AnswerReader,
  ) {}

  /** Head and body are there to their end. */
  get whole(): boolean {
    return this.#whole;
  }

  /** Whether anything of it has come. */
  get begun(): boolean {
    return this.#head !== null || this.#headBytes !== null;
  }

  /** Whether the connection may carry another request after it. */
  get keepsConnection(): boolean {
    return this.#whole && this.#head?.keepsConnection === true;
  }

  /**
   * @returns how many of the bytes belong to it: fewer only where it is whole.
   * @throws NotHttp1, and what the reader throws
   */
  read(bytes: Buffer): number {
    let at = 0;
    while (this.#head === null) {
      const end = this.#readHead(bytes, at);
      if (end === null) return bytes.length;
      at = end;
    }
    return this.#readBody(bytes, at);
  }

  /** The other side closed the connection. @throws NotHttp1 where that was in the middle of the head. */
  ended(): void {
    if (this.#headBytes !== null) throw new NotHttp1('EOF_STATE');
    if (this.#head?.framing === 'until-close') this.#whole = true;
  }

  /** @returns where the head ends; null: not within these bytes. */
  #readHead(bytes: Buffer, from: number): number | null {
    const before = this.#headBytes?.length ?? 0;
    const all =
      this.#headBytes === null ? bytes.subarray(from) : Buffer.concat([this.#headBytes, bytes.subarray(from)]);
    // At once: what is something else altogether need not ever send an empty line.
    if (all.length > 0 && !BEGINNING.startsWith(all.toString('latin1', 0, BEGINNING.length)))
      throw new NotHttp1('CONSTANT');
    const end = all.indexOf(HEAD_END, Math.max(0, before - HEAD_END.length), 'latin1');
    if ((end === -1 ? all.length : end) > MAX_HEAD_BYTES) throw new NotHttp1('HEADER_SIZE');
    if (end === -1) {
      // A copy: the bytes are lent.
      this.#headBytes = all.length === 0 ? null : Buffer.from(all);
      return null;
    }
    this.#headBytes = null;
    this.#take(readHead(all.toString('latin1', 0, end), this.method));
    return from + end + HEAD_END.length - before;
  }

  #take(head: AnswerHead): void {
    // Whatever is said in between is not the answer yet.
    if (head.status < 200 && head.status !== SWITCHING_PROTOCOLS) return;
    this.#head = head;
    if (head.framing === 'chunked') this.#chunked = new ChunkedBody((part) => this.reader.onBody(part));
    else if (head.framing !== 'until-close') this.#leftBytes = head.framing;
    this.reader.onHead(head);
  }

  #readBody(bytes: Buffer, from: number): number {
    if (this.#chunked !== null) {
      const end = this.#chunked.read(bytes, from);
      this.#whole = this.#chunked.whole;
      return end;
    }
    const end = Math.min(bytes.length, from + this.#leftBytes);
    this.#leftBytes -= end - from;
    if (end > from) this.reader.onBody(bytes.subarray(from, end));
    this.#whole = this.#leftBytes === 0;
    return end;
  }
}

import { NotHttp1 } from './http1-head';

/** Of the size of a chunk with its extensions, or of one trailer; far above what anybody sends. */
const MAX_LINE_BYTES = 4 * 1024;
const MAX_TRAILERS = 64;
const SIZE = /^([\da-f]{1,8})[ \t]*(?:;.*)?$/i;
const LF = 10;

/** Takes a body apart that comes in chunks (RFC 9112, section 7.1), cut anywhere. */
export class ChunkedBody {
  #expects: 'size' | 'data' | 'end of data' | 'trailer' | 'nothing' = 'size';
  #line = '';
  /** Of the chunk that has begun. */
  #leftBytes = 0;
  #trailers = 0;

  /** @param onData is given parts of the bytes that are read; they hold only as long as these do */
  constructor(private readonly onData: (data: Buffer) => void) {}

  get whole(): boolean {
    return this.#expects === 'nothing';
  }

  /**
   * Reads on from `at`. @returns where it stopped: at the end of the bytes, or of the body.
   * @throws NotHttp1
   */
  read(bytes: Buffer, from: number): number {
    let at = from;
    while (at < bytes.length && !this.whole) {
      at = this.#expects === 'data' ? this.#readData(bytes, at) : this.#readLine(bytes, at);
    }
    return at;
  }

  #readData(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#leftBytes);
    this.#leftBytes -= end - at;
    if (this.#leftBytes === 0) this.#expects = 'end of data';
    this.onData(bytes.subarray(at, end));
    return end;
  }

  #readLine(bytes: Buffer, at: number): number {
    const lf = bytes.indexOf(LF, at);
    const end = lf === -1 ? bytes.length : lf + 1;
    if (this.#line.length + end - at > MAX_LINE_BYTES) throw new NotHttp1('CHUNK_SIZE');
    this.#line += bytes.toString('latin1', at, end);
    if (lf === -1) return end;
    const line = this.#line;
    this.#line = '';
    if (!line.endsWith('\r\n')) throw new NotHttp1('CHUNK_SIZE');
    this.#take(line.slice(0, -2));
    return end;
  }

  #take(line: string): void {
    if (this.#expects === 'size') {
      const size = SIZE.exec(line);
      if (size === null) throw new NotHttp1('CHUNK_SIZE');
      this.#leftBytes = Number.parseInt(size[1] ?? '', 16);
      this.#expects = this.#leftBytes === 0 ? 'trailer' : 'data';
    } else if (this.#expects === 'end of data') {
      if (line !== '') throw new NotHttp1('CHUNK_SIZE');
      this.#expects = 'size';
    } else if (line === '') {
      this.#expects = 'nothing';
    } else {
      this.#trailers += 1;
      if (this.#trailers > MAX_TRAILERS) throw new NotHttp1('CHUNK_SIZE');
    }
  }
}

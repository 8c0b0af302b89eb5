import { promisify } from 'node:util';
import { gunzip, gunzipSync, type ZlibOptions } from 'node:zlib';

const gunzipInPool = promisify<Buffer, ZlibOptions, Buffer>(gunzip);

/** Below this a thread's hand-over costs more than the work (2.7 KB of gzip, 50 instances, take 0.1 ms here). */
const INLINE_BYTES = 32 * 1024;

/** Why a body that arrived cannot be used. */
export type BodyFault = 'too-large' | 'truncated' | 'not-json';

export class BodyError extends Error {
  constructor(readonly fault: BodyFault) {
    super(fault);
  }
}

/**
 * Undoes the content encoding. A few KB that unpack to gigabytes are given up at `maxBytes`, before they are in memory.
 * @throws BodyError
 */
export async function decodedBody(encoded: Buffer, contentEncoding: string, maxBytes: number): Promise<Buffer> {
  if (contentEncoding === '' || contentEncoding === 'identity') return encoded;
  // Nothing else was offered in Accept-Encoding.
  if (contentEncoding !== 'gzip') throw new BodyError('not-json');
  const options = { maxOutputLength: maxBytes };
  try {
    return encoded.length <= INLINE_BYTES ? gunzipSync(encoded, options) : await gunzipInPool(encoded, options);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new BodyError('too-large');
    if (code === 'Z_BUF_ERROR') throw new BodyError('truncated');
    throw new BodyError('not-json');
  }
}

/** The chunks of one body as they come, capped. */
export class BodyCollector {
  #chunks: Buffer[] = [];
  #size = 0;
  #kept = true;

  constructor(private readonly maxBytes: number) {}

  /** Bytes so far, those dropped included. */
  get size(): number {
    return this.#size;
  }

  get body(): Buffer {
    return this.#chunks.length === 1 && this.#chunks[0] ? this.#chunks[0] : Buffer.concat(this.#chunks);
  }

  /** @returns false where the body is over the cap now. */
  take(chunk: Buffer): boolean {
    this.#size += chunk.length;
    if (this.#size > this.maxBytes) return false;
    if (this.#kept) this.#chunks.push(chunk);
    return true;
  }

  /** The same for a chunk that is only lent. */
  takeCopy(chunk: Buffer): boolean {
    return this.take(this.#kept ? Buffer.from(chunk) : chunk);
  }

  /** From now on the body is counted and not kept. */
  drop(): void {
    this.#kept = false;
    this.#chunks = [];
  }
}

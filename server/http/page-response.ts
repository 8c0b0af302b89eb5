import type { IncomingMessage, ServerResponse } from 'node:http';
import compression from 'compression';
import { StyleNonce } from './style-nonce';

const compress = compression();

type Write = ServerResponse['write'];
type End = ServerResponse['end'];

/** Packs what Next will write as the reader accepts it, and gives a page's styles their nonce before that: Next's own packing would come first. */
export function preparePageResponse(request: IncomingMessage, response: ServerResponse, nonce: string): void {
  // In a server without Express its types ask for more than it uses.
  compress(request as Parameters<typeof compress>[0], response as Parameters<typeof compress>[1], () => {});
  const styles = new StyleNonce(nonce);
  const write = response.write.bind(response) as (piece: Uint8Array) => boolean;
  const end = response.end.bind(response) as () => ServerResponse;
  const isPage = () => String(response.getHeader('content-type')).startsWith('text/html');
  const signed = (piece: string | Uint8Array, encoding: BufferEncoding) => {
    const bytes = typeof piece === 'string' ? Buffer.from(piece, encoding) : piece;
    return isPage() ? styles.push(bytes) : bytes;
  };

  response.write = ((piece: string | Uint8Array, ...rest: unknown[]) =>
    write(signed(piece, encodingIn(rest)))) as Write;

  response.end = ((...args: unknown[]) => {
    const [last] = args;
    if (typeof last === 'string' || last instanceof Uint8Array) write(signed(last, encodingIn(args.slice(1))));
    const held = styles.end();
    if (held.length > 0) write(held);
    // What packs takes a function for a piece of the page.
    const done = args.find((one) => typeof one === 'function') as (() => void) | undefined;
    if (done) response.once('finish', done);
    return end();
  }) as End;
}

const encodingIn = (rest: readonly unknown[]): BufferEncoding =>
  typeof rest[0] === 'string' ? (rest[0] as BufferEncoding) : 'utf8';

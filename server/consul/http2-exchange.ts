import http2 from 'node:http2';
import { BodyCollector, BodyError } from './body';
import { Http2Failure } from './http2-failure';
import { NeverRead, type WireAnswer, type WireCall } from './wire';

const { NGHTTP2_CANCEL, NGHTTP2_NO_ERROR, NGHTTP2_REFUSED_STREAM } = http2.constants;

/** Thrown by a session that takes no more requests. */
const NOT_SENT_CODES = new Set(['ERR_HTTP2_INVALID_SESSION', 'ERR_HTTP2_GOAWAY_SESSION', 'ERR_HTTP2_OUT_OF_STREAMS']);

/**
 * One request and its whole answer over a stream of the session. Rejects with Node's error, an `Http2Failure`, a `BodyError`, a
 * `NeverRead` or the signal's reason; in each case the stream is reset.
 * @param wasRead whether the peer may have looked at the stream with this id, by what it said when it went away.
 */
export function http2Exchange(
  session: http2.ClientHttp2Session,
  call: WireCall,
  wasRead: (streamId: number) => boolean,
  signal: AbortSignal,
): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const stream = openStream(session, call);
    const collector = new BodyCollector(call.maxBytes);
    let head: (http2.IncomingHttpHeaders & http2.IncomingHttpStatusHeader) | null = null;
    let ended = false;
    let error: Error | null = null;

    const fail = (reason: unknown) => {
      signal.removeEventListener('abort', onAbort);
      reject(reason);
      stream.close(NGHTTP2_CANCEL);
    };
    const onAbort = () => fail(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });

    stream.once('response', (headers) => {
      call.onPhase('answering');
      head = headers;
      if (!call.keepBody(headers, headers[':status'] ?? 0)) collector.drop();
    });
    // May come before `response`: Node puts that off to the end of what it has read, in which the body may already be.
    stream.on('data', (chunk: Buffer) => {
      call.onBytes(chunk.length);
      if (!collector.take(chunk)) fail(new BodyError('too-large'));
    });
    stream.once('end', () => {
      ended = true;
    });
    stream.on('error', (thrown: Error) => {
      error = thrown;
    });
    // Node also says `end` where the connection broke in the middle of a body: only at the close is it known how a stream ended.
    stream.once('close', () => {
      signal.removeEventListener('abort', onAbort);
      const code = stream.rstCode ?? NGHTTP2_NO_ERROR;
      if (head && ended && error === null && code === NGHTTP2_NO_ERROR) {
        if (isShort(head, collector.size)) return reject(new BodyError('truncated'));
        return resolve({ status: head[':status'] ?? 0, headers: head, body: collector.body });
      }
      const unread = code === NGHTTP2_REFUSED_STREAM || stream.id === undefined || !wasRead(stream.id);
      if (unread && call.request.method === 'GET') return reject(new NeverRead());
      reject(failureOf(error, code));
    });
    call.onPhase('asked');
    if (call.request.body !== undefined) stream.end(call.request.body);
  });
}

/** @throws NeverRead where the session takes no more. */
function openStream(session: http2.ClientHttp2Session, call: WireCall): http2.ClientHttp2Stream {
  const { method, path, headers, body } = call.request;
  try {
    return session.request({ ':method': method, ':path': path, ...headers }, { endStream: body === undefined });
  } catch (error) {
    if (NOT_SENT_CODES.has((error as NodeJS.ErrnoException).code ?? '')) throw new NeverRead();
    throw error;
  }
}

/** A stream that is reset without an error ends like a whole one: its length alone tells. */
function isShort(headers: http2.IncomingHttpHeaders, size: number): boolean {
  const length = headers['content-length'];
  return length !== undefined && Number(length) !== size;
}

function failureOf(error: Error | null, code: number): Error {
  const { code: nodeCode } = (error ?? {}) as NodeJS.ErrnoException;
  // Node's own code for a reset stream does not say why; the peer's does.
  if (error === null || nodeCode === 'ERR_HTTP2_STREAM_ERROR')
    return new Http2Failure(ERROR_NAMES[code] ?? `error ${code}`);
  return error;
}

/** RFC 9113, section 7; an index is a code. */
const ERROR_NAMES = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
];

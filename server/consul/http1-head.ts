import type http from 'node:http';

/** How the end of a body is known: by its length, by its last chunk, or because the connection ends. */
type Framing = number | 'chunked' | 'until-close';

/** What comes before a body. */
export interface AnswerHead {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly framing: Framing;
  /** The connection may carry another request after this answer. */
  readonly keepsConnection: boolean;
}

/** What answers does not keep to HTTP/1.1. Its code is as Node's own parser would give it. */
export class NotHttp1 extends Error {
  readonly code: string;

  constructor(what: string) {
    super(`not HTTP/1.1: ${what}`);
    this.code = `HPE_INVALID_${what}`;
  }
}

const STATUS_LINE = /^HTTP\/1\.([01]) (\d{3})(?: |$)/;
const FIELD_NAME = /^[!#$%&'*+.^`|~\w-]+$/;
/** Safe to count on, and far above any cap on a body. */
const MAX_LENGTH_DIGITS = 15;

/**
 * Reads a status line and header fields, without the empty line at their end.
 * @param text a character a byte
 * @throws NotHttp1
 */
export function readHead(text: string, method: string): AnswerHead {
  const lines = text.split('\r\n');
  const statusLine = STATUS_LINE.exec(lines[0] ?? '');
  if (statusLine === null) throw new NotHttp1('CONSTANT');
  const status = Number(statusLine[2]);
  const headers = fieldsOf(lines);
  const framing = framingOf(headers, status, method);
  const keeps = statusLine[1] === '1' && !/\bclose\b/i.test(headers.connection ?? '');
  return { status, headers, framing, keepsConnection: keeps && framing !== 'until-close' };
}

function fieldsOf(lines: readonly string[]): http.IncomingHttpHeaders {
  // A field may have any name, `__proto__` too.
  const headers: http.IncomingHttpHeaders = Object.create(null);
  for (let at = 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).toLowerCase();
    if (!FIELD_NAME.test(name)) throw new NotHttp1('HEADER_TOKEN');
    const value = line.slice(colon + 1).trim();
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return headers;
}

/** RFC 9112, section 6.3. What could be understood in two ways is refused: the rest of the connection would be read as something else. */
function framingOf(headers: http.IncomingHttpHeaders, status: number, method: string): Framing {
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return 0;
  const { 'transfer-encoding': encoding, 'content-length': length } = headers;
  if (encoding !== undefined) {
    if (encoding.toLowerCase() !== 'chunked' || length !== undefined) throw new NotHttp1('TRANSFER_ENCODING');
    return 'chunked';
  }
  if (length === undefined) return 'until-close';
  if (!/^\d+$/.test(length) || length.length > MAX_LENGTH_DIGITS) throw new NotHttp1('CONTENT_LENGTH');
  return Number(length);
}

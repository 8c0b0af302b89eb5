import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Http1Answer } from './http1-answer';

/** Reads an answer that comes in pieces of these sizes, all through one buffer, as a connection lends it. */
function read(text: string, sizes: readonly number[] = [text.length], method = 'GET') {
  const bytes = Buffer.from(text, 'latin1');
  const lent = Buffer.alloc(Math.max(1, bytes.length));
  let status = 0;
  let body = '';
  let heads = 0;
  const answer = new Http1Answer(method, {
    onHead(head) {
      heads += 1;
      status = head.status;
    },
    onBody(part) {
      body += part.toString('latin1');
    },
  });
  let used = 0;
  for (let at = 0, n = 0; at < bytes.length && !answer.whole; n += 1) {
    const size = Math.min(sizes[n % sizes.length] ?? 1, bytes.length - at);
    bytes.copy(lent, 0, at, at + size);
    used += answer.read(lent.subarray(0, size));
    lent.fill(0);
    at += size;
  }
  return { answer, status, body, heads, used, size: bytes.length };
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });
const code = (text: string) => {
  try {
    read(text);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
};

describe('an answer of HTTP/1.1', () => {
  it('is read by its length, cut anywhere', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 80 }), sizes, (body, cut) => {
        const text = `HTTP/1.1 200 OK\r\nX-Consul-Index: 7\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
        const seen = read(text, cut);
        expect(seen).toMatchObject({ status: 200, body, heads: 1, used: text.length });
        expect(seen.answer).toMatchObject({ whole: true, keepsConnection: true });
      }),
    );
  });

  it('is read in chunks, cut anywhere, with extensions and trailers', () => {
    const chunk = fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 6 }), sizes, (chunks, cut) => {
        const coded = chunks.map((one) => `${one.length.toString(16).toUpperCase()};a=b\r\n${one}\r\n`).join('');
        const text = `HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n${coded}0\r\nX-After: 1\r\n\r\n`;
        const seen = read(text, cut);
        expect(seen).toMatchObject({ status: 200, body: chunks.join(''), used: text.length });
        expect(seen.answer).toMatchObject({ whole: true, keepsConnection: true });
      }),
    );
  });

  it('says which bytes no longer belong to it', () => {
    const text = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]';
    expect(read(`${text}HTTP/1.1 200 OK`).used).toBe(text.length);
    const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n';
    expect(read(`${chunked}x`).used).toBe(chunked.length);
  });

  it('ends with its connection where it says neither, and not before', () => {
    const { answer, body } = read('HTTP/1.1 200 OK\r\n\r\n[1]');
    expect([answer.whole, body]).toEqual([false, '[1]']);
    answer.ended();
    expect(answer).toMatchObject({ whole: true, keepsConnection: false });
  });

  it.each([
    ['HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n', false],
    ['HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n', false],
    ['HTTP/1.1 204 No Content\r\n\r\n', true],
    ['HTTP/1.1 304\r\nContent-Length: 9\r\n\r\n', true],
  ])('tells whether its connection is kept (%j)', (text, kept) => {
    expect(read(text).answer).toMatchObject({ whole: true, keepsConnection: kept });
  });

  it('leaves out what is said before it', () => {
    const text = 'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1';
    for (const cut of [[text.length], [1], [39, 3]])
      expect(read(text, cut)).toMatchObject({ status: 200, body: '1', heads: 1 });
  });

  it('has no body for HEAD', () => {
    expect(read('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n', [7], 'HEAD').answer.whole).toBe(true);
  });

  it('is not whole where its connection ends too early', () => {
    for (const text of [
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[1',
    ]) {
      const { answer } = read(text);
      answer.ended();
      expect(answer).toMatchObject({ whole: false, begun: true });
    }
    expect(() => read('HTTP/1.1 200').answer.ended()).toThrow('EOF');
  });

  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH\r\n', 'HPE_INVALID_CONSTANT'],
    ['another version', 'HTTP/2.0 200 OK\r\n\r\n', 'HPE_INVALID_CONSTANT'],
    ['no status', 'HTTP/1.1 OK\r\n\r\n', 'HPE_INVALID_CONSTANT'],
    ['a field without a name', 'HTTP/1.1 200 OK\r\n: x\r\n\r\n', 'HPE_INVALID_HEADER_TOKEN'],
    ['a folded field', 'HTTP/1.1 200 OK\r\nA: 1\r\n B: 2\r\n\r\n', 'HPE_INVALID_HEADER_TOKEN'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 'HPE_INVALID_CONTENT_LENGTH'],
    ['a length that is none', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n', 'HPE_INVALID_CONTENT_LENGTH'],
    [
      'length and chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      'HPE_INVALID_TRANSFER_ENCODING',
    ],
    ['another coding', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n', 'HPE_INVALID_TRANSFER_ENCODING'],
    ['a chunk without a size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n', 'HPE_INVALID_CHUNK_SIZE'],
    [
      'a chunk longer than its size',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n',
      'HPE_INVALID_CHUNK_SIZE',
    ],
    ['a head without end', `HTTP/1.1 200 OK\r\nA: ${'a'.repeat(20_000)}`, 'HPE_INVALID_HEADER_SIZE'],
    [
      'a size without end',
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;${'a'.repeat(5_000)}`,
      'HPE_INVALID_CHUNK_SIZE',
    ],
  ])('is refused for %s', (_what, text, expected) => {
    expect(code(text)).toBe(expected);
  });
});

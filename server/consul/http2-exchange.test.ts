import { EventEmitter } from 'node:events';
import type http2 from 'node:http2';
import { expect, test } from 'vitest';
import { http2Exchange } from './http2-exchange';
import type { WireCall } from './wire';

/** A stream whose events a test emits, in whatever order Node might. */
class ToldStream extends EventEmitter {
  readonly id = 1;
  rstCode = 0;

  close(code: number): void {
    this.rstCode = code;
  }
}

function asked(keep: boolean) {
  const stream = new ToldStream();
  const session = { request: () => stream } as unknown as http2.ClientHttp2Session;
  const call: WireCall = {
    request: { method: 'GET', path: '/v1/x', headers: {}, body: undefined },
    ...{ lane: 'short', timeoutMs: 1_000, maxBytes: 10 },
    ...{ keepBody: () => keep, onBytes: () => {}, onPhase: () => {} },
  };
  return { stream, answer: http2Exchange(session, call, () => true, new AbortController().signal) };
}

// Over TLS Node does so whenever it reads what came in the course of a write: `response` waits for the end of that, `data` does not.
test.each([
  [true, '[1]'],
  [false, ''],
])('a body of which Node tells before its headers is whole (kept: %s)', async (keep, expected) => {
  const { stream, answer } = asked(keep);
  stream.emit('data', Buffer.from('[1'));
  stream.emit('response', { ':status': 200, 'content-length': '3' });
  stream.emit('data', Buffer.from(']'));
  stream.emit('end');
  stream.emit('close');
  expect((await answer).body.toString()).toBe(expected);
});

test('it is capped before its headers too', async () => {
  const { stream, answer } = asked(true);
  stream.emit('data', Buffer.alloc(11));
  await expect(answer).rejects.toMatchObject({ fault: 'too-large' });
  expect(stream.rstCode).toBe(8);
});

import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { until } from '@/server/consul/testing/until';
import { PacedSink } from './paced-sink';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A sink to a peer that takes nothing off the wire until it is told to. */
async function toAPeer() {
  let drained = 0;
  const responses: ServerResponse[] = [];
  const server = createServer((_, response) => responses.push(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const peer: Socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  peer.pause();
  peer.write('GET / HTTP/1.1\r\nHost: local\r\n\r\n');
  closing.push(() => {
    peer.destroy();
    server.closeAllConnections();
    server.close();
  });
  await until('the request', () => responses.length === 1);
  const [response] = responses;
  if (!response) throw new Error('There is no response.');
  const sink = new PacedSink(response, () => {
    drained += 1;
  });
  return { sink, peer, drained: () => drained };
}

test('of one large write it can be told at any time how much the peer has taken', async () => {
  const { sink, peer, drained } = await toAPeer();
  sink.write(Buffer.alloc(64_000_000));
  expect(drained()).toBe(0);
  const left = new Set<number>();
  peer.on('data', () => left.add(sink.writableLength));
  peer.resume();
  await until('all of it to be taken', () => sink.writableLength === 0 && drained() === 1, 20_000);
  // Node alone tells of all of it, and then of nothing; what lies in between is as fine as what the kernel holds.
  expect(left.size).toBeGreaterThan(4);
});

test('what is written in many pieces arrives whole and in order, and the end after it', async () => {
  const { sink, peer } = await toAPeer();
  const parts = Array.from({ length: 300 }, (_, at) => Buffer.alloc(1 + ((at * 7_919) % 200_000), at % 256));
  const chunks: Buffer[] = [];
  peer.on('data', (chunk: Buffer) => chunks.push(chunk));
  for (const part of parts) sink.write(part);
  sink.end();
  peer.resume();
  await until('the end', () => chunks.at(-1)?.subarray(-5).toString('latin1') === '0\r\n\r\n', 20_000);
  const raw = Buffer.concat(chunks);
  expect(withoutChunking(raw.subarray(raw.indexOf('\r\n\r\n') + 4)).equals(Buffer.concat(parts))).toBe(true);
});

function withoutChunking(raw: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = raw.indexOf('\r\n', at);
    const size = Number.parseInt(raw.toString('latin1', at, lineEnd), 16);
    if (size === 0) return Buffer.concat(parts);
    parts.push(raw.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}

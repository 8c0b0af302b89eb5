import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { putInstance, putNodeCheck } from '@/e2e/harness/catalog';
import { FollowedStream } from '@/e2e/harness/followed-stream';
import { type LictorUnderTest, lictorFor } from '@/e2e/harness/lictor-for';
import { frameOf } from '@/e2e/harness/stream-reader';
import { untilSame } from '@/e2e/harness/until-same';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { startWorld } from '@/e2e/world/start-world';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';

const SERVICES = ['s1', 's2', 's3', 's4'];
const INSTANCES = 60;
const TOPICS = ['fleet', 'nodes', ...SERVICES.map((name) => `service:dc1/${name}`)];

let world: World;
let consul: ConsulHttp;
let lictor: LictorUnderTest;
let byteByByte: Socket;

beforeAll(async () => {
  world = await startWorld({ datacenters: 1, clientsPerDatacenter: 0, shop: false });
  consul = world.consul('dc1');
  const output = 'x'.repeat(3_000);
  for (const service of SERVICES) {
    const ids = Array.from({ length: INSTANCES }, (_, n) => `${service}-${n}`);
    await Promise.all(ids.map((id) => putInstance(consul, { node: 'edge', service, id, output })));
  }
  lictor = await lictorFor(consul.address);
  await lictor.synced();
  byteByByte = await openByteByByte(lictor.url, TOPICS);
  await until('its stream to be open', async () => (await lictor.system()).stream.clients === 1);
});

afterAll(async () => {
  byteByByte?.destroy();
  await lictor?.close();
  await world?.stop();
});

test('a client that reads nothing while hundreds of changes happen costs little, and ends with the newest state', async () => {
  const slow = await SilentReader.open(lictor.url, TOPICS);
  const quick = await FollowedStream.open(lictor.url, TOPICS);
  let published = 0;
  let flips = 0;
  // Each flip of the node puts 240 instances of 3 KB; what the kernel holds for a silent peer is some MB.
  while (published < 40_000_000) {
    flips += 1;
    const before = quick.reader.frames.length;
    await putNodeCheck(consul, 'edge', flips % 2 === 0 ? 'passing' : 'critical', `flip ${flips}`);
    await until('every service to follow', () =>
      SERVICES.every((name) =>
        quick.reader.frames
          .slice(before)
          .some(({ event, data }) => event === 'change' && data.topic === `service:dc1/${name}`),
      ),
    );
    const fresh = quick.reader.frames.slice(before);
    published += fresh.reduce((sum, { data }) => sum + JSON.stringify(data).length, 0);
  }
  expect(quick.reader.changes.length).toBeGreaterThan(100);
  await putNodeCheck(consul, 'edge', 'warning', 'the last word');
  await untilSame(lictor, consul.address, { stream: quick, topics: TOPICS });

  const frames = slow.resume();
  const stream = new FollowedStream();
  await until('the last word to have come', () => {
    for (const frame of frames.splice(0)) stream.take(frame);
    return JSON.stringify(stream.body('nodes')).includes('"status":"warning"');
  });
  await untilSame(lictor, consul.address, { stream, topics: TOPICS });
  expect(slow.bytes).toBeLessThan(published / 2);
  expect(slow.merged).toBeGreaterThan(0);
  slow.end();
  quick.reader.cut();
});

test('a client that reads one byte a second is cut off in the end, and the others never notice it', async () => {
  const quick = await FollowedStream.open(lictor.url, TOPICS);
  await putNodeCheck(consul, 'edge', 'passing');
  await untilSame(lictor, consul.address, { stream: quick, topics: TOPICS });
  await until('the slow one to be cut off', async () => (await lictor.system()).stream.clients === 1, {
    deadlineMs: 60_000,
  });
  await putNodeCheck(consul, 'edge', 'warning');
  await untilSame(lictor, consul.address, { stream: quick, topics: TOPICS });
  quick.reader.cut();
  await until('nothing to be left of any', async () => (await lictor.system()).stream.clients === 0);
}, 120_000);

/** Asks for a stream and takes it off the wire at one byte a second. */
async function openByteByByte(url: string, topics: readonly string[]): Promise<Socket> {
  const socket = await asking(url, topics);
  // Without a listener a paused socket reads nothing at all; with it Node keeps a small buffer full, and the kernel the rest.
  socket.on('readable', () => {});
  const taking = setInterval(() => socket.read(1), 1_000);
  socket.on('close', () => clearInterval(taking));
  return socket;
}

async function asking(url: string, topics: readonly string[]): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.pause();
  const query = topics.map((topic) => `topic=${encodeURIComponent(topic)}`).join('&');
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.write(`GET /api/v1/stream?${query} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`, () => resolve());
  });
  return socket;
}

/** A raw socket that asks for a stream and takes nothing off the wire until it is told to. */
class SilentReader {
  bytes = 0;
  merged = 0;

  private constructor(private readonly socket: Socket) {}

  static async open(url: string, topics: readonly string[]): Promise<SilentReader> {
    return new SilentReader(await asking(url, topics));
  }

  /** Reads from now on; the frames appear in the list that is given back. */
  resume() {
    const frames: NonNullable<ReturnType<typeof frameOf>>[] = [];
    let raw: Buffer = Buffer.alloc(0);
    let text = '';
    let headEnded = false;
    this.socket.on('data', (chunk: Buffer) => {
      this.bytes += chunk.length;
      raw = Buffer.concat([raw, chunk]);
      if (!headEnded) {
        const end = raw.indexOf('\r\n\r\n');
        if (end < 0) return;
        headEnded = true;
        raw = raw.subarray(end + 4);
      }
      const { body, rest } = withoutChunking(raw);
      raw = rest;
      text += body.toString('utf8');
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const frame of blocks.map(frameOf)) {
        if (frame === null) continue;
        frames.push(frame);
        if (frame.event === 'change' && frame.data.changes.some(({ merged }) => merged)) this.merged += 1;
      }
    });
    this.socket.resume();
    return frames;
  }

  end(): void {
    this.socket.destroy();
  }
}

/** The whole chunks at the beginning of a chunked body, joined, and what is left. */
function withoutChunking(raw: Buffer): { body: Buffer; rest: Buffer } {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = raw.indexOf('\r\n', at);
    if (lineEnd < 0) break;
    const size = Number.parseInt(raw.toString('latin1', at, lineEnd), 16);
    const end = lineEnd + 2 + size + 2;
    if (end > raw.length) break;
    parts.push(raw.subarray(lineEnd + 2, end - 2));
    at = end;
  }
  return { body: Buffer.concat(parts), rest: raw.subarray(at) };
}

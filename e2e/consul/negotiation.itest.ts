import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TlsFiles } from '@/e2e/world/agent';
import { makeCertificates } from '@/e2e/world/tls';
import { until } from '@/e2e/world/until';
import { consulTransport } from '@/server/consul/consul-transport';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import type { ConsulTransport } from '@/server/consul/transport';
import { openTunnel, type Tunnel } from './tunnel';

interface Front {
  readonly port: number;
  /** Requests so far, by the version of HTTP in which they came. */
  readonly versions: string[];
  /** Answers that were held, by `/v1/wait`. */
  readonly held: (() => void)[];
}

/** What the server offers in the handshake; `nothing`: it does not know that one may choose there. */
type Speaks = 'h2' | 'http/1.1' | 'nothing';
type Script = (request: { httpVersion: string; url?: string | undefined }, answer: () => void) => void;

const JSON_TYPE = { 'content-type': 'application/json' };

function serverFor(speaks: Speaks, keys: tls.TlsOptions, script: Script): tls.Server {
  if (speaks === 'h2') {
    return http2.createSecureServer({ ...keys, allowHTTP1: true }, (request, response) =>
      script(request, () => response.writeHead(200, JSON_TYPE).end('[]')),
    );
  }
  const overHttp1: http.RequestListener = (request, response) =>
    script(request, () => response.writeHead(200, JSON_TYPE).end('[]'));
  if (speaks === 'http/1.1') return https.createServer(keys, overHttp1);
  const plain = http.createServer(overHttp1);
  return tls.createServer(keys, (socket) => plain.emit('connection', socket));
}

describe('what a front over TLS speaks', () => {
  let folder: string;
  let files: TlsFiles;
  let front: Front;
  let tunnel: Tunnel;
  let transport: ConsulTransport;
  let clock: ManualClock;
  const closing: (() => Promise<void>)[] = [];
  const fronts: tls.Server[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'lictor-front-'));
    files = await makeCertificates(folder, ['dc1']);
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    for (const server of fronts.splice(0)) await new Promise((resolve) => server.close(resolve));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function serve(speaks: Speaks): Promise<Front> {
    const versions: string[] = [];
    const held: (() => void)[] = [];
    const keys = { cert: readFileSync(files.cert), key: readFileSync(files.key) };
    const server = serverFor(speaks, keys, ({ httpVersion, url }, answer) => {
      versions.push(httpVersion);
      if (url === '/v1/wait') held.push(answer);
      else answer();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    fronts.push(server);
    return { versions, held, port: (server.address() as AddressInfo).port };
  }

  async function begin(speaks: Speaks, maxConnections = 4): Promise<void> {
    front = await serve(speaks);
    tunnel = await openTunnel(() => front.port);
    clock = new ManualClock();
    transport = consulTransport({
      ...{ address: `https://localhost:${tunnel.port}`, maxConnections, clock, random: () => 0 },
      tls: {
        ...{ verify: true, caFile: files.ca, caPath: null, certFile: null, keyFile: null },
        serverName: null,
      },
    });
    closing.push(tunnel.close, () => transport.close());
  }

  const get = async () => (await transport.request({ path: '/v1/x', timeoutMs: 10_000 })).status;
  const wait = () => transport.request({ path: '/v1/wait', timeoutMs: 60_000, lane: 'waiting' });
  const cut = async () => {
    for (const socket of Array.from(tunnel.open)) socket.destroy();
    await until('the loss to be seen', () => transport.stats.openConnections === 0);
  };

  it('HTTP/2, where it is offered', async () => {
    await begin('h2');
    expect(transport.stats.protocol).toBe('http/1.1');
    await get();
    expect([front.versions, transport.stats.protocol, tunnel.made]).toEqual([['2.0'], 'h2', 1]);
    expect(transport.waitingCapacity).toBe(4 * 242);
  });

  it.each(['http/1.1', 'nothing'] as const)('HTTP/1.1, where %s is offered, by one handshake more', async (speaks) => {
    await begin(speaks);
    await Promise.all([get(), get(), get()]);
    await get();
    expect([front.versions, transport.stats.protocol]).toEqual([Array(4).fill('1.1'), 'http/1.1']);
    expect(tunnel.made).toBeLessThanOrEqual(4);
    expect(transport.waitingCapacity).toBe(2);
    expect(transport.stats).toMatchObject({ errors: { connect: 0, reset: 0, tls: 0 } });
  });

  it('HTTP/2 again, once the front that declined it was replaced and its connections are gone', async () => {
    await begin('http/1.1');
    await get();
    front = await serve('h2');
    await get();
    expect([front.versions, transport.stats.protocol]).toEqual([[], 'http/1.1']);
    await cut();
    await get();
    expect([front.versions, transport.stats.protocol]).toEqual([['1.1'], 'http/1.1']);
    // No sooner than 5 s after it was declined: a front that closes each connection would see two for each request.
    await clock.advance(5_000);
    await get();
    expect([front.versions, transport.stats.protocol]).toEqual([['1.1', '2.0'], 'h2']);
    await until('only the session to be left', () => tunnel.open.length === 1);
    expect(transport.stats.openConnections).toBe(1);
  });

  it('HTTP/1.1, when HTTP/2 was replaced by a front that does not know it', async () => {
    await begin('h2');
    await get();
    front = await serve('http/1.1');
    await cut();
    const again = Promise.all([get(), get(), get()]);
    await clock.advance(1_000);
    await again;
    expect([front.versions, transport.stats.protocol]).toEqual([Array(3).fill('1.1'), 'http/1.1']);
    expect(transport.waitingCapacity).toBe(2);
  });

  it('waits over HTTP/1.1 finish where they are while HTTP/2 takes over, within one budget', async () => {
    await begin('http/1.1', 2);
    const old = front;
    const waiting = wait();
    await until('it to wait', () => old.held.length === 1);
    front = await serve('h2');
    await clock.advance(5_000);
    // The other connection fails, so it is asked again what is spoken.
    const failing = transport.request({ path: '/v1/wait', timeoutMs: 60_000 });
    await until('both to wait', () => tunnel.open.length === 2);
    await until('the second to be held', () => old.held.length + front.held.length === 2);
    tunnel.open[1]?.destroy();
    await expect(failing).rejects.toMatchObject({ kind: 'reset' });
    await get();
    expect([front.versions.at(-1), transport.stats.protocol]).toEqual(['2.0', 'h2']);
    expect(tunnel.open.length).toBe(2);
    old.held[0]?.();
    expect((await waiting).status).toBe(200);
    await until('only the session to be left', () => tunnel.open.length === 1);
  });
});

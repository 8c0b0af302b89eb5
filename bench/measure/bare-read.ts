import { readFileSync } from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';

/** Where a Consul answers in the clear, and by TLS with the authority that signed it. */
export interface ConsulAt {
  readonly http: string;
  readonly https: string;
  /** Path of a PEM file. */
  readonly ca: string;
}

type Get = (path: string) => Promise<Buffer>;

/**
 * The yardstick of a first read: every service's health read once by a plain client that does nothing with it but take it in, `concurrency` at a
 * time. @returns ms from the first request to the last byte
 */
export async function bareRead(consul: ConsulAt, protocol: 'http/1.1' | 'h2', concurrency: number): Promise<number> {
  const { get, close } = protocol === 'h2' ? overHttp2(consul, concurrency) : overHttp1(consul, concurrency);
  try {
    const startedAtMs = performance.now();
    const names = Object.keys(JSON.parse((await get('/v1/catalog/services')).toString()) as object);
    const next = names.values();
    const readers = Array.from({ length: concurrency }, async () => {
      for (const name of next) await get(`/v1/health/service/${encodeURIComponent(name)}?stale`);
    });
    await Promise.all(readers);
    return performance.now() - startedAtMs;
  } finally {
    close();
  }
}

function overHttp1(consul: ConsulAt, maxSockets: number): { get: Get; close: () => void } {
  const agent = new http.Agent({ keepAlive: true, maxSockets });
  const get: Get = (path) =>
    new Promise((resolve, reject) => {
      const request = http.get(`${consul.http}${path}`, { agent }, (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`${path}: status ${answer.statusCode}`));
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('error', reject);
        answer.once('end', () => resolve(Buffer.concat(chunks)));
      });
      request.once('error', reject);
    });
  return { get, close: () => agent.destroy() };
}

/** Consul takes 250 streams a session. */
const STREAMS_A_SESSION = 250;

function overHttp2(consul: ConsulAt, concurrency: number): { get: Get; close: () => void } {
  const sessions = Array.from({ length: Math.ceil(concurrency / STREAMS_A_SESSION) }, () =>
    http2.connect(consul.https, { ca: readFileSync(consul.ca) }),
  );
  let turn = 0;
  const get: Get = (path) =>
    new Promise((resolve, reject) => {
      const session = sessions[turn++ % sessions.length];
      if (session === undefined) throw new RangeError('A read needs at least one session.');
      const stream = session.request({ ':path': path });
      stream.once('response', ({ ':status': status }) => {
        if (status !== 200) reject(new Error(`${path}: status ${status}`));
      });
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('error', reject);
      stream.once('end', () => resolve(Buffer.concat(chunks)));
    });
  return {
    get,
    close: () => {
      for (const session of sessions) session.close();
    },
  };
}

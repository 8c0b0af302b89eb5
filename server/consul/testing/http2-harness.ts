import { systemClock } from '@/server/consul/clock';
import type { ConsulError } from '@/server/consul/consul-error';
import { Http2Wire } from '@/server/consul/http2-wire';
import type { ConsulAnswer, ConsulTransport } from '@/server/consul/transport';
import { type ConsulTransportOptions, wiredTransport } from '@/server/consul/wired-transport';
import { consulFailure } from './consul-failure';
import { answerStream, type CameStream, type ScriptedHttp2, scriptedHttp2 } from './scripted-http2';

export const SECRET = '11111111-2222-3333-4444-555555555555';

/** Scripted servers and transports to them, all closed together. */
export class Http2Harness {
  readonly #closing: (() => Promise<void>)[] = [];

  async serve(...script: Parameters<typeof scriptedHttp2>): Promise<ScriptedHttp2> {
    const server = await scriptedHttp2(...script);
    this.closeLater(server.close);
    return server;
  }

  /** A transport over HTTP/2 alone, without TLS. */
  connect({ connect }: Pick<ScriptedHttp2, 'connect'>, options: Partial<ConsulTransportOptions> = {}): ConsulTransport {
    const { maxConnections = 4, clock = systemClock } = options;
    let maxSessions = maxConnections;
    const resize = (connections: number) => {
      maxSessions = connections;
    };
    const transport = wiredTransport(
      { address: 'https://127.0.0.1:8501', maxConnections, token: () => SECRET, ...options },
      (onChange) => {
        const wire = new Http2Wire({ connect, maxSessions: () => maxSessions, clock, random: () => 0.5, onChange });
        return Object.assign(wire, { resize });
      },
    );
    this.closeLater(() => transport.close());
    return transport;
  }

  closeLater(close: () => Promise<void>): void {
    this.#closing.push(close);
  }

  async close(): Promise<void> {
    for (const close of this.#closing.splice(0).reverse()) await close();
  }
}

export const failure = (work: Promise<unknown>): Promise<ConsulError> => consulFailure(work, SECRET);

export function get(transport: ConsulTransport, timeoutMs = 5_000): Promise<ConsulAnswer> {
  return transport.request({ path: '/v1/x', timeoutMs });
}

export function wait(transport: ConsulTransport, signal?: AbortSignal): Promise<ConsulAnswer> {
  return transport.request({ path: '/v1/wait', timeoutMs: 60_000, lane: 'waiting', ...(signal && { signal }) });
}

export function waits(transport: ConsulTransport, count: number): Promise<ConsulAnswer>[] {
  return Array.from({ length: count }, () => wait(transport));
}

/** Answers everything but `/v1/wait`. */
export function holdWaits(came: CameStream): void {
  if (came.path !== '/v1/wait') answerStream(came, []);
}

/** Answers all that is held. */
export function release(server: ScriptedHttp2): void {
  for (const came of server.streams) if (!came.stream.destroyed && !came.stream.headersSent) answerStream(came, []);
}

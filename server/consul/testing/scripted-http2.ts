import http2 from 'node:http2';
import net, { type AddressInfo, type Socket } from 'node:net';
import { type Http2Link, http2Session } from '@/server/consul/http2-connect';

/** One stream that came, and what became of it. */
export interface CameStream {
  readonly stream: http2.ServerHttp2Stream;
  readonly path: string;
  readonly headers: http2.IncomingHttpHeaders;
  /** Which session it came on, counted from 1. */
  readonly session: number;
}

export interface ScriptedHttp2 {
  /** Makes a session to it, as a transport does over TLS. */
  readonly connect: (signal: AbortSignal) => Promise<Http2Link>;
  readonly sessions: readonly http2.ServerHttp2Session[];
  readonly streams: readonly CameStream[];
  /** The error codes of streams that are closed, in that order. */
  readonly closedWith: readonly number[];
  /** The most streams that one session ever held at once. */
  readonly mostStreams: number;
  readonly openSockets: number;
  /** Breaks every connection, as a killed agent does. */
  breakSockets(): void;
  close(): Promise<void>;
}

/** A loopback HTTP/2 server without TLS that does with each stream what a test says. */
export async function scriptedHttp2(
  script: (came: CameStream) => void,
  settings: http2.Settings = {},
): Promise<ScriptedHttp2> {
  const sessions: http2.ServerHttp2Session[] = [];
  const streams: CameStream[] = [];
  const closedWith: number[] = [];
  let mostStreams = 0;
  const server = http2.createServer({ settings, maxSessionMemory: 256 });
  server.on('session', (session) => {
    sessions.push(session);
    session.on('error', () => {});
    let open = 0;
    session.on('stream', (stream, headers) => {
      open += 1;
      mostStreams = Math.max(mostStreams, open);
      stream.on('error', () => {});
      stream.once('close', () => {
        open -= 1;
        closedWith.push(stream.rstCode ?? 0);
      });
      const came = { stream, headers, path: headers[':path'] ?? '', session: sessions.indexOf(session) + 1 };
      streams.push(came);
      script(came);
    });
  });
  const listening = await listen(server);
  return {
    connect: (signal) => http2Session(net.connect(listening.port, '127.0.0.1'), signal),
    sessions,
    streams,
    closedWith,
    get mostStreams() {
      return mostStreams;
    },
    get openSockets() {
      return listening.sockets.size;
    },
    breakSockets: listening.breakSockets,
    close: listening.close,
  };
}

/** A peer that sends these bytes once connected and nothing more, whatever it is asked. */
export async function mutePeer(bytes: Buffer): Promise<Pick<ScriptedHttp2, 'connect' | 'openSockets' | 'close'>> {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.resume();
    socket.write(bytes);
  });
  const listening = await listen(server);
  return {
    connect: (signal) => http2Session(net.connect(listening.port, '127.0.0.1'), signal),
    get openSockets() {
      return listening.sockets.size;
    },
    close: listening.close,
  };
}

/** A SETTINGS frame without a setting: the least that a peer of HTTP/2 must send. */
export const EMPTY_SETTINGS = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);

/** A good answer with Consul's headers. */
export function answerStream({ stream }: CameStream, body: unknown, headers: http2.OutgoingHttpHeaders = {}): void {
  stream.respond({ ':status': 200, 'content-type': 'application/json', ...headers });
  stream.end(JSON.stringify(body));
}

async function listen(server: net.Server | http2.Http2Server) {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const breakSockets = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    breakSockets,
    close: async () => {
      breakSockets();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

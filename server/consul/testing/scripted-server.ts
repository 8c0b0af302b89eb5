import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface ScriptedServer {
  readonly address: string;
  /** Every request so far, in the order in which they came. */
  readonly requests: readonly http.IncomingMessage[];
  readonly openSockets: number;
  close(): Promise<void>;
}

/** A loopback server that answers as a test says: for what a real Consul cannot be made to do. */
export async function scriptedServer(
  script: (request: http.IncomingMessage, response: http.ServerResponse) => void,
): Promise<ScriptedServer> {
  const requests: http.IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  const server = http.createServer((request, response) => {
    requests.push(request);
    script(request, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    get openSockets() {
      return sockets.size;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A good answer with Consul's headers. */
export function answerJson(response: http.ServerResponse, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}

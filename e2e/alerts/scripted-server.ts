import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HeardRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server that answers as a test says, and tells what it heard. */
export class ScriptedServer {
  readonly heard: HeardRequest[] = [];
  readonly #server: Server;

  /** @param answer once the whole request was heard */
  constructor(public answer: (heard: HeardRequest, response: Parameters<RequestListener>[1]) => void) {
    this.#server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (chunk: string) => {
        body += chunk;
      });
      request.on('end', () => {
        const heard = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
        this.heard.push(heard);
        this.answer(heard, response);
      });
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** @returns its URL, without a slash at its end */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

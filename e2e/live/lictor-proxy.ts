import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { URL } from 'node:url';

/** Answers a stream request in Lictor's place. */
export type StreamAnswer = (topics: readonly string[], response: ServerResponse) => void;

/** A way to Lictor that notes each stream that browsers ask for, wherever in the browser they do; a test may answer them itself. */
export class LictorProxy {
  /** The topics of each stream request so far. */
  readonly streams: string[][] = [];
  #open = 0;

  readonly #server = createServer((incoming, response) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', this.lictor);
    if (pathname.endsWith('/api/v1/stream')) {
      const topics = searchParams.getAll('topic');
      this.streams.push(topics);
      this.#open += 1;
      response.on('close', () => {
        this.#open -= 1;
      });
      if (this.answerStream) {
        this.answerStream(topics, response);
        return;
      }
    }
    this.#pass(incoming, response);
  });

  constructor(
    /** Lictor's own address. */
    private readonly lictor: string,
    /** Null: Lictor answers its streams itself, from now on. */
    public answerStream: StreamAnswer | null = null,
  ) {}

  /** Streams that are open now. */
  get openStreams(): number {
    return this.#open;
  }

  /** Resolves with its address. */
  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #pass(incoming: IncomingMessage, response: ServerResponse): void {
    const { method, headers, url } = incoming;
    const outgoing = request(new URL(url ?? '/', this.lictor), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      response.flushHeaders();
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    outgoing.on('error', () => response.destroy());
    response.on('close', () => outgoing.destroy());
    incoming.pipe(outgoing);
  }
}

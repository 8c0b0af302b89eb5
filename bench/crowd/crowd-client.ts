import net from 'node:net';
import { latenciesOf } from './stamp';

const OPEN_WITHIN_MS = 60_000;

/**
 * One reader of the stream on a bare socket: a whole HTTP client for each of a thousand would cost more than what is measured. It looks for what it
 * needs in the text as it comes; the chunks of the transfer encoding end with events, for Lictor writes each frame in one piece.
 */
export class CrowdClient {
  lastEventId: string | null = null;
  snapshots = 0;
  bytes = 0;
  #socket: net.Socket | null = null;

  constructor(
    private readonly port: number,
    private readonly path: string,
    private readonly onLatency: (ms: number) => void,
  ) {}

  get isOpen(): boolean {
    return this.#socket !== null && !this.#socket.destroyed;
  }

  /** Resolves with the first heartbeat, which ends the opening. */
  open(lastEventId: string | null): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = net.connect(this.port, '127.0.0.1');
      this.#socket = socket;
      const timer = setTimeout(() => reject(new Error('A stream did not open.')), OPEN_WITHIN_MS);
      const resume = lastEventId === null ? '' : `Last-Event-ID: ${lastEventId}\r\n`;
      socket.write(`GET ${this.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${resume}\r\n`);
      let opened = false;
      socket.on('data', (chunk: Buffer) => {
        const text = chunk.toString('latin1');
        this.bytes += chunk.length;
        if (text.includes('event: snapshot')) this.snapshots += 1;
        const id = text.lastIndexOf('\nid: ');
        if (id >= 0) this.lastEventId = /\d+:\d+/.exec(text.slice(id, id + 60))?.[0] ?? this.lastEventId;
        if (opened) this.#measure(text);
        if (opened || !text.includes('event: heartbeat')) return;
        opened = true;
        clearTimeout(timer);
        resolve();
      });
      socket.on('error', reject);
    });
  }

  cut(): void {
    this.#socket?.destroy();
  }

  #measure(text: string): void {
    for (const latencyMs of latenciesOf(text, Date.now())) this.onLatency(latencyMs);
  }
}

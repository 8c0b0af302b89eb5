import { ConsulError } from '@/server/consul/consul-error';
import type { ConsulAnswer, ConsulRequest, ConsulTransport } from '@/server/consul/transport';
import { settled } from './manual-clock';

interface Held {
  readonly request: ConsulRequest;
  readonly resolve: (answer: ConsulAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** A transport whose requests stay open until a test answers them, in the order in which they came. */
export class HeldTransport implements ConsulTransport {
  readonly requests: ConsulRequest[] = [];
  readonly open: Held[] = [];
  readonly oldestUnreadMs = null;

  request(request: ConsulRequest): Promise<ConsulAnswer> {
    this.requests.push(request);
    return new Promise((resolve, reject) => {
      const held = { request, resolve, reject };
      this.open.push(held);
      request.signal?.addEventListener('abort', () => {
        const at = this.open.indexOf(held);
        if (at >= 0) this.open.splice(at, 1);
        reject(new ConsulError('aborted', 'Ended by the test.'));
      });
    });
  }

  async answer(answer: ConsulAnswer): Promise<void> {
    this.#next().resolve(answer);
    await settled();
  }

  async fail(error: unknown): Promise<void> {
    this.#next().reject(error);
    await settled();
  }

  #next(): Held {
    const held = this.open.shift();
    if (!held) throw new Error('No request is open.');
    return held;
  }

  readonly waitingCapacity = 100;

  get stats(): never {
    throw new Error('A held transport counts nothing.');
  }

  async close(): Promise<void> {}
}

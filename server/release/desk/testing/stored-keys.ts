import { ConsulError } from '@/server/consul/consul-error';
import { answerOf } from '@/server/consul/testing/answer';
import type { ConsulAnswer, ConsulRequest, ConsulTransport } from '@/server/consul/transport';

interface Stored {
  readonly text: string;
  readonly index: number;
}

/** A Consul that knows keys alone, and waits as Consul does; ACLs are off there. */
export class StoredKeys implements ConsulTransport {
  readonly #keys = new Map<string, Stored>();
  readonly #waiting = new Set<() => void>();
  readonly requests: ConsulRequest[] = [];
  readonly waitingCapacity = 100;
  readonly oldestUnreadMs = null;
  /** No key may be read by itself; of many Consul leaves out what may not be read. */
  isDenied = false;
  /** Reads of one key are answered with what stood when they were asked, once this is called; null: at once. */
  #release: Promise<void> | null = null;
  #index = 1;
  #isClosed = false;

  put(key: string, text: string): void {
    this.#index += 1;
    this.#keys.set(key, { text, index: this.#index });
    this.#wake();
  }

  delete(key: string): void {
    this.#index += 1;
    this.#keys.delete(key);
    this.#wake();
  }

  /** From now on reads of one key are under way until what is returned is called. */
  holdReads(): () => void {
    let release = () => {};
    this.#release = new Promise((resolve) => {
      release = resolve;
    });
    return () => {
      this.#release = null;
      release();
    };
  }

  text(key: string): string | undefined {
    return this.#keys.get(key)?.text;
  }

  request(request: ConsulRequest): Promise<ConsulAnswer> {
    this.requests.push(request);
    if (this.#isClosed) return Promise.reject(new ConsulError('connect', 'Nothing answers.'));
    if (!request.path.startsWith('/v1/kv/')) {
      return Promise.resolve(answerOf('ACL support disabled', { status: 401 }));
    }
    if (this.isDenied && !('recurse' in (request.query ?? {}))) {
      return Promise.reject(new ConsulError('status', 'Permission denied.', { status: 403 }));
    }
    const { index = '0' } = request.query ?? {};
    if (Number(index) < this.#index) {
      const answer = this.#answer(request);
      const held = 'recurse' in (request.query ?? {}) ? null : this.#release;
      return held ? held.then(() => answer) : Promise.resolve(answer);
    }
    return new Promise((resolve, reject) => {
      const wake = () => resolve(this.#answer(request));
      this.#waiting.add(wake);
      request.signal?.addEventListener('abort', () => {
        this.#waiting.delete(wake);
        reject(new ConsulError('aborted', 'Ended by the test.'));
      });
    });
  }

  get stats(): never {
    throw new Error('Stored keys count nothing.');
  }

  /** From now on nothing is answered. */
  async close(): Promise<void> {
    this.#isClosed = true;
  }

  #answer({ path, query = {} }: ConsulRequest): ConsulAnswer {
    const asked = decodeURIComponent(path.slice('/v1/kv/'.length));
    const found = [...this.#keys].filter(([key]) => ('recurse' in query ? key.startsWith(asked) : key === asked));
    const entries = found.map(([Key, { text, index }]) => ({
      ...{ Key, Value: Buffer.from(text).toString('base64'), Flags: 0, ModifyIndex: index },
    }));
    return answerOf(entries, { status: entries.length === 0 ? 404 : 200, index: this.#index });
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
    this.#waiting.clear();
  }
}

import type { Reading } from '@/lib/system/consul-health';
import type { Clock } from '@/server/consul/clock';
import { ConsulError } from '@/server/consul/consul-error';
import { type ReadOptions, read } from '@/server/consul/read';
import type { ConsulTransport } from '@/server/consul/transport';

const LIMIT_MS = 4_500;
/** What the token may not read is asked for again after this, ms: a refusal changes when a person changes it. */
const REFUSED_PAUSE_MS = 30_000;

export interface ConsulReadingOptions<Value>
  extends Pick<ReadOptions<Value>, 'path' | 'query' | 'decode' | 'acceptStatuses'> {
  /** The ACL rule that it takes; null: none. */
  readonly rule: string | null;
}

/** The last answer to one question, kept with its age; what stands in the way of a newer one stands beside it. */
export class ConsulReading<Value> {
  #value: Value | null = null;
  #reading: Reading;
  #refusedAtMs: number | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly options: ConsulReadingOptions<Value>,
  ) {
    this.#reading = { source: options.path, readAt: null, problem: null, missingRule: null };
  }

  /** As last read, however long ago; null: never. */
  get value(): Value | null {
    return this.#value;
  }

  /** As the last attempt brought it; null: it brought none. */
  get current(): Value | null {
    return this.#reading.problem === null ? this.#value : null;
  }

  get reading(): Reading {
    return this.#reading;
  }

  /** One attempt, unless it was refused a moment ago. Gives back the failure. */
  async ask(transport: ConsulTransport, signal: AbortSignal): Promise<ConsulError | null> {
    const nowMs = this.clock.now();
    if (this.#refusedAtMs !== null && nowMs - this.#refusedAtMs < REFUSED_PAUSE_MS) return null;
    this.#refusedAtMs = null;
    const { rule: _, ...question } = this.options;
    try {
      const { value, answer } = await read(transport, { ...question, timeoutMs: LIMIT_MS, signal });
      this.taken(value, answer.receivedAtMs);
      return null;
    } catch (error) {
      if (!(error instanceof ConsulError)) throw error;
      if (signal.aborted) return null;
      if (error.denied) this.#refusedAtMs = nowMs;
      this.failed(error);
      return error;
    }
  }

  taken(value: Value, atMs: number): void {
    this.#value = value;
    this.#reading = { ...this.#reading, readAt: this.clock.iso(atMs), problem: null, missingRule: null };
  }

  failed(error: ConsulError): void {
    // An unknown token is refused as well, and no rule would help it.
    const isMissing = error.denied && /permission denied/i.test(error.message);
    this.#stand(error.message, isMissing ? this.options.rule : null);
  }

  /** It was not asked, for a reason that is known beforehand; a right that is missing stands in its way all the same. */
  skipped(problem: string): void {
    if (this.#reading.missingRule === null) this.#stand(problem, null);
  }

  /** The token is another one: what was refused may be allowed now. */
  forgetRefusal(): void {
    this.#refusedAtMs = null;
  }

  #stand(problem: string, missingRule: string | null): void {
    this.#reading = { ...this.#reading, problem, missingRule };
  }
}

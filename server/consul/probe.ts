import type { Clock, Timer } from './clock';
import { ConsulError } from './consul-error';
import { decodeLeader } from './decode/leader';
import { read } from './read';
import type { ConsulTransport } from './transport';

export type ProbeReport =
  | {
      readonly ok: true;
      readonly atMs: number /** `address:port`; null: no leader is known. */;
      readonly leader: string | null;
    }
  | { readonly ok: false; readonly atMs: number; readonly error: ConsulError };

export interface ProbeOptions {
  readonly transport: ConsulTransport;
  readonly datacenter: string;
  readonly onReport: (report: ProbeReport) => void;
  readonly clock: Clock;
  /** 0 (included) to 1, as `Math.random`. */
  readonly random: () => number;
}

/** From one start to the next, at most; up to a quarter less, so that the probes of many datacenters spread. */
const INTERVAL_MS = 2_000;
const LIMIT_MS = 4_500;
const IN_FLIGHT_AT_MOST = 2;

export interface Probe {
  stop(): void;
}

/**
 * Asks a datacenter for its leader again and again: proof that it lives, or that it does not. Two may be under way, so that one slow
 * answer does not make the proof old; while both hang, the next starts when one ends.
 */
export function probe(options: ProbeOptions): Probe {
  const loop = new ProbeLoop(options);
  loop.tick();
  return loop;
}

class ProbeLoop implements Probe {
  readonly #options: ProbeOptions;
  readonly #end = new AbortController();
  #timer: Timer | undefined;
  #inFlight = 0;
  #due = false;
  #started = 0;
  /** The start of the newest answer; what began before it is old news. */
  #newest = 0;

  constructor(options: ProbeOptions) {
    this.#options = options;
  }

  tick(): void {
    const { clock, random } = this.#options;
    this.#timer = clock.setTimeout(() => this.tick(), INTERVAL_MS * (1 - random() / 4));
    this.#due = true;
    this.#askIfDue();
  }

  stop(): void {
    this.#end.abort();
    if (this.#timer) this.#options.clock.clearTimeout(this.#timer);
  }

  #askIfDue(): void {
    if (!this.#due || this.#inFlight >= IN_FLIGHT_AT_MOST) return;
    this.#due = false;
    void this.#ask();
  }

  async #ask(): Promise<void> {
    const order = ++this.#started;
    this.#inFlight += 1;
    const report = await this.#answer();
    this.#inFlight -= 1;
    if (this.#end.signal.aborted) return;
    if (order > this.#newest) {
      if (report.ok) this.#newest = order;
      this.#options.onReport(report);
    }
    this.#askIfDue();
  }

  async #answer(): Promise<ProbeReport> {
    const { transport, datacenter, clock } = this.#options;
    try {
      const { value, answer } = await read(transport, {
        path: '/v1/status/leader',
        query: { dc: datacenter },
        timeoutMs: LIMIT_MS,
        signal: this.#end.signal,
        decode: decodeLeader,
      });
      return { ok: true, atMs: answer.receivedAtMs, leader: value };
    } catch (error) {
      if (error instanceof ConsulError) return { ok: false, atMs: clock.now(), error };
      throw error;
    }
  }
}

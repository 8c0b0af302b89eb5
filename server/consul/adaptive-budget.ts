import type { Clock, Timer } from './clock';

/** Never fewer: less would not carry the waits of one datacenter beside the connections kept free. */
const LEAST = 16;
/** So many connections closed without a byte, within this time and with answers in between, are a limit and no accident. */
const WALL = 4;
const WALL_WITHIN_MS = 10_000;
/** A Consul that dies closes all at once; an answer that had arrived before may be read between two of these ends. */
const WALL_SPREADS_MS = 500;
/**
 * Consul counts the connection of a wait that was given up for as long as the wait would have lasted, so a lowering shows what it is worth only after that; until then
 * further refusals say nothing new.
 */
const SETTLE_MS = 25_000;
/** Without a refusal for so long the budget begins to grow. */
const QUIET_MS = 10_000;
/** Each minute a tenth of the full budget, in steps of one connection. */
const GROWTH_PER_MINUTE = 0.1;

export interface AdaptiveBudgetOptions {
  /** Connections while Consul refuses none. */
  readonly full: number;
  readonly clock: Clock;
  /** Connections open now. */
  readonly open: () => number;
  /** The budget is another; told after it is. */
  readonly onChange: (connections: number) => void;
  /** Told a sentence whenever it was lowered, and when it is whole again. */
  readonly say: (sentence: string) => void;
  /** The address, as a sentence names it. */
  readonly address: string;
}

/**
 * How many connections to take of one Consul address: all of its budget, until Consul refuses some. A Consul that stops or starts closes its
 * connections as well, but then answers nothing in between; that says nothing about a limit.
 */
export class AdaptiveBudget {
  #current: number;
  /** What Consul did that it was lowered for. */
  #cause: string | null = null;
  /** When connections were closed without a byte, and whether an answer came since the first of them. */
  #closedAtMs: number[] = [];
  #answeredBetween = false;
  #answeredSinceClosing = false;
  #loweredAtMs = Number.NEGATIVE_INFINITY;
  #refusedAtMs = Number.NEGATIVE_INFINITY;
  #timer: Timer | undefined;

  constructor(private readonly options: AdaptiveBudgetOptions) {
    this.#current = options.full;
  }

  get current(): number {
    return this.#current;
  }

  /** Why it is below the full one, or as low as it gets, a sentence; null while nothing is refused. */
  get lowered(): string | null {
    const { full, address } = this.options;
    if (this.#cause === null) return null;
    return (
      `Consul at ${address} ${this.#cause}: Lictor takes ${this.#current} connections at most, of ${full}, and slowly more again once it is quiet; ` +
      'raise http_max_conns_per_client at the agent, or set LICTOR_CONSUL_MAX_CONNECTIONS to what it can spare.'
    );
  }

  /** Any answer but a 429. */
  answered(): void {
    this.#answeredSinceClosing = this.#closedAtMs.length > 0;
  }

  /** A connection that had just been made was closed without a byte. */
  closed(): void {
    const nowMs = this.options.clock.now();
    this.#answeredBetween ||= this.#answeredSinceClosing;
    this.#answeredSinceClosing = false;
    this.#closedAtMs = this.#closedAtMs.filter((atMs) => nowMs - atMs < WALL_WITHIN_MS);
    if (this.#closedAtMs.length === 0) this.#answeredBetween = false;
    this.#closedAtMs.push(nowMs);
    this.#refusedAtMs = nowMs;
    const spreadMs = nowMs - (this.#closedAtMs[0] ?? nowMs);
    if (this.#closedAtMs.length < WALL || spreadMs < WALL_SPREADS_MS || !this.#answeredBetween) return;
    this.#lower(
      `closed ${this.#closedAtMs.length} new connections within ${WALL_WITHIN_MS / 1_000} s without an answer while it answered others`,
    );
  }

  /** Consul answered 429. */
  limited(): void {
    this.#lower('answered that Lictor asks too much (429)');
  }

  stop(): void {
    if (this.#timer) this.options.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #lower(cause: string): void {
    const { clock, open, onChange, say } = this.options;
    const nowMs = clock.now();
    this.#refusedAtMs = nowMs;
    if (nowMs - this.#loweredAtMs < SETTLE_MS) return;
    this.#loweredAtMs = nowMs;
    this.#closedAtMs = [];
    this.#answeredBetween = false;
    this.#cause = cause;
    // Half of what was really open: half of a budget that was never used up would change nothing. But never by more than three quarters at once.
    const used = Math.min(this.#current, Math.max(open(), this.#current / 2));
    this.#current = Math.min(this.#current, Math.max(LEAST, Math.floor(used / 2)));
    say(this.lowered ?? '');
    onChange(this.#current);
    if (this.#timer === undefined) this.#growLater();
  }

  #growLater(): void {
    const { clock, full } = this.options;
    this.#timer = clock.setTimeout(() => this.#grow(), 60_000 / (full * GROWTH_PER_MINUTE));
  }

  #grow(): void {
    const { clock, full, onChange, say, address } = this.options;
    this.#timer = undefined;
    const quiet = clock.now() - this.#refusedAtMs >= QUIET_MS;
    if (quiet && this.#current < full) {
      this.#current += 1;
      onChange(this.#current);
    }
    if (quiet && this.#current === full) {
      this.#cause = null;
      say(`Consul at ${address} refuses no more connections: Lictor takes up to ${full} again.`);
    } else {
      this.#growLater();
    }
  }
}

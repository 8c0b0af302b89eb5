import { authorize, type Right } from '@/server/consul/authorize';
import type { Clock, Timer } from '@/server/consul/clock';
import { ConsulError } from '@/server/consul/consul-error';
import type { FleetView } from '@/server/release/fleet-view';
import type { ReleaseConsul } from '@/server/release/release-consul';

export interface WriteGateOptions {
  /** Why this process never writes (read-only, open to others), a sentence; null: it may. */
  readonly never: string | null;
  readonly consul: ReleaseConsul;
  readonly fleet: FleetView;
  /** The token that writes as of now. */
  readonly token: () => string | null;
  readonly clock: Clock;
  /** Whether Consul lets it write is another answer now. */
  readonly onChange: () => void;
}

/** Rights change when a person changes them, ms … */
const ASK_EVERY_MS = 30_000;
/** … a token is looked at sooner, and so is a Consul that has not answered. */
const LOOK_EVERY_MS = 1_000;
const FIRST_LOOK_EVERY_MS = 100;

export const OWN_KEYS = 'lictor/release/';
const RIGHT: Right = { Resource: 'key', Segment: OWN_KEYS, Access: 'write' };
const RULES = `key_prefix "${OWN_KEYS}" { policy = "write" } in the home datacenter, and, for what is to be moved, service_prefix "" { policy = "write" }, key_prefix of the policy documents { policy = "write" } and node_prefix "" { policy = "write" }`;

const NOT_KNOWN = 'It is not known yet whether Lictor may write: Consul has not answered.';

/** Says whether anything may be written now, and why not. */
export class WriteGate {
  readonly #options: WriteGateOptions;
  readonly #end = new AbortController();
  #rights: string | null = NOT_KNOWN;
  #askedAtMs = Number.NEGATIVE_INFINITY;
  #askedFor: string | null = null;
  #timer: Timer | null = null;

  constructor(options: WriteGateOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#options.never === null) void this.#tick();
  }

  stop(): void {
    this.#end.abort();
    if (this.#timer) this.#options.clock.clearTimeout(this.#timer);
  }

  /** Whether Consul lets Lictor write, as last asked. */
  get mayWrite(): boolean {
    return this.#options.never === null && this.#rights === null;
  }

  /** Why nothing can be written now for the services of this datacenter, a sentence; null: it can. */
  refusal(dc: string): string | null {
    const { never, consul } = this.#options;
    if (never !== null) return never;
    const home = consul.home();
    if (home === null) {
      return 'It is not known yet where Lictor keeps what it writes: Consul has not answered, or no token may read its agent. Set LICTOR_HOME_DATACENTER where this lasts.';
    }
    const places = new Set([dc, consul.primaryOf(dc) ?? dc, home]);
    for (const place of places) {
      const trouble = this.#notLive(place);
      if (trouble !== null) return trouble;
    }
    return this.#rights;
  }

  #notLive(dc: string): string | null {
    const record = this.#options.fleet.datacenter(dc);
    if (!record) return `Nothing can be written while datacenter ${dc} is not seen.`;
    const { state, reason } = record.freshness;
    if (state === 'live') return null;
    return `Nothing can be written while datacenter ${dc} is ${state}, for what stands there is not known${reason === null ? '.' : `: ${reason}`}`;
  }

  async #tick(): Promise<void> {
    const { clock, token, consul } = this.#options;
    const home = consul.home();
    const isDue = clock.now() - this.#askedAtMs >= ASK_EVERY_MS || token() !== this.#askedFor;
    if (home !== null && (isDue || this.#rights === NOT_KNOWN)) await this.#ask(home);
    if (this.#end.signal.aborted) return;
    const pauseMs = home === null ? FIRST_LOOK_EVERY_MS : LOOK_EVERY_MS;
    this.#timer = clock.setTimeout(() => void this.#tick(), pauseMs);
  }

  async #ask(home: string): Promise<void> {
    const { clock, token, consul } = this.#options;
    this.#askedAtMs = clock.now();
    this.#askedFor = token();
    try {
      const { signal } = this.#end;
      const question = { transport: consul.transportOf(home), datacenter: home, signal };
      this.#set(refusalOf(await authorize(question, [RIGHT]), this.#askedFor !== null));
    } catch (error) {
      if (!(error instanceof ConsulError)) throw error;
      // What could not be asked is as it was; that Consul does not answer, freshness tells.
      if (error.denied) this.#set(error.message);
    }
  }

  #set(rights: string | null): void {
    if (rights === this.#rights || this.#end.signal.aborted) return;
    this.#rights = rights;
    this.#options.onChange();
  }
}

/** @param allowed null: ACLs are off */
function refusalOf(allowed: readonly boolean[] | null, hasToken: boolean): string | null {
  if (allowed === null || (hasToken && allowed[0] === true)) return null;
  return hasToken
    ? `The token of LICTOR_WRITE_TOKEN_FILE may not write Lictor's own keys: grant it ${RULES}.`
    : `Consul has ACLs on and LICTOR_WRITE_TOKEN_FILE is not set, so Lictor writes nothing: give it a token with ${RULES}.`;
}

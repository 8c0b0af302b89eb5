import { serviceKey } from '@/lib/fleet/keys';
import type { CompiledChain } from '@/lib/release/mesh/compiled-chain';
import { chainEdges } from '@/lib/topology/chain-edges';
import type { SourceTold } from '@/lib/topology/edge-evidence';
import { backoffMs } from '@/server/consul/backoff';
import type { Timer } from '@/server/consul/clock';
import { ConsulError } from '@/server/consul/consul-error';
import type { Place } from './place';
import { type ChainReading, readChain } from './read-chain';

const NAME = 'chains';
const AT_ONCE = 4;
/** Several entries may be written for one purpose, ms. */
const SOON_MS = 300;
/** In the other datacenters of a federation an entry arrives later, ms. */
const AGAIN_MS = 3_000;
/** All of them, for what no change of an entry tells, ms. */
const ALL_EVERY_MS = 5 * 60_000;

/**
 * What Consul compiled of the entries of each service that has any, in one datacenter. It is read again when an entry changes that has a part in it, a few at a
 * time, and never waited for.
 */
export class ChainSource {
  readonly #place: Place;
  readonly #end = new AbortController();
  readonly #timers = new Set<Timer>();
  readonly #due = new Set<string>();
  #services: ReadonlySet<string> = new Set();
  /** Services that a chain names; null: it cannot be compiled, so any entry may mend it. */
  readonly #named = new Map<string, ReadonlySet<string> | null>();
  readonly #refused = new Set<string>();
  #running = 0;
  #failures = 0;
  #lacking: string | null = null;

  constructor(place: Place) {
    this.#place = place;
    place.states.starts(NAME, place.dc);
    this.#repeat();
  }

  /** Services that have entries. */
  services(names: ReadonlySet<string>): void {
    const added = [...names].filter((name) => !this.#services.has(name));
    for (const name of this.#services) if (!names.has(name)) this.#forget(name);
    this.#services = names;
    if (added.length > 0) this.#later(SOON_MS, added);
    else this.#settle();
  }

  /** An entry of a service came, changed or went; null: one that has a part in every chain. */
  touch(service: string | null): void {
    const touched = [...this.#services].filter((name) => {
      const named = this.#named.get(name);
      return service === null || name === service || named === null || named?.has(service);
    });
    if (touched.length === 0) return;
    this.#later(SOON_MS, touched);
    this.#later(AGAIN_MS, touched);
  }

  stop(): void {
    this.#end.abort();
    for (const timer of this.#timers) this.#place.clock.clearTimeout(timer);
    this.#timers.clear();
    for (const name of this.#services) this.#place.told.untell(this.#idOf(name));
  }

  #repeat(): void {
    this.#after(ALL_EVERY_MS, () => {
      for (const name of this.#services) this.#due.add(name);
      this.#pump();
      this.#settle();
      this.#repeat();
    });
  }

  #later(delayMs: number, names: readonly string[]): void {
    this.#after(delayMs, () => {
      for (const name of names) if (this.#services.has(name)) this.#due.add(name);
      this.#pump();
    });
  }

  #after(delayMs: number, act: () => void): void {
    const { clock } = this.#place;
    const timer = clock.setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, delayMs);
    this.#timers.add(timer);
  }

  #pump(): void {
    for (const name of this.#due) {
      if (this.#running >= AT_ONCE) return;
      this.#due.delete(name);
      this.#running += 1;
      void this.#read(name);
    }
  }

  async #read(name: string): Promise<void> {
    const { transport, dc, states, random } = this.#place;
    const { signal } = this.#end;
    try {
      const reading = await readChain(transport, dc, name, signal);
      if (signal.aborted) return;
      this.#failures = 0;
      this.#refused.delete(name);
      if (this.#services.has(name)) this.#take(name, reading);
    } catch (error) {
      if (!(error instanceof ConsulError)) throw error;
      if (signal.aborted) return;
      if (error.denied) this.#refused.add(name);
      else {
        this.#failures += 1;
        states.fails(NAME, dc, error.sentence);
        this.#later(Math.max(SOON_MS, backoffMs(this.#failures, random())), [name]);
      }
    }
    this.#running -= 1;
    this.#pump();
    this.#settle();
  }

  #take(name: string, reading: ChainReading | null): void {
    this.#lacking = reading && 'lacking' in reading ? reading.lacking : null;
    if (reading === null || 'lacking' in reading) {
      this.#forget(name);
      return;
    }
    const { dc, clock, told } = this.#place;
    this.#named.set(name, 'chain' in reading ? servicesIn(reading.chain) : null);
    told.tell({ id: this.#idOf(name), ...saidBy(dc, name, reading, clock.now()) }, clock.now());
  }

  #settle(): void {
    if (this.#running > 0 || this.#due.size > 0 || this.#failures > 0) return;
    const { states, dc } = this.#place;
    const refused = [...this.#refused].filter((name) => this.#services.has(name)).length;
    if (this.#lacking !== null) states.lacks(NAME, dc, this.#lacking);
    else states.reads(NAME, dc, refused === 0 ? null : refusal(refused, dc));
  }

  #forget(name: string): void {
    this.#named.delete(name);
    this.#place.told.untell(this.#idOf(name));
  }

  #idOf(name: string): string {
    return `chain ${serviceKey(this.#place.dc, name)}`;
  }
}

const refusal = (chains: number, dc: string): string =>
  `The token may not read ${chains} of the discovery chains in ${dc}: give it service_prefix "" { policy = "read" }.`;

const servicesIn = ({ Targets, Nodes }: CompiledChain): ReadonlySet<string> => {
  const ofNodes = Object.values(Nodes).map(({ Name }) => Name.split('.')[0] ?? Name);
  return new Set([...Object.values(Targets).map(({ Service }) => Service), ...ofNodes]);
};

function saidBy(
  dc: string,
  service: string,
  reading: Exclude<ChainReading, { lacking: string }>,
  nowMs: number,
): Omit<SourceTold, 'id'> {
  if ('chain' in reading) return chainEdges(dc, service, reading.chain, nowMs);
  const problem = `Consul cannot compile the discovery chain of ${service} in ${dc}, so no proxy there knows where to send its requests: ${reading.problem}`;
  return { edges: [], nodes: [{ key: serviceKey(dc, service), problem }] };
}

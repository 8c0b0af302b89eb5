import { setTimeout as wait } from 'node:timers/promises';
import { preciseNow } from '@/bench/measure/now';
import { putInstance } from '@/e2e/harness/catalog';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { serviceKey } from '@/lib/fleet/keys';

const FLIP_EVERY_MS = 500;
const NODE = 'edge';

/** A service of two instances, one of which goes down and up until it is told to rest. */
export class CrossingService {
  readonly alert: string;
  /** When each recovery was about to be written, ms since 1970 with fractions. */
  readonly #recoveriesMs: number[] = [];
  #rests = false;

  constructor(
    private readonly consul: ConsulHttp,
    private readonly name: string,
    dc: string,
  ) {
    this.alert = `Flapping:${serviceKey(dc, name)}`;
  }

  async register(): Promise<void> {
    for (const id of ['first', 'second']) {
      await putInstance(this.consul, { node: NODE, service: this.name, id: `${this.name}-${id}` });
    }
  }

  /** Resolves once it passes for good. */
  async flap(): Promise<void> {
    while (!this.#rests) {
      await this.#flip('critical');
      await this.#flip('passing');
    }
  }

  rest(): void {
    this.#rests = true;
  }

  /** The write of the recovery that Lictor saw at a moment: it lies before it, and no other between them. */
  writtenBefore(seenMs: number): number {
    const atMs = this.#recoveriesMs.findLast((one) => one <= seenMs);
    if (atMs === undefined) throw new Error(`${this.name} had not recovered yet when it was seen to flap.`);
    return atMs;
  }

  async #flip(status: 'critical' | 'passing'): Promise<void> {
    const atMs = preciseNow();
    if (status === 'passing') this.#recoveriesMs.push(atMs);
    await putInstance(this.consul, { node: NODE, service: this.name, id: `${this.name}-first`, status });
    await wait(Math.max(0, FLIP_EVERY_MS - (preciseNow() - atMs)));
  }
}

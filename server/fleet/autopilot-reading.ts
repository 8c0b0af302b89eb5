import type { Reading } from '@/lib/system/consul-health';
import type { Clock } from '@/server/consul/clock';
import { type Autopilot, decodeAutopilotHealth, decodeAutopilotState } from '@/server/consul/decode/autopilot';
import type { ConsulTransport } from '@/server/consul/transport';
import { ConsulReading } from './consul-reading';

/** What autopilot says, by the endpoint that this Consul has: `state` from 1.9 on, `health` in all. */
export class AutopilotReading {
  readonly #state: ConsulReading<Autopilot>;
  readonly #health: ConsulReading<Autopilot>;
  #used: ConsulReading<Autopilot>;

  constructor(clock: Clock, query: Readonly<Record<string, string>>, rule: string) {
    this.#state = new ConsulReading(clock, {
      ...{ path: '/v1/operator/autopilot/state', query, rule },
      decode: decodeAutopilotState,
    });
    this.#health = new ConsulReading(clock, {
      ...{ path: '/v1/operator/autopilot/health', query, rule },
      // 429: not all is healthy; the body says what.
      acceptStatuses: [200, 429],
      decode: decodeAutopilotHealth,
    });
    this.#used = this.#state;
  }

  get current(): Autopilot | null {
    return this.#used.current;
  }

  get reading(): Reading {
    return this.#used.reading;
  }

  async ask(transport: ConsulTransport, signal: AbortSignal): Promise<void> {
    const failure = await this.#used.ask(transport, signal);
    // An agent that has the endpoint may pass it on to servers that do not know it.
    const unknown = failure?.status === 404 || failure?.message.includes("can't find method");
    if (this.#used !== this.#state || !unknown) return;
    this.#used = this.#health;
    await this.#used.ask(transport, signal);
  }

  skipped(problem: string): void {
    this.#used.skipped(problem);
  }

  forgetRefusal(): void {
    this.#state.forgetRefusal();
    this.#health.forgetRefusal();
  }
}

import type { ServerResponse } from 'node:http';
import type { FleetBody, ServiceRecord, Status } from '@/lib/fleet/model';
import type { ChangeEvent, HeartbeatEvent } from '@/lib/stream/protocol';

const FLIPS: readonly Status[] = ['critical', 'warning', 'passing'];
const HEARTBEAT_EVERY_MS = 1_000;
/** So many changes come together, so often: several to each frame that is painted. */
const BURST = { changes: 10, everyMs: 50 } as const;

/** In Lictor's place, the stream of a fleet whose services do nothing but flip. */
export class ChurningStream {
  readonly #services: readonly ServiceRecord[];
  readonly #epoch: number;
  #seq: number;
  #response: ServerResponse | null = null;
  #heartbeat: NodeJS.Timeout | null = null;

  /** `fleet` is what the page begins with. */
  constructor(private readonly fleet: FleetBody) {
    this.#services = fleet.datacenters.flatMap(({ services }) => services);
    this.#epoch = fleet.epoch;
    // Ahead of all that the page may hold of the real one.
    this.#seq = fleet.seq + 1_000_000;
  }

  readonly answer = (_: readonly string[], response: ServerResponse): void => {
    this.#response = response;
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' });
    this.#send('snapshot', { topic: 'fleet', seq: this.#seq, at: now(), data: { ...this.fleet, seq: this.#seq } });
    this.#beat();
    this.#heartbeat ??= setInterval(() => this.#beat(), HEARTBEAT_EVERY_MS);
  };

  /** Sends `count` flips, one service after the other, and last one of `last` to `status`. */
  async churn(count: number, last: string, status: Status): Promise<void> {
    for (let sent = 0; sent < count; sent += BURST.changes) {
      for (let n = sent; n < sent + BURST.changes; n += 1) this.#flip(this.#services[n % this.#services.length], n);
      await new Promise((resolve) => setTimeout(resolve, BURST.everyMs));
    }
    const record = this.#services.find(({ key }) => key === last);
    if (record) this.#change({ ...record, status });
  }

  end(): void {
    if (this.#heartbeat) clearInterval(this.#heartbeat);
    this.#response?.end();
  }

  #flip(record: ServiceRecord | undefined, round: number): void {
    const status = FLIPS[Math.floor(round / this.#services.length) % FLIPS.length];
    if (record && status) this.#change({ ...record, status });
  }

  #change(value: ServiceRecord): void {
    this.#seq += 1;
    const changes = [{ key: value.key, op: 'put' as const, value, from: 'passing' as const, merged: false }];
    const stamp = { topic: 'fleet' as const, seq: this.#seq, at: now(), observedAt: now(), index: this.#seq };
    this.#send('change', { ...stamp, changes } satisfies ChangeEvent);
  }

  #beat(): void {
    const freshness = this.fleet.datacenters.map(({ name }) => ({
      dc: name,
      state: 'live' as const,
      lastContactMs: 0,
    }));
    this.#send('heartbeat', {
      at: now(),
      seq: this.#seq,
      freshness,
      consul: this.fleet.consul,
    } satisfies HeartbeatEvent);
  }

  #send(name: string, data: object): void {
    this.#response?.write(`id: ${this.#epoch}:${this.#seq}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }
}

const now = (): string => new Date().toISOString();

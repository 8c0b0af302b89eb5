import { z } from 'zod';
import { nodeKey } from '@/lib/fleet/keys';
import type { Subject } from '@/lib/history/transition';
import { read } from '@/server/consul/read';
import type { ConsulTransport } from '@/server/consul/transport';

/** How a check is executed, ms; null: Consul does not say. */
export interface CheckDefinition {
  readonly intervalMs: number | null;
  readonly timeoutMs: number | null;
}

/** Of a node, what is asked once is believed so long, ms. */
const BELIEVED_FOR_MS = 600_000;
const MOST_NODES = 1_000;
const LIMIT_MS = 5_000;

/** `10s`, as Consul writes it; older versions have nothing of it, and what is not known is not guessed. */
const duration = z.string().nullish().catch(null);
const checksSchema = z.array(
  z.object({
    CheckID: z.string(),
    ServiceID: z.string().nullish(),
    Interval: duration,
    Timeout: duration,
    Definition: z.object({ Interval: duration, Timeout: duration }).nullish().catch(null),
  }),
);

export interface CheckDefinitionsOptions {
  /** Null: it is not known how to reach this datacenter. */
  transportOf(dc: string): ConsulTransport | null;
  nowMs(): number;
  /** What is known of this datacenter's checks grew. */
  onKnown(dc: string, node: string): void;
}

/** The timing of checks, asked of Consul when something flaps, a node at a time: the watches do not carry it, for nothing else needs it. */
export class CheckDefinitions {
  readonly #nodes = new Map<string, { readonly askedAtMs: number; checks: ReadonlyMap<string, CheckDefinition> }>();
  readonly #end = new AbortController();

  constructor(private readonly options: CheckDefinitionsOptions) {}

  /** Null: nothing is known (yet). It is asked for. */
  of({ dc, node, key, kind }: Subject, check: string): CheckDefinition | null {
    if (node === null) return null;
    const on = nodeKey(dc, node);
    const known = this.#nodes.get(on);
    if (!known || this.options.nowMs() - known.askedAtMs > BELIEVED_FOR_MS) void this.#ask(dc, node);
    const id = kind === 'instance' ? decodeURIComponent(key.split('/')[2] ?? '') : '';
    return known?.checks.get(nameOf(id, check)) ?? null;
  }

  stop(): void {
    this.#end.abort();
  }

  async #ask(dc: string, node: string): Promise<void> {
    const transport = this.options.transportOf(dc);
    const on = nodeKey(dc, node);
    const before = this.#nodes.get(on)?.checks ?? new Map();
    this.#nodes.delete(on);
    this.#nodes.set(on, { askedAtMs: this.options.nowMs(), checks: before });
    if (this.#nodes.size > MOST_NODES) this.#nodes.delete(this.#nodes.keys().next().value ?? '');
    // Consul answers such a name with a redirect to another path.
    if (!transport || this.#end.signal.aborted || /^\.{0,2}$/.test(node)) return;
    try {
      const { value: checks } = await read(transport, {
        path: `/v1/health/node/${encodeURIComponent(node)}`,
        query: { dc, stale: '' },
        timeoutMs: LIMIT_MS,
        signal: this.#end.signal,
        decode: ({ body }) => definitionsIn(JSON.parse(body.toString('utf8'))),
      });
      const known = this.#nodes.get(on);
      if (!known || checks.size === 0) return;
      known.checks = checks;
      this.options.onKnown(dc, node);
    } catch {
      // The cause is not told then. That Consul does not answer is told by the datacenter's freshness.
    }
  }
}

function definitionsIn(body: unknown): Map<string, CheckDefinition> {
  const found = new Map<string, CheckDefinition>();
  for (const { CheckID, ServiceID, Interval, Timeout, Definition } of checksSchema.parse(body)) {
    const intervalMs = durationMs(Interval || Definition?.Interval);
    const timeoutMs = durationMs(Timeout || Definition?.Timeout);
    if (intervalMs !== null || timeoutMs !== null)
      found.set(nameOf(ServiceID ?? '', CheckID), { intervalMs, timeoutMs });
  }
  return found;
}

const UNIT_MS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 0.001,
  µs: 0.001,
  ns: 0.000_001,
};

/** Of a duration as Go writes it, `1m30s`; null: it is none, or 0. */
export function durationMs(text: string | null | undefined): number | null {
  if (!text || !/^(\d+(\.\d+)?(h|ms|m|s|us|µs|ns))+$/.test(text)) return null;
  let sum = 0;
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g)) {
    sum += Number(number) * (UNIT_MS[unit ?? ''] ?? 0);
  }
  return sum > 0 ? sum : null;
}

const nameOf = (serviceId: string, check: string): string => JSON.stringify([serviceId, check]);

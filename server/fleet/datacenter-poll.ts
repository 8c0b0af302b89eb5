import type { Clock, Timer } from '@/server/consul/clock';
import type { ConsulError } from '@/server/consul/consul-error';
import { decodeDatacenters } from '@/server/consul/decode/datacenters';
import { read } from '@/server/consul/read';
import type { ConsulTransport } from '@/server/consul/transport';

/** `/v1/catalog/datacenters` does not block, so it is asked again this long after each answer, ms. */
const PAUSE_MS = 1_000;
const LIMIT_MS = 4_500;

export interface DatacenterPollHandlers {
  named(names: readonly string[], atMs: number): void;
  failed(error: ConsulError, atMs: number): void;
}

/** Asks for the names of all datacenters until it is stopped. */
export function pollDatacenters(
  transport: ConsulTransport,
  clock: Clock,
  handlers: DatacenterPollHandlers,
): { stop(): void } {
  const end = new AbortController();
  let timer: Timer | undefined;

  async function ask(): Promise<void> {
    const request = {
      path: '/v1/catalog/datacenters',
      timeoutMs: LIMIT_MS,
      signal: end.signal,
      decode: decodeDatacenters,
    };
    try {
      const { value, answer } = await read(transport, request);
      handlers.named(value, answer.receivedAtMs);
    } catch (error) {
      if (end.signal.aborted) return;
      handlers.failed(error as ConsulError, clock.now());
    }
    if (!end.signal.aborted) timer = clock.setTimeout(() => void ask(), PAUSE_MS);
  }

  void ask();
  return {
    stop() {
      end.abort();
      if (timer) clock.clearTimeout(timer);
    },
  };
}

import { agentPlace } from '@/server/consul/agent-place';
import { backoffMs } from '@/server/consul/backoff';
import type { Clock } from '@/server/consul/clock';
import { ConsulError } from '@/server/consul/consul-error';
import { Pause } from '@/server/consul/pause';
import type { ConsulTransport } from '@/server/consul/transport';
import type { Federations } from './federations';

export interface PlaceQuestion {
  readonly transport: ConsulTransport;
  readonly federations: Federations;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Asks an address's agent until it has said where it stands, or that the token may not read it. @returns what ends it */
export function askPlace({ transport, federations, clock, random }: PlaceQuestion): () => void {
  const end = new AbortController();
  const pause = new Pause(clock);
  async function ask(): Promise<void> {
    for (let failures = 1; !end.signal.aborted; failures += 1) {
      try {
        const place = await agentPlace(transport, end.signal);
        if (place) federations.stands(place);
        return;
      } catch (error) {
        if (!(error instanceof ConsulError)) throw error;
        // The list of datacenters is asked there as well, and says that it does not answer.
        if (!end.signal.aborted) await pause.sleep(backoffMs(failures, random()));
      }
    }
  }
  void ask();
  return () => {
    end.abort();
    pause.end();
  };
}

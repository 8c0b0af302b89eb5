import type { Mechanism } from '@/lib/release/mechanism';
import { ConsulError } from '@/server/consul/consul-error';
import type { Actuator, SplitSubject, Standing } from '@/server/release/actuator';

/** What each mechanism found for a service at one moment. */
export interface SplitReading {
  readonly standings: readonly Standing[];
  /** Mechanisms that could not be read: what their standing says is nothing, or what was read before. */
  readonly unreadable: ReadonlySet<Mechanism>;
}

/** Reads a service's traffic in each of these mechanisms at once. A mechanism that cannot be read costs itself alone. */
export async function readSplit(
  actuators: readonly Actuator[],
  subject: SplitSubject,
  signal: AbortSignal,
): Promise<SplitReading> {
  const unreadable = new Set<Mechanism>();
  const standings = await Promise.all(
    actuators.map(async (actuator) => {
      try {
        return await actuator.read(subject, signal);
      } catch (error) {
        if (!(error instanceof ConsulError)) throw error;
        unreadable.add(actuator.mechanism);
        return nothingRead(actuator.mechanism, error);
      }
    }),
  );
  return { standings, unreadable };
}

export function standingOf(reading: SplitReading | null, mechanism: Mechanism | null): Standing | undefined {
  return reading?.standings.find((standing) => standing.mechanism === mechanism);
}

function nothingRead(mechanism: Mechanism, { message }: ConsulError): Standing {
  const nothing = { declared: null, source: null, index: null, routes: [], failover: [], images: {} };
  return { mechanism, can: false, reason: message, ...nothing };
}

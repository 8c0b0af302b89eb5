import { namedSubsets } from '@/lib/release/mesh/named-subsets';
import type { Clock } from '@/server/consul/clock';
import { ConsulError } from '@/server/consul/consul-error';
import { Pause } from '@/server/consul/pause';
import { readConfigEntry } from '@/server/release/mesh/config-entry-source';
import type { ReleaseConsul } from '@/server/release/release-consul';

/** Copies follow within a second or two. */
const PATIENCE_MS = 5_000;
const EVERY_MS = 100;

export interface Copies {
  readonly consul: Pick<ReleaseConsul, 'transportOf' | 'copiesOf'>;
  readonly clock: Clock;
}

export interface SubsetsToLose {
  readonly primary: string;
  readonly service: string;
  readonly subsets: readonly string[];
}

/**
 * Resolves with true once no datacenter's copy of the service's splitter or router names these subsets any more; with false where one still does after 5 s, or
 * cannot be asked. A federation copies resolvers before routers and splitters. A resolver without a subset that the copy of a splitter still names is refused
 * there, and nothing that comes after it in the order is copied from then on, of no service (seen with 1.8.7): a subset may only go when all copies have let go.
 */
export async function copiesLetGo(
  { consul, clock }: Copies,
  losing: SubsetsToLose,
  signal: AbortSignal,
): Promise<boolean> {
  const others = consul.copiesOf(losing.primary).filter((dc) => dc !== losing.primary);
  const pause = new Pause(clock);
  const untilMs = clock.now() + PATIENCE_MS;
  try {
    for (const dc of others) {
      while (await stillNames(consul, dc, losing, signal)) {
        if (clock.now() >= untilMs) return false;
        await pause.sleep(EVERY_MS);
      }
    }
    return true;
  } catch (error) {
    if (error instanceof ConsulError && error.kind !== 'aborted') return false;
    throw error;
  }
}

async function stillNames(
  consul: Pick<ReleaseConsul, 'transportOf'>,
  dc: string,
  { service, subsets }: SubsetsToLose,
  signal: AbortSignal,
): Promise<boolean> {
  const transport = consul.transportOf(dc);
  const entries = await Promise.all(
    ['service-splitter', 'service-router'].map((kind) =>
      readConfigEntry(transport, { dc, kind, name: service }, signal),
    ),
  );
  return entries.some(({ image }) => subsets.some((subset) => namedSubsets(image, service).has(subset)));
}

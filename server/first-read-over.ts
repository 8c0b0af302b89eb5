import type { ConsulReach } from '@/lib/fleet/model';
import type { Readiness } from '@/lib/system/readiness';
import type { Clock } from './consul/clock';
import { Pause } from './consul/pause';

const LOOK_EVERY_MS = 20;
/** A Consul that has not answered by then is not about to be read. */
const ANSWERS_WITHIN_MS = 500;
/** A fleet that takes longer shows itself while it is read. */
const AT_MOST_MS = 15_000;
/** Whoever asks whether the first read is through hears it before what comes next takes its time. */
const TOLD_WITHIN_MS = 250;

export interface FirstRead {
  readonly clock: Clock;
  readiness(): Readiness;
  reach(): ConsulReach;
}

/** Resolves when the first read leaves time for what is less urgent: it is through, Consul does not answer, or it takes long. */
export async function firstReadOver({ clock, readiness, reach }: FirstRead): Promise<void> {
  const pause = new Pause(clock);
  const startedAtMs = clock.now();
  for (;;) {
    const forMs = clock.now() - startedAtMs;
    if (readiness().ready) return pause.sleep(TOLD_WITHIN_MS);
    if (forMs >= AT_MOST_MS || (forMs >= ANSWERS_WITHIN_MS && !reach().reachable)) return;
    await pause.sleep(LOOK_EVERY_MS);
  }
}

import { until } from '@/e2e/world/until';
import type { MeasuredLictor } from './measured-lictor';
import { corePercent } from './process-cost';

const DEADLINE_MS = 120_000;
const LOOK_EVERY_MS = 500;
/** In a row without anything that waits to be written. */
const QUIET_LOOKS = 4;

/** % of a core over `idleMs`, once what the first read found is recorded: a fleet of 50,000 instances that nobody knew is 50,000 lines, once. */
export async function restPercent(lictor: MeasuredLictor, idleMs: number): Promise<number> {
  let quiet = 0;
  await until(
    'the record to be written',
    async () => {
      const { history } = await lictor.system();
      quiet = history.queued === 0 ? quiet + 1 : 0;
      return quiet >= QUIET_LOOKS;
    },
    { deadlineMs: DEADLINE_MS, everyMs: LOOK_EVERY_MS },
  );
  return corePercent(lictor.pid, idleMs);
}

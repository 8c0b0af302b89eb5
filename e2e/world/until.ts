import { setTimeout as wait } from 'node:timers/promises';

const DEFAULT_DEADLINE_MS = 20_000;
const DEFAULT_EVERY_MS = 50;

/**
 * Asks again and again until the answer is neither null, undefined nor false, and returns it. A throw counts as "not yet"; after the deadline
 * the error names what was waited for and the last reason why it was not so.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  { deadlineMs = DEFAULT_DEADLINE_MS, everyMs = DEFAULT_EVERY_MS } = {},
): Promise<T> {
  const giveUpAt = performance.now() + deadlineMs;
  let lastReason = 'it was not so';
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== null && answer !== undefined && answer !== false) return answer;
      lastReason = 'it was not so';
    } catch (error) {
      lastReason = error instanceof Error ? error.message : String(error);
    }
    if (performance.now() > giveUpAt) throw new Error(`Waited ${deadlineMs} ms for ${what}; last: ${lastReason}.`);
    await wait(everyMs);
  }
}

import type { Step } from './labelled-history';

/**
 * What a check finds that is executed every `intervalMs`, first at `firstMs`: at each execution what was so at that moment. Only changes are told.
 *
 * @param steps in order; what happened before the first one is passing
 */
export function executed(steps: readonly Step[], intervalMs: number, firstMs: number): Step[] {
  const found: Step[] = [];
  let last: Step['status'] = 'passing';
  for (const [at, { atMs, status }] of steps.entries()) {
    const execution = firstMs + Math.max(0, Math.ceil((atMs - firstMs) / intervalMs)) * intervalMs;
    const next = steps[at + 1];
    // It was over before the check was executed again.
    if (next && next.atMs <= execution) continue;
    if (status !== last) found.push({ atMs: execution, status });
    last = status;
  }
  return found;
}

import type { Silence } from './alert-body';

/** A silence as it is kept. */
export type KeptSilence = Pick<Silence, 'id' | 'filter' | 'from' | 'to' | 'reason' | 'by' | 'createdAt'>;

/** What ended is listed for so long. */
const LISTED_MS = 86_400_000;

/** It holds from `from` on, and at `to` no more. */
export function silenceState({ from, to }: Pick<KeptSilence, 'from' | 'to'>, nowMs: number): Silence['state'] {
  if (nowMs >= Date.parse(to)) return 'expired';
  return nowMs >= Date.parse(from) ? 'active' : 'scheduled';
}

/** Whether it still belongs into the list: it is not over, or has been for less than a day. */
export const isListed = ({ to }: Pick<KeptSilence, 'to'>, nowMs: number): boolean => nowMs < Date.parse(to) + LISTED_MS;

/** When the next of them begins, ends or leaves the list, ms since 1970; null: never. */
export function nextSilenceChangeMs(
  silences: readonly Pick<KeptSilence, 'from' | 'to'>[],
  nowMs: number,
): number | null {
  let nextMs: number | null = null;
  for (const { from, to } of silences) {
    const endMs = Date.parse(to);
    for (const atMs of [Date.parse(from), endMs, endMs + LISTED_MS]) {
      if (atMs > nowMs && (nextMs === null || atMs < nextMs)) nextMs = atMs;
    }
  }
  return nextMs;
}

import { type Mechanism, mechanisms } from '@/lib/release/mechanism';
import type { Standing } from '@/server/release/actuator';
import type { BookEntry } from './book-entry';
import { type SplitReading, standingOf } from './split-reading';

/**
 * Takes over what an entry does not know newer, mechanism by mechanism: of two readings the one that was begun later, whichever ends first.
 * @param turn of the reading, in the order in which they were begun; from 1
 * @returns mechanisms that were taken over
 */
export function takeReading(
  entry: Pick<BookEntry, 'turns' | 'reading'>,
  turn: number,
  reading: SplitReading,
): readonly Mechanism[] {
  const newer = reading.standings.filter(({ mechanism }) => turn > (entry.turns.get(mechanism) ?? 0));
  const taken = newer.map(({ mechanism }) => mechanism);
  for (const mechanism of taken) entry.turns.set(mechanism, turn);
  const unreadable = new Set(taken.filter((mechanism) => reading.unreadable.has(mechanism)));
  entry.reading = keepKnown(entry.reading, { standings: newer, unreadable });
  return taken;
}

/** The newer reading, with what was known before of what it did not, or could not, read. */
function keepKnown(before: SplitReading | null, reading: SplitReading): SplitReading {
  if (before === null) return reading;
  const read = reading.standings.map((standing) => {
    const known = standingOf(before, standing.mechanism);
    if (!known || !reading.unreadable.has(standing.mechanism)) return standing;
    return { ...known, can: false, reason: standing.reason };
  });
  const kept = before.standings.filter(({ mechanism }) => !standingOf(reading, mechanism));
  const place = ({ mechanism }: Standing) => mechanisms.indexOf(mechanism);
  return {
    standings: [...read, ...kept].sort((a, b) => place(a) - place(b)),
    unreadable: new Set([...reading.unreadable, ...[...before.unreadable].filter((one) => !standingOf(reading, one))]),
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** How far a zone's clocks are ahead of UTC at a moment, in ms. `timeZone` is an IANA name, or UTC. */
export function zoneOffsetMs(atMs: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  const wholeMs = Math.floor(atMs / 1_000) * 1_000;
  const part: Record<string, number> = {};
  for (const { type, value } of formatIn(timeZone).formatToParts(wholeMs)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - wholeMs;
}

/**
 * The moment at which a zone's clocks show `localMs` (that time written as if it were UTC). A time that the clocks skip gives the moment of the
 * skip's other side; of a time that they show twice, the first.
 */
export function momentOfLocal(localMs: number, timeZone: string): number {
  const beforeMs = zoneOffsetMs(localMs - 86_400_000, timeZone);
  const afterMs = zoneOffsetMs(localMs + 86_400_000, timeZone);
  for (const offsetMs of [Math.max(beforeMs, afterMs), Math.min(beforeMs, afterMs)]) {
    if (zoneOffsetMs(localMs - offsetMs, timeZone) === offsetMs) return localMs - offsetMs;
  }
  return localMs - beforeMs;
}

import type { Language } from './language';

const locales: Record<Language, string> = { en: 'en-GB', zh: 'zh-CN' };
const formats = new Map<string, Intl.DateTimeFormat>();

/** Making an Intl format costs more than a hundred uses of it. */
function format(language: Language, timeZone: string, name: string, options: Intl.DateTimeFormatOptions) {
  const key = `${language} ${timeZone} ${name}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locales[language], { timeZone, hourCycle: 'h23', ...options });
    formats.set(key, made);
  }
  return made;
}

const hourMinute = { hour: '2-digit', minute: '2-digit' } as const;
const hourMinuteSecond = { ...hourMinute, second: '2-digit' } as const;
const day = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;

export interface ClockTextOptions {
  readonly language: Language;
  /** An IANA name, or UTC. */
  readonly timeZone: string;
}

/** The time of day in the given zone, with seconds: `03:12:08`. */
export function timeOfDay(atMs: number, { language, timeZone }: ClockTextOptions): string {
  return format(language, timeZone, 'time', hourMinuteSecond).format(atMs);
}

/** A moment as short as it can be said at `nowMs`: the time of day today, with its date on another day. */
export function momentText(
  atMs: number,
  nowMs: number,
  { language, timeZone }: ClockTextOptions,
  seconds = true,
): string {
  const dates = format(language, timeZone, 'day', day);
  if (dates.format(atMs) === dates.format(nowMs)) {
    return seconds
      ? timeOfDay(atMs, { language, timeZone })
      : format(language, timeZone, 'short', hourMinute).format(atMs);
  }
  return format(language, timeZone, 'date', { month: 'short', day: 'numeric', ...hourMinute }).format(atMs);
}

/** Shorter spans are told by the second. */
const BY_SECONDS_MS = 600_000;

/**
 * A span as short as it can be said at `nowMs`: times of day where it lies within today, its date before it where it lies within another day, and
 * else a date with each end.
 */
export function spanText(fromMs: number, toMs: number, nowMs: number, options: ClockTextOptions): string {
  const { language, timeZone } = options;
  const dates = format(language, timeZone, 'day', day);
  const seconds = toMs - fromMs < BY_SECONDS_MS;
  const times = seconds
    ? format(language, timeZone, 'time', hourMinuteSecond)
    : format(language, timeZone, 'short', hourMinute);
  const isOneDay = dates.format(fromMs) === dates.format(toMs);
  if (isOneDay && dates.format(toMs) === dates.format(nowMs)) return `${times.format(fromMs)} – ${times.format(toMs)}`;
  const shape = { month: 'short', day: 'numeric', ...(seconds ? hourMinuteSecond : hourMinute) } as const;
  const whole = format(language, timeZone, seconds ? 'dateSeconds' : 'date', shape);
  return `${whole.format(fromMs)} – ${isOneDay ? times.format(toMs) : whole.format(toMs)}`;
}

/** The whole truth about a moment, for whoever points at it: date and time to the second in UTC. */
export function utcText(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The zone's short name at that moment (it changes with daylight saving): `CET`, `GMT+8`. */
export function zoneName(atMs: number, { language, timeZone }: ClockTextOptions): string {
  if (timeZone === 'UTC') return 'UTC';
  const parts = format(language, timeZone, 'zone', { timeZoneName: 'short' }).formatToParts(atMs);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
}

import type { TimeTick } from '@/lib/timeline/time-ticks';
import type { ClockTextOptions } from './clock-text';
import type { Language } from './language';

const locales: Record<Language, string> = { en: 'en-GB', zh: 'zh-CN' };
const formats = new Map<string, Intl.DateTimeFormat>();

const shapes: Readonly<Record<TimeTick['unit'], Intl.DateTimeFormatOptions>> = {
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  minute: { hour: '2-digit', minute: '2-digit' },
  day: { weekday: 'short', day: 'numeric' },
  month: { month: 'short' },
  year: { year: 'numeric' },
};

/** A tick of a time axis by as much as it begins: `14:00`, `Mon 24`, `Nov`, `2026`. */
export function tickText({ atMs, unit }: TimeTick, { language, timeZone }: ClockTextOptions): string {
  const key = `${language} ${timeZone} ${unit}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locales[language], { timeZone, hourCycle: 'h23', ...shapes[unit] });
    formats.set(key, format);
  }
  return format.format(atMs);
}

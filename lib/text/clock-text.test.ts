import { describe, expect, it } from 'vitest';
import { momentText, spanText, timeOfDay, utcText, zoneName } from './clock-text';

const atMs = Date.parse('2026-01-15T02:12:08.900Z');
const berlin = { language: 'en', timeZone: 'Europe/Berlin' } as const;
const shanghai = { language: 'zh', timeZone: 'Asia/Shanghai' } as const;

describe('a moment in words', () => {
  it("is told in the reader's zone", () => {
    expect(timeOfDay(atMs, berlin)).toBe('03:12:08');
    expect(timeOfDay(atMs, shanghai)).toBe('10:12:08');
    expect(momentText(atMs, atMs + 60_000, berlin, false)).toBe('03:12');
  });

  it('begins a day at midnight with 00, not 24', () => {
    expect(timeOfDay(Date.parse('2026-01-14T23:00:00Z'), berlin)).toBe('00:00:00');
  });

  it("carries its date on another day of the reader's zone", () => {
    // 22 hours later it is 01:12 of the 16th in Berlin, though still the 16th 00:12 in UTC.
    expect(momentText(atMs, atMs + 22 * 3_600_000, berlin)).toBe('15 Jan, 03:12');
    expect(momentText(atMs, atMs + 22 * 3_600_000, shanghai)).toBe('1月15日 10:12');
  });

  it('can always be had in UTC', () => {
    expect(utcText(atMs)).toBe('2026-01-15 02:12:08 UTC');
  });

  it('names the zone, daylight saving included', () => {
    expect(zoneName(atMs, berlin)).toBe('CET');
    expect(zoneName(Date.parse('2026-07-15T00:00:00Z'), berlin)).toBe('CEST');
    expect(zoneName(atMs, shanghai)).toBe('GMT+8');
    expect(zoneName(atMs, { language: 'en', timeZone: 'UTC' })).toBe('UTC');
  });

  it('tells a span with its date once, where one day holds it', () => {
    const hourMs = 3_600_000;
    expect(spanText(atMs, atMs + hourMs, atMs, berlin)).toBe('03:12 – 04:12');
    expect(spanText(atMs, atMs + 8_000, atMs, berlin)).toBe('03:12:08 – 03:12:16');
    expect(spanText(atMs, atMs + hourMs, atMs + 48 * hourMs, berlin)).toBe('15 Jan, 03:12 – 04:12');
    expect(spanText(atMs - 24 * hourMs, atMs, atMs, berlin)).toBe('14 Jan, 03:12 – 15 Jan, 03:12');
  });
});

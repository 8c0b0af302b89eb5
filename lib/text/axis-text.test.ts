import { expect, it } from 'vitest';
import { tickText } from './axis-text';

it('names a tick by what begins there, in the zone', () => {
  const options = { language: 'en', timeZone: 'Europe/Berlin' } as const;
  const atMs = Date.parse('2026-11-23T23:00:00Z');
  expect(tickText({ atMs, unit: 'minute' }, options)).toBe('00:00');
  expect(tickText({ atMs, unit: 'day' }, options)).toBe('Tue 24');
  expect(tickText({ atMs, unit: 'month' }, options)).toBe('Nov');
  expect(tickText({ atMs, unit: 'month' }, { ...options, language: 'zh' })).toBe('11月');
});

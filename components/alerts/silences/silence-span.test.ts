import { describe, expect, it } from 'vitest';
import { endOfSpan, localMinute } from './silence-span';

const NOW = Date.parse('2026-07-10T12:00:00Z');

describe('the end of a silence', () => {
  it('is a while from the moment it is asked for', () => {
    expect(endOfSpan({ choice: '2h', local: '' }, NOW, 'Europe/Berlin')).toBe(Date.parse('2026-07-10T14:00:00Z'));
  });

  it('is the moment typed, by the clocks of the reader’s zone', () => {
    const span = { choice: 'until', local: '2026-07-10T16:30' } as const;
    expect(endOfSpan(span, NOW, 'Europe/Berlin')).toBe(Date.parse('2026-07-10T14:30:00Z'));
    expect(endOfSpan(span, NOW, 'UTC')).toBe(Date.parse('2026-07-10T16:30:00Z'));
  });

  it('is none while nothing whole is typed', () => {
    expect(endOfSpan({ choice: 'until', local: '' }, NOW, 'UTC')).toBeNaN();
  });

  it('is written into the input as it is read out of it', () => {
    expect(localMinute(NOW, 'Europe/Berlin')).toBe('2026-07-10T14:00');
    expect(endOfSpan({ choice: 'until', local: localMinute(NOW, 'Asia/Kolkata') }, 0, 'Asia/Kolkata')).toBe(NOW);
  });
});

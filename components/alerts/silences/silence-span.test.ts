import { describe, expect, it } from 'vitest';
import { beginOfSpan, endOfSpan, localMinute, type SilenceSpan } from './silence-span';

const NOW = Date.parse('2026-07-10T12:00:00Z');

const span = (parts: Partial<SilenceSpan>): SilenceSpan => ({ choice: '2h', local: '', beginsLocal: null, ...parts });

describe('the end of a silence', () => {
  it('is a while from the moment it is asked for', () => {
    expect(endOfSpan(span({}), NOW, 'Europe/Berlin')).toBe(Date.parse('2026-07-10T14:00:00Z'));
  });

  it('is the moment typed, by the clocks of the reader’s zone', () => {
    const until = span({ choice: 'until', local: '2026-07-10T16:30' });
    expect(endOfSpan(until, NOW, 'Europe/Berlin')).toBe(Date.parse('2026-07-10T14:30:00Z'));
    expect(endOfSpan(until, NOW, 'UTC')).toBe(Date.parse('2026-07-10T16:30:00Z'));
  });

  it('is none while nothing whole is typed', () => {
    expect(endOfSpan(span({ choice: 'until' }), NOW, 'UTC')).toBeNaN();
  });

  it('is written into the input as it is read out of it', () => {
    expect(localMinute(NOW, 'Europe/Berlin')).toBe('2026-07-10T14:00');
    const until = span({ choice: 'until', local: localMinute(NOW, 'Asia/Kolkata') });
    expect(endOfSpan(until, 0, 'Asia/Kolkata')).toBe(NOW);
  });
});

describe('the beginning of a silence', () => {
  it('is when it is asked for, unless a moment is typed, from which its while counts then', () => {
    expect(beginOfSpan(span({}), NOW, 'Europe/Berlin')).toBe(NOW);
    const later = span({ choice: '30m', beginsLocal: '2026-07-11T02:00' });
    expect(beginOfSpan(later, NOW, 'Europe/Berlin')).toBe(Date.parse('2026-07-11T00:00:00Z'));
    expect(endOfSpan(later, NOW, 'Europe/Berlin')).toBe(Date.parse('2026-07-11T00:30:00Z'));
  });

  it('is none while nothing whole is typed, and neither is an end that counts from it', () => {
    expect(beginOfSpan(span({ beginsLocal: '' }), NOW, 'UTC')).toBeNaN();
    expect(endOfSpan(span({ beginsLocal: '' }), NOW, 'UTC')).toBeNaN();
  });
});

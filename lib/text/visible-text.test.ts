import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleLine, visibleText } from './visible-text';

describe('the text of others', () => {
  it('shows terminal codes instead of obeying them', () => {
    expect(visibleText('\u001b[31mfailed\u001b[0m\u0007')).toBe('␛[31mfailed␛[0m␇');
  });

  it('names what turns the direction of writing, or has no width', () => {
    expect(visibleText('pay\u202egnp\u200b')).toBe('pay⟨U+202E⟩gnp⟨U+200B⟩');
    expect(visibleText('\u{e0041}')).toBe('⟨U+E0041⟩');
    expect(visibleText('\ud800')).toBe('⟨U+D800⟩');
  });

  it('keeps its lines and tabs, and ends lines in one way', () => {
    expect(visibleText('one\r\ntwo\n\tthree')).toBe('one\ntwo\n\tthree');
    expect(visibleText('10 %\rdone')).toBe('10 %␍done');
  });

  it('leaves tags, Chinese and emoji as they are', () => {
    expect(visibleText('<script>alert(1)</script> 支付 🚚')).toBe('<script>alert(1)</script> 支付 🚚');
  });

  it('has one line as a name', () => {
    expect(visibleLine('a\nb\tc')).toBe('a␊b␉c');
  });

  it('keeps no control character, and is stable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = visibleLine(text);
        expect(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u.test(shown)).toBe(false);
        expect(visibleLine(shown)).toBe(shown);
      }),
    );
  });
});

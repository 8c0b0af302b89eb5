import { describe, expect, it } from 'vitest';
import { chooseLanguage } from './language';

describe('the language of a first visit', () => {
  it('is the one chosen before, whatever the browser asks for', () => {
    expect(chooseLanguage('zh', 'en-GB,en;q=0.9')).toBe('zh');
  });

  it('is the best that the browser asks for and Lictor speaks', () => {
    expect(chooseLanguage(undefined, 'de-DE,zh-CN;q=0.8,en;q=0.5')).toBe('zh');
    expect(chooseLanguage(undefined, 'en;q=0.3, zh-Hans-CN;q=0.7')).toBe('zh');
    expect(chooseLanguage(undefined, 'zh;q=0, en;q=0.1')).toBe('en');
  });

  it('is English when nothing else is known', () => {
    expect(chooseLanguage(undefined, null)).toBe('en');
    expect(chooseLanguage('klingon', 'fr, *;q=0.5')).toBe('en');
  });
});

/** The languages that Lictor speaks. Their codes are what the cookie keeps. */
export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

export const LANGUAGE_COOKIE = 'lictor-language';

/** The value of `<html lang>`, which also chooses the glyphs of Han characters. */
export const htmlLang: Record<Language, string> = { en: 'en', zh: 'zh-CN' };

/** Each language's name in itself, as a reader looks for it. */
export const languageNames: Record<Language, string> = { en: 'English', zh: '简体中文' };

function isLanguage(value: string | undefined): value is Language {
  return languages.some((language) => language === value);
}

/**
 * The language of a first visit: what was chosen before, else the first of `Accept-Language` (RFC 9110, quality included) that
 * Lictor speaks, else English.
 */
export function chooseLanguage(cookie: string | undefined, acceptLanguage: string | null): Language {
  if (isLanguage(cookie)) return cookie;
  const wishes = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
      return { primary: range.trim().split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter((wish) => wish.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { primary } of wishes) if (isLanguage(primary)) return primary;
  return 'en';
}

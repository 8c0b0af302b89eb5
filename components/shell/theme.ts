/** `system` follows the reader's system; the others are a choice, kept in a cookie, so that the server paints it at once. */
export const themes = ['system', 'dark', 'light'] as const;
export type Theme = (typeof themes)[number];

export const THEME_COOKIE = 'lictor-theme';

export const chooseTheme = (cookie: string | undefined): Theme => themes.find((theme) => theme === cookie) ?? 'system';

const MAX_AGE_S = 365 * 24 * 3600;

/**
 * Keeps a reader's choice in a cookie for a year. The whole host gets it (path `/`), for the choice is of no worth to others, and a base path
 * may change.
 */
export function keepChoice(cookie: string, value: string): void {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in Firefox before 140, and needs HTTPS.
  document.cookie = `${cookie}=${encodeURIComponent(value)}; Path=/; Max-Age=${MAX_AGE_S}; SameSite=Lax${secure}`;
}

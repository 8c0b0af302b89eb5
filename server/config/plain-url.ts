/** An http(s) URL in parts, of which one may be shown. */
export interface PlainUrl {
  /** Without user information, query, fragment, and slashes at its end. */
  readonly url: string;
  /** `user:password`; null: none; undefined: it is not percent-encoded right. */
  readonly basicAuth: string | null | undefined;
  readonly hasQuery: boolean;
}

/** Null: it is no http(s) URL, or has a fragment, which nobody is ever sent. */
export function plainUrl(text: string): PlainUrl | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.hash !== '') return null;
  return {
    url: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    basicAuth: basicAuthOf(url),
    hasQuery: url.search !== '',
  };
}

function basicAuthOf({ username, password }: URL): PlainUrl['basicAuth'] {
  if (username === '' && password === '') return null;
  try {
    return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  } catch {
    return undefined;
  }
}

/** What of Consul's configuration is kept. */
export type KeptSubject = 'config-entry' | 'intention' | 'kv';

/**
 * Keys in the record, as other keys each segment percent-encoded: `<dc>/<kind>/<name>`, `<dc>/<source>/<destination>`, `<dc>/<key>`. A lone surrogate, which
 * `encodeURIComponent` refuses, becomes U+FFFD.
 */
export function subjectKey(dc: string, ...segments: readonly string[]): string {
  return [dc, ...segments].map((segment) => encodeURIComponent(segment.toWellFormed())).join('/');
}

/** What of Consul's configuration is kept. */
export type KeptSubject = 'config-entry' | 'intention' | 'kv';

/** Keys in the record, each segment percent-encoded: `<dc>/<kind>/<name>`, `<dc>/<source>/<destination>`, `<dc>/<key>`. */
export function subjectKey(dc: string, ...segments: readonly string[]): string {
  return [dc, ...segments].map(encodeURIComponent).join('/');
}

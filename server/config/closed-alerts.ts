import { isLoopback, type ListenSettings } from './listen';

/** Why nobody may change what alerts do in this process, a sentence; null: it may be done. */
export function closedAlerts({ host }: Pick<ListenSettings, 'host'>, readOnly: boolean): string | null {
  if (readOnly) return 'LICTOR_READ_ONLY is set, so nobody may change what Lictor alerts of.';
  if (isLoopback(host)) return null;
  return `Lictor listens on ${host}, which others can reach, and nobody signs in (LICTOR_AUTH is none), so nobody may change what it alerts of: listen on 127.0.0.1 to do so.`;
}

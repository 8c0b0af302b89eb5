import type { AlertBody } from '@/lib/alerts/alert-body';
import type { TopicReader } from './topic-query';

/** What the server's problem document says where no alert has this id; another 404 is a wrong address. */
const UNKNOWN_ALERT = 'urn:lictor:problem:unknown-alert';

/** No alert has this id now, nor had it lately. */
export class UnknownAlertError extends Error {}

/**
 * Reads one alert with what happened to it: no topic carries that.
 * @throws UnknownAlertError where there is none
 */
export async function readAlert({ basePath, fetch }: TopicReader, id: string, signal: AbortSignal): Promise<AlertBody> {
  const path = `${basePath}/api/v1/alerts/${encodeURIComponent(id.toWellFormed())}`;
  const response = await fetch(path, { signal, headers: { accept: 'application/json' } }).catch((cause) => {
    throw new Error('Lictor cannot be reached, so nothing newer can be shown; it is tried again.', { cause });
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.status === 404 && isObject(body) && body.type === UNKNOWN_ALERT) {
    throw new UnknownAlertError('No alert has this id now, nor had it lately.');
  }
  if (!response.ok) {
    throw new Error(`Lictor answered ${response.status} to ${path}, so nothing newer can be shown; it is asked again.`);
  }
  if (!isAlertBody(body)) {
    throw new Error(
      `The answer to ${path} is not what Lictor's server sends: look for a proxy in between; it is asked again.`,
    );
  }
  return body;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The frame alone is looked at, as with topics. */
function isAlertBody(value: unknown): value is AlertBody {
  return (
    isObject(value) &&
    typeof value.at === 'string' &&
    typeof value.id === 'string' &&
    isObject(value.subject) &&
    isObject(value.evidence) &&
    Array.isArray(value.history)
  );
}

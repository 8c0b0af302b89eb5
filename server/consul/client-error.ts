import { ConsulError } from './consul-error';
import { networkError, timeoutError } from './network-error';
import { statusError } from './status-error';

/** What the `consul` package's errors may hold beside a message. */
interface PackageError {
  readonly message?: string;
  readonly code?: string;
  readonly syscall?: string;
  readonly isTimeout?: boolean;
  readonly isCodec?: boolean;
  readonly response?: { readonly statusCode?: number; readonly body?: unknown };
}

/**
 * The package's error as ours. It is never kept as the cause: its response holds the request's headers, the token among them, and a
 * logger would print it.
 */
export function clientError(source: string, error: unknown, timeoutMs: number): ConsulError {
  const { message, code, syscall, isTimeout, isCodec, response }: PackageError = error instanceof Error ? error : {};
  if (isTimeout) return timeoutError(source, 'asked', timeoutMs);
  if (isCodec)
    return new ConsulError('not-json', `${source} was answered with what is no JSON: what answers is not Consul.`);
  const status = response?.statusCode;
  if (status !== undefined) return statusError(source, status, bodyText(response?.body));
  if (code !== undefined) return networkError(source, syscall === 'connect' ? 'connecting' : 'asked', error);
  return new ConsulError('connect', `${source} failed: it could not be sent (${message ?? String(error)}).`);
}

function bodyText(body: unknown): string {
  if (Buffer.isBuffer(body)) return body.toString('utf8');
  return typeof body === 'string' ? body : '';
}

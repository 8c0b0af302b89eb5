import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { Clock } from '@/server/consul/clock';
import { RequestFailed, requestFailed } from './request-failed';

export interface BoundedRequest {
  readonly url: URL;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** For the whole of it, the answer's last byte included. */
  readonly timeoutMs: number;
  /** Of the answer; what is longer fails. */
  readonly mostBytes: number;
  readonly signal: AbortSignal;
  readonly lookup?: LookupFunction;
  readonly tls?: ConnectionOptions;
}

export interface BoundedAnswer {
  readonly status: number;
  readonly body: Buffer;
  /** When the other side answered, by its clock, ms since 1970; null: it does not say. */
  readonly dateMs: number | null;
}

/**
 * One request on a connection of its own, bounded in time and bytes; no redirect is followed.
 * @throws RequestFailed
 */
export function boundedRequest(wish: BoundedRequest, clock: Clock): Promise<BoundedAnswer> {
  const { url, method, headers, body, timeoutMs, mostBytes, signal, lookup, tls } = wish;
  return new Promise((resolve, reject) => {
    const ask = url.protocol === 'https:' ? secureRequest : plainRequest;
    const request = ask(url, {
      ...{ method, signal, agent: false },
      headers: { ...headers, ...(body !== null && { 'content-length': String(Buffer.byteLength(body)) }) },
      ...(lookup && { lookup }),
      ...tls,
    });
    const timer = clock.setTimeout(
      () => request.destroy(new RequestFailed(`no answer came within ${timeoutMs} ms`)),
      timeoutMs,
    );
    const failed = (error: unknown) => {
      clock.clearTimeout(timer);
      reject(requestFailed(error));
    };
    request.on('error', failed);
    request.once('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        // Its socket ends here: nothing more of it comes.
        if (bytes > mostBytes) request.destroy(new RequestFailed(`its answer is longer than ${mostBytes} bytes`));
        else chunks.push(chunk);
      });
      response.once('error', failed);
      response.once('end', () => {
        clock.clearTimeout(timer);
        const dateMs = Date.parse(response.headers.date ?? '');
        resolve({
          ...{ status: response.statusCode ?? 0, body: Buffer.concat(chunks) },
          dateMs: Number.isNaN(dateMs) ? null : dateMs,
        });
      });
    });
    request.end(body ?? undefined);
  });
}

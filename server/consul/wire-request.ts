import http from 'node:http';
import type { ConsulAddressOptions } from './address';
import { excerpt } from './excerpt';
import { redirectError } from './status-error';
import type { ConsulAnswer, ConsulRequest } from './transport';
import type { WireAnswer, WireRequest } from './wire';

/** What tells Consul who asks, as a `ConsulAddressOptions` holds it. */
export interface Credentials {
  readonly token: ConsulAddressOptions['token'] | undefined;
  readonly basicAuth: ConsulAddressOptions['basicAuth'] | undefined;
}

/** What a sentence about this request names: method, path, datacenter and address, nothing secret. */
export function requestSource(request: ConsulRequest, address: string): string {
  const datacenter = request.query?.dc === undefined ? '' : `?dc=${encodeURIComponent(request.query.dc)}`;
  return `${request.method ?? 'GET'} ${excerpt(request.path)}${datacenter} at Consul ${address}`;
}

/** `identity` where packing costs more than the way. */
export type AcceptedEncoding = 'gzip' | 'identity';

/**
 * What goes on the wire for a request.
 * @throws TypeError where token or user hold what no header may carry: HTTP/2 of Node would send it without a word.
 */
export function wireRequest(
  request: ConsulRequest,
  options: Credentials,
  acceptedEncoding: AcceptedEncoding,
): WireRequest {
  const query = new URLSearchParams(request.query).toString();
  return {
    method: request.method ?? 'GET',
    path: query === '' ? request.path : `${request.path}?${query}`,
    headers: {
      Accept: 'application/json',
      'Accept-Encoding': acceptedEncoding,
      ...credentials(options),
      ...(request.body !== undefined && { 'Content-Length': String(Buffer.byteLength(request.body)) }),
    },
    body: request.body,
  };
}

function credentials({ token, basicAuth }: Credentials): Record<string, string> {
  const secret = token?.() ?? null;
  if (secret !== null) http.validateHeaderValue('X-Consul-Token', secret);
  return {
    ...(basicAuth && { Authorization: `Basic ${base64(basicAuth)}` }),
    ...(secret !== null && { 'X-Consul-Token': secret }),
  };
}

/** Everything secret that goes out with a request, in the forms in which an answer might repeat it. */
export function secretsOf({ token, basicAuth }: Credentials): (string | null | undefined)[] {
  return [token?.(), basicAuth, basicAuth && base64(basicAuth)];
}

/** In UTF-8, as RFC 7617 allows; `btoa` throws for what is outside Latin-1. */
export function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** A whole number of 0 or more from a header; null for anything else. */
export function wholeHeader(headers: http.IncomingHttpHeaders, name: string): number | null {
  const text = headers[name];
  if (typeof text !== 'string' || !/^\d+$/.test(text)) return null;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : null;
}

/** Consul says `application/json`; what stands before it may add a charset. */
export function isJson(contentType: string): boolean {
  return /^(?:application|text)\/json\b/i.test(contentType);
}

/**
 * The answer with Consul's headers read.
 * @throws ConsulError `redirect`: a redirect of Consul may lead to another service than the one that was asked for.
 */
export function consulAnswer(
  wire: Pick<WireAnswer, 'status' | 'headers'>,
  body: Buffer,
  source: string,
  receivedAtMs: number,
): ConsulAnswer {
  const { status, headers } = wire;
  if (status >= 300 && status < 400) throw redirectError(source, status);
  const knownLeader = headers['x-consul-knownleader'];
  return {
    status,
    index: wholeHeader(headers, 'x-consul-index'),
    knownLeader: typeof knownLeader === 'string' ? knownLeader === 'true' : null,
    lastContactMs: wholeHeader(headers, 'x-consul-lastcontact'),
    filteredByAcls: headers['x-consul-results-filtered-by-acls'] === 'true',
    contentType: headers['content-type'] ?? '',
    body,
    receivedAtMs,
    source,
  };
}

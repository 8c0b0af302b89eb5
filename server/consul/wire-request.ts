import type http from 'node:http';
import type { ConsulAddressOptions, ConsulEndpoint } from './address';
import { excerpt } from './excerpt';
import { redirectError } from './status-error';
import type { ConsulAnswer, ConsulRequest } from './transport';

/** What a sentence about this request names: method, path, datacenter and address, nothing secret. */
export function requestSource(request: ConsulRequest, address: string): string {
  const datacenter = request.query?.dc === undefined ? '' : `?dc=${encodeURIComponent(request.query.dc)}`;
  return `${request.method ?? 'GET'} ${excerpt(request.path)}${datacenter} at Consul ${address}`;
}

/** What goes on the wire for a request. */
export function wireRequest(
  request: ConsulRequest,
  endpoint: ConsulEndpoint,
  options: ConsulAddressOptions,
  pool: http.Agent,
): http.RequestOptions {
  const token = options.token?.() ?? null;
  const query = new URLSearchParams(request.query).toString();
  return {
    agent: pool,
    host: endpoint.host,
    port: endpoint.port,
    ...(endpoint.socketPath !== null && { socketPath: endpoint.socketPath }),
    ...(options.basicAuth && { auth: options.basicAuth }),
    method: request.method ?? 'GET',
    path: query === '' ? request.path : `${request.path}?${query}`,
    headers: {
      Accept: 'application/json',
      'Accept-Encoding': 'gzip',
      ...(token !== null && { 'X-Consul-Token': token }),
      ...(request.body !== undefined && { 'Content-Length': Buffer.byteLength(request.body) }),
    },
  };
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
  wire: { readonly status: number; readonly headers: http.IncomingHttpHeaders },
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

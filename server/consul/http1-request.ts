import type { ConsulEndpoint } from './address';
import type { WireRequest } from './wire';

/** What may not stand in a request's first line: it would end the path, or the line. */
const NOT_IN_A_PATH = /[^\u0021-\u00ff]/;

/** As the `Host` field names an agent: without the port that its protocol has anyway. */
export function hostField({ secure, host, port }: ConsulEndpoint): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === (secure ? 443 : 80) ? name : `${name}:${port}`;
}

/**
 * A request's first line and header fields, a character a byte.
 * @throws TypeError for a path that is not percent-encoded. The fields' values were checked when they were made.
 */
export function http1RequestHead({ method, path, headers }: WireRequest, host: string): string {
  if (NOT_IN_A_PATH.test(path))
    throw new TypeError('The path of a request holds a character that has to be percent-encoded.');
  let head = `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n`;
  for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
  return `${head}\r\n`;
}

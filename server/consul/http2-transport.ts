import { http1WireOptions } from './http1-transport';
import { NegotiatedWire } from './negotiated-wire';
import type { ConsulTransport } from './transport';
import { type ConsulTransportOptions, wiredTransport } from './wired-transport';

/**
 * The transport over HTTP/2, for an `https://` address; over HTTP/1.1 while the peer does not offer HTTP/2.
 * @throws RangeError for an address without TLS, where Consul speaks no HTTP/2.
 */
export function http2Transport(options: ConsulTransportOptions): ConsulTransport {
  const { tlsFiles, ...more } = http1WireOptions(options);
  if (!tlsFiles) throw new RangeError(`HTTP/2 to ${options.address}: only an https address can speak it.`);
  const { random = Math.random } = options;
  return wiredTransport(options, (onChange) => new NegotiatedWire({ ...more, tlsFiles, random, onChange }));
}

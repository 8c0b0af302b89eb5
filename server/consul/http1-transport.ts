import { endpointOf } from './address';
import { systemClock } from './clock';
import { Http1Wire, type Http1WireOptions } from './http1-wire';
import { tlsFilesOf } from './tls-files';
import type { ConsulTransport } from './transport';
import { type ConsulTransportOptions, wiredTransport } from './wired-transport';

/** The transport over HTTP/1.1 alone, also for `https://`. */
export function http1Transport(options: ConsulTransportOptions): ConsulTransport {
  return wiredTransport(options, () => new Http1Wire(http1WireOptions(options)));
}

/** Defaults filled in, certificates read. */
export function http1WireOptions(options: ConsulTransportOptions): Http1WireOptions {
  const { address, maxConnections, clock = systemClock } = options;
  const endpoint = endpointOf(address);
  return {
    endpoint,
    tlsFiles: tlsFilesOf(options, endpoint, () => clock.now()),
    maxConnections,
    reservedForShort: options.reservedForShort ?? Math.min(8, Math.floor(maxConnections / 2)),
    connectTimeoutMs: options.connectTimeoutMs ?? 3_000,
    clock,
  };
}

import { endpointOf } from './address';
import { http1Transport } from './http1-transport';
import { http2Transport } from './http2-transport';
import type { ConsulTransport } from './transport';
import type { ConsulTransportOptions } from './wired-transport';

/** The transport that suits the address: over TLS HTTP/2, where the peer offers it, else HTTP/1.1. */
export function consulTransport(options: ConsulTransportOptions): ConsulTransport {
  return endpointOf(options.address).secure ? http2Transport(options) : http1Transport(options);
}

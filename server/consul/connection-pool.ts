import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import type { ConsulAddressOptions, ConsulEndpoint, ConsulTlsOptions } from './address';

/**
 * One keep-alive pool to one Consul agent.
 * @throws the file system's error where a PEM file cannot be read.
 */
export function connectionPool(
  endpoint: ConsulEndpoint,
  tls: ConsulAddressOptions['tls'],
  maxConnections: number,
): http.Agent {
  const options: http.AgentOptions = {
    keepAlive: true,
    // The pool's host wins over a request's: the consul package would look an IPv6 address up with its brackets.
    ...(endpoint.socketPath === null && { host: endpoint.host }),
    maxSockets: maxConnections,
    maxFreeSockets: maxConnections,
    // The connection used last is the least likely to have been closed by the other side meanwhile.
    scheduling: 'lifo',
  };
  return endpoint.secure ? new https.Agent({ ...options, ...tlsOptions(tls) }) : new http.Agent(options);
}

/** Sockets that a pool holds, in use or kept alive. */
export function openConnections(pool: http.Agent): number {
  let count = 0;
  for (const sockets of Object.values(pool.sockets)) count += sockets?.length ?? 0;
  for (const sockets of Object.values(pool.freeSockets)) count += sockets?.length ?? 0;
  return count;
}

function tlsOptions(tls: ConsulTlsOptions | undefined): https.AgentOptions {
  const authorities = tls ? authorityFiles(tls).map((file) => readFileSync(file)) : [];
  return {
    minVersion: 'TLSv1.2',
    rejectUnauthorized: tls?.verify ?? true,
    ...(authorities.length > 0 && { ca: authorities }),
    ...(tls?.certFile && { cert: readFileSync(tls.certFile) }),
    ...(tls?.keyFile && { key: readFileSync(tls.keyFile) }),
    ...(tls?.serverName && { servername: tls.serverName }),
  };
}

function authorityFiles(tls: ConsulTlsOptions): string[] {
  const files = tls.caFile ? [tls.caFile] : [];
  if (!tls.caPath) return files;
  const inFolder = readdirSync(tls.caPath, { withFileTypes: true }).filter((entry) => !entry.isDirectory());
  return files.concat(inFolder.map((entry) => path.join(tls.caPath ?? '', entry.name)).sort());
}

import { X509Certificate } from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import type { ConsulEndpoint } from '@/server/consul/address';
import type { TlsFiles } from '@/server/consul/tls-files';

/** When certificates end, ms since 1970. */

const LIMIT_MS = 5_000;
const LONGEST_CHAIN = 10;
const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * Of what a server shows: the end of its certificate, or of one in its chain that ends sooner. One that has ended already is told too, so nothing is verified here, and
 * nothing is sent.
 * @throws Error where there is none to be seen
 */
export function shownCertificateEnd(
  { host, port }: ConsulEndpoint,
  tlsFiles: TlsFiles,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const servername = net.isIP(host) === 0 ? { servername: host } : {};
    const socket = tls.connect({ host, port, ...servername, ...tlsFiles.current(), rejectUnauthorized: false });
    const end = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    const stop = () => end(new Error('It is not awaited any more.'));
    signal.addEventListener('abort', stop, { once: true });
    socket.setTimeout(LIMIT_MS, () => end(new Error('The handshake takes too long.')));
    socket.once('close', () => signal.removeEventListener('abort', stop));
    socket.once('error', end);
    socket.once('secureConnect', () => {
      const endsMs = chainEnd(socket.getPeerCertificate(true));
      socket.destroy();
      if (endsMs === null) reject(new Error('It shows no certificate.'));
      else resolve(endsMs);
    });
  });
}

function chainEnd(shown: tls.DetailedPeerCertificate): number | null {
  const ends: number[] = [];
  let one: tls.DetailedPeerCertificate | undefined = shown;
  for (let length = 0; one?.valid_to !== undefined && length < LONGEST_CHAIN; length += 1) {
    ends.push(Date.parse(one.valid_to));
    one = one.issuerCertificate === one ? undefined : one.issuerCertificate;
  }
  const known = ends.filter(Number.isFinite);
  return known.length === 0 ? null : Math.min(...known);
}

/**
 * Of a certificate with its chain: the first that ends. Null: there is none in it.
 * @throws Error where one cannot be read
 */
export function firstEndIn(pem: string): number | null {
  const ends = endsIn(pem);
  return ends.length === 0 ? null : Math.min(...ends);
}

/** Of authorities: the last that ends, for one that holds is enough; which of them a server needs is told by its chain. */
export function lastEndIn(pem: string): number | null {
  const ends = endsIn(pem);
  return ends.length === 0 ? null : Math.max(...ends);
}

const endsIn = (pem: string): number[] =>
  [...pem.matchAll(PEM)].map(([text]) => Date.parse(new X509Certificate(text).validTo)).filter(Number.isFinite);

import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import tls from 'node:tls';
import type { ConsulAddressOptions, ConsulEndpoint, ConsulTlsOptions } from './address';

/** How often the files are looked at, at most, ms. */
const LOOK_EVERY_MS = 1_000;

/**
 * Certificates and authorities of one address, read again when their files change. While they cannot be used (one is absent for the
 * moment in which it is replaced, or the certificate is already the new one and the key is not) the last good ones stay.
 */
export class TlsFiles {
  readonly #tls: ConsulTlsOptions | undefined;
  readonly #nowMs: () => number;
  readonly #warn: (sentence: string) => void;
  #context: tls.SecureContext;
  #fingerprint: string;
  #lookedAtMs: number;
  #warned = '';

  /** @throws the file system's or OpenSSL's error where the files cannot be used at the start. */
  constructor(options: ConsulTlsOptions | undefined, nowMs: () => number, warn: (sentence: string) => void = () => {}) {
    this.#tls = options;
    this.#nowMs = nowMs;
    this.#warn = warn;
    this.#lookedAtMs = nowMs();
    this.#fingerprint = fingerprintOf(filesOf(options));
    this.#context = contextOf(options);
  }

  /** For a new connection; what stands keeps what it was made with. */
  current(): tls.ConnectionOptions {
    this.#look();
    return {
      secureContext: this.#context,
      rejectUnauthorized: this.#tls?.verify ?? true,
      ...(this.#tls?.serverName && { servername: this.#tls.serverName }),
    };
  }

  #look(): void {
    const nowMs = this.#nowMs();
    // A wall clock that steps back must not end the looking.
    if (nowMs - this.#lookedAtMs < LOOK_EVERY_MS) return;
    this.#lookedAtMs = nowMs;
    try {
      const fingerprint = fingerprintOf(filesOf(this.#tls));
      if (fingerprint === this.#fingerprint) return;
      this.#context = contextOf(this.#tls);
      // Only now: files that could not be used are tried again, though they stay as they are.
      this.#fingerprint = fingerprint;
      this.#warned = '';
    } catch (error) {
      const { message } = error as Error;
      if (message === this.#warned) return;
      this.#warned = message;
      this.#warn(
        `The certificate files for Consul have changed and cannot be used (${message}); new connections use the last good ones, so correct the files.`,
      );
    }
  }
}

/**
 * Null where there is no TLS.
 * @throws the file system's or OpenSSL's error where the files cannot be used.
 */
export function tlsFilesOf(
  { tls: options, warn }: ConsulAddressOptions,
  { secure }: ConsulEndpoint,
  nowMs: () => number,
): TlsFiles | null {
  return secure ? new TlsFiles(options, nowMs, warn) : null;
}

function contextOf(options: ConsulTlsOptions | undefined): tls.SecureContext {
  const authorities = options ? authorityFiles(options).map((file) => readFileSync(file)) : [];
  return tls.createSecureContext({
    minVersion: 'TLSv1.2',
    ...(authorities.length > 0 && { ca: authorities }),
    ...(options?.certFile && { cert: readFileSync(options.certFile) }),
    ...(options?.keyFile && { key: readFileSync(options.keyFile) }),
  });
}

function filesOf(options: ConsulTlsOptions | undefined): string[] {
  if (!options) return [];
  return [...authorityFiles(options), ...[options.certFile, options.keyFile].filter((file) => file !== null)];
}

function authorityFiles({ caFile, caPath }: ConsulTlsOptions): string[] {
  const files = caFile ? [caFile] : [];
  if (!caPath) return files;
  const inFolder = readdirSync(caPath, { withFileTypes: true }).filter((entry) => !entry.isDirectory());
  return files.concat(inFolder.map((entry) => path.join(caPath, entry.name)).sort());
}

/** Changes whenever one of the files does, also when one is replaced by another of the same size and time. */
function fingerprintOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const { mtimeMs, size, ino } = statSync(file);
      return `${file} ${mtimeMs} ${size} ${ino}`;
    })
    .join('\n');
}

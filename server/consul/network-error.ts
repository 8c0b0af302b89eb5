import { type BodyError, BodyError as BodyErrorClass } from './body';
import { ConsulError, type ConsulErrorKind } from './consul-error';
import { Http2Failure, UnansweredPing } from './http2-failure';
import { ConnectTimeout } from './wire';

/** How far a request had come when it failed. */
export type Phase = 'queued' | 'connecting' | 'asked' | 'answering';

const PHASE_TEXT: Readonly<Record<Phase, string>> = {
  queued:
    'it was still waiting for a free connection: Lictor holds as many as its budget and Consul allow; raise LICTOR_CONSUL_MAX_CONNECTIONS',
  connecting:
    'the connection was not made: the host is down, or something drops its packets; check the address and the network',
  asked: 'no answer began: Consul is overloaded, frozen or cut off; check the agent',
  answering: 'the answer began and did not end: Consul or a proxy before it is stuck; check them',
};

/** The request's limit, or that of the connection, ran out in this phase. */
export function timeoutError(source: string, phase: Phase, timeoutMs: number): ConsulError {
  return new ConsulError('timeout', `${source} was given up after ${timeoutMs} ms: ${PHASE_TEXT[phase]}.`);
}

/** The answer began, and for so long nothing more of it came. */
export function stallError(source: string, stallMs: number): ConsulError {
  return new ConsulError(
    'timeout',
    `${source} was given up after ${stallMs} ms without a byte: ${PHASE_TEXT.answering}.`,
  );
}

/** Turns whatever Node threw into the one sentence that a person can act on. */
export function networkError(source: string, phase: Phase, error: unknown): ConsulError {
  if (error instanceof ConsulError) return error;
  if (error instanceof BodyErrorClass) return bodyError(source, error);
  if (error instanceof ConnectTimeout) return timeoutError(source, 'connecting', error.timeoutMs);
  const { kind, text } = fault(phase, error as NodeJS.ErrnoException);
  return new ConsulError(kind, `${source} failed: ${text}.`, { cause: error });
}

function fault(phase: Phase, error: NodeJS.ErrnoException): { kind: ConsulErrorKind; text: string } {
  const { code = '', message } = error;
  if (code.startsWith('HPE_')) {
    return { kind: 'not-json', text: `what answers there is not HTTP (${code}); correct the address` };
  }
  if (isTlsCode(code)) return { kind: 'tls', text: tlsText(code, message) };
  if (phase === 'answering') {
    const text = `${endText(error)} in the middle of the answer, which is not used; Lictor asks again`;
    return { kind: 'truncated', text };
  }
  const http2 = isHttp2(error);
  if (phase === 'asked' && http2) return { kind: 'reset', text: `${endText(error)} ${HTTP2_RESET_TEXT}` };
  if (http2) {
    return {
      kind: 'connect',
      text: `what answers there does not keep to HTTP/2 (${message}); check what stands there`,
    };
  }
  if (RESET_CODES.has(code) && phase === 'asked') {
    const text =
      'the connection was closed without an answer: the agent stopped, or its limit of connections (http_max_conns_per_client) is reached; Lictor asks again more slowly';
    return { kind: 'reset', text };
  }
  return { kind: 'connect', text: CONNECT_TEXT[code] ?? `it could not be sent (${message})` };
}

function isHttp2(error: NodeJS.ErrnoException): boolean {
  return (
    error instanceof Http2Failure || error instanceof UnansweredPing || Boolean(error.code?.startsWith('ERR_HTTP2'))
  );
}

const HTTP2_RESET_TEXT =
  'without an answer: the agent stopped or is overloaded, or a proxy before it gave up; Lictor asks again more slowly';

/** How a connection, or a stream of it, came to its end. */
function endText(error: NodeJS.ErrnoException): string {
  if (error instanceof UnansweredPing) {
    return `the connection was given up, for Consul answered no ping within ${error.timeoutMs} ms and is frozen or cut off,`;
  }
  if (error instanceof Http2Failure) return `the other side ended the request (HTTP/2 ${error.reason})`;
  return isHttp2(error) ? `the connection ended (${error.message})` : 'the connection ended';
}

const RESET_CODES = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ETIMEDOUT']);

const CONNECT_TEXT: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused, so nothing listens there; start the agent or correct the address',
  ECONNRESET:
    'the connection was closed while it was made; the agent stopped, or what listens there does not serve HTTP',
  ENOENT: 'there is no such socket; start the agent or correct the address',
  EACCES: 'Lictor may not open this socket; give its user the right to it',
  ENOTFOUND: 'the name has no address; correct the name or the DNS',
  EAI_AGAIN: 'the name could not be looked up now; check the DNS',
  EHOSTUNREACH: 'there is no way to the host; check the network',
  ENETUNREACH: 'there is no way to the network; check the network',
  ETIMEDOUT: 'the host did not answer; check the address and the network',
  ERR_INVALID_CHAR: 'the token or the user name holds a character that no header may carry; give it again without it',
};

function isTlsCode(code: string): boolean {
  return /^(ERR_TLS|ERR_SSL|CERT_|EPROTO$|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA)/.test(code);
}

function tlsText(code: string, message: string): string {
  if (code === 'EPROTO' && message.includes('wrong version number')) {
    return 'what listens there speaks no TLS; use http:// or the HTTPS port';
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return 'the certificate is for another name; correct the address or give CONSUL_TLS_SERVER_NAME';
  }
  if (code === 'CERT_HAS_EXPIRED') return 'the certificate has expired; renew it';
  if (/SELF_SIGNED|UNABLE_TO_|DEPTH_ZERO/.test(code)) {
    return `the certificate is not by a known authority (${code}); give the authority in CONSUL_CACERT`;
  }
  return `the TLS handshake failed (${code}); check the certificates on both sides`;
}

function bodyError(source: string, { fault }: BodyError): ConsulError {
  if (fault === 'truncated') {
    return new ConsulError(
      fault,
      `${source} failed: its compressed body ends too early and is not used; Lictor asks again.`,
    );
  }
  if (fault === 'not-json') {
    return new ConsulError(
      fault,
      `${source} failed: its body is not in an encoding that was asked for; check what stands before Consul.`,
    );
  }
  return new ConsulError(
    fault,
    `${source} failed: its body is larger than Lictor accepts; ask for less, or for one service at a time.`,
  );
}

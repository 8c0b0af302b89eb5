/**
 * What went wrong between Lictor and Consul:
 * - `connect`: no connection was made, or the request could not be sent at all;
 * - `tls`: the connection was made, the TLS handshake failed;
 * - `timeout`: the whole answer was not there within the request's time limit;
 * - `reset`: the connection ended before a byte of the answer (Consul 1.8 does so past its connection limit);
 * - `truncated`: the answer began and its end is missing;
 * - `too-large`: the decoded body is over the cap;
 * - `redirect`: a 3xx answer, which is never followed;
 * - `status`: any other status that the caller does not accept;
 * - `not-json`: the body is not the JSON that was asked for;
 * - `tenancy`: it was not sent, for this Consul does not take the namespace or partition that is set;
 * - `aborted`: the caller (or the closing of the transport) ended it.
 */
export const consulErrorKinds = [
  'connect',
  'tls',
  'timeout',
  'reset',
  'truncated',
  'too-large',
  'redirect',
  'status',
  'not-json',
  'tenancy',
  'aborted',
] as const;
export type ConsulErrorKind = (typeof consulErrorKinds)[number];

/** A failed exchange with Consul. Its message is one sentence for a person, free of secrets, that names address and path. */
export class ConsulError extends Error {
  readonly kind: ConsulErrorKind;
  /** The HTTP status, where an answer with one came. */
  readonly status: number | null;
  /** The token is refused or may not do this, or Lictor asks for what this Consul does not have: a person must mend it. */
  readonly denied: boolean;

  /** @param details `denied` where the status alone does not tell */
  constructor(
    kind: ConsulErrorKind,
    sentence: string,
    details: { status?: number; cause?: unknown; denied?: boolean } = {},
  ) {
    super(sentence, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'ConsulError';
    this.kind = kind;
    this.status = details.status ?? null;
    this.denied = details.denied ?? (this.status === 403 || this.status === 401);
  }

  /** The message: what failed, what it means, what to do. */
  get sentence(): string {
    return this.message;
  }
}

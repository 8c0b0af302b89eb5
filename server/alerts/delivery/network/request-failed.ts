/** A request that came to nothing. Its message is the end of a sentence (`no answer came within 10000 ms`) and holds no secret. */
export class RequestFailed extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'RequestFailed';
  }
}

const BY_CODE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused, so nothing listens there',
  ECONNRESET: 'the connection was closed without an answer',
  EPIPE: 'the connection was closed without an answer',
  ENOTFOUND: 'its name has no address; correct the name or the DNS',
  EAI_AGAIN: 'its name could not be looked up now; check the DNS',
  EHOSTUNREACH: 'there is no way to its host; check the network',
  ENETUNREACH: 'there is no way to its network; check the network',
  ETIMEDOUT: 'its host did not answer; check the network',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  CERT_HAS_EXPIRED: 'its certificate has expired; renew it',
  ABORT_ERR: 'Lictor ended it, for it stops or leads no more',
};

/** What Node threw, as one. */
export function requestFailed(error: unknown): RequestFailed {
  if (error instanceof RequestFailed) return error;
  const { code = '', message = '' } = error as NodeJS.ErrnoException;
  // Of several addresses each has failed: the first says as much as all.
  const first = error instanceof AggregateError ? (error.errors[0] as NodeJS.ErrnoException | undefined) : undefined;
  if (first !== undefined) return requestFailed(first);
  if (code.startsWith('HPE_')) return new RequestFailed(`what answers there is not HTTP (${code})`);
  if (/SELF_SIGNED|UNABLE_TO_/.test(code)) {
    return new RequestFailed(`its certificate is not by a known authority (${code})`);
  }
  return new RequestFailed(BY_CODE[code] ?? (code === '' ? message : `the connection failed (${code})`));
}

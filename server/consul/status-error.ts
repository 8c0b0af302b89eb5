import { ConsulError } from './consul-error';
import { excerpt } from './excerpt';

/** The one sentence for a status that nobody accepts; `said` is the body's beginning, hostile text. */
export function statusError(source: string, status: number, said: string): ConsulError {
  if (status >= 300 && status < 400) return redirectError(source, status);
  const words = excerpt(said);
  const quote = words === '' ? '' : ` ("${words}")`;
  return new ConsulError('status', `${source} was answered ${status}${quote}: ${meaning(status)}.`, { status });
}

/** A redirect is never followed. */
export function redirectError(source: string, status: number): ConsulError {
  const text =
    'which Lictor does not follow, because it may lead to another service; check the address, or read this name another way';
  return new ConsulError('redirect', `${source} was answered with a redirect (${status}), ${text}.`, { status });
}

function meaning(status: number): string {
  if (status === 403) return 'the token is unknown or may not read this; give Lictor a token with the right policy';
  if (status === 401) return 'it asks for credentials that it was not given; check the token and CONSUL_HTTP_AUTH';
  if (status === 404) return 'there is no such thing there; check that this address is a Consul agent';
  if (status === 429)
    return 'Consul limits its clients; Lictor asks again more slowly, and its budget of connections may be too large';
  if (status >= 500)
    return 'Consul could not do it now; its servers may have no leader or be out of reach; Lictor asks again';
  return 'Consul does not take this request; its version may not know it';
}

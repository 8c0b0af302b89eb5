import { ConsulError } from './consul-error';
import { excerpt } from './excerpt';
import type { ConsulAnswer, ConsulRequest, ConsulTransport } from './transport';

export interface ReadOptions<Value> extends Omit<ConsulRequest, 'method' | 'body' | 'lane' | 'unchangedIndex'> {
  /** Throws a `ConsulError` for what cannot be read. */
  readonly decode: (answer: ConsulAnswer) => Value;
  /** Statuses that `decode` understands; 200 alone where absent. */
  readonly acceptStatuses?: readonly number[];
}

export interface Reading<Value> {
  readonly value: Value;
  readonly answer: ConsulAnswer;
}

/**
 * One plain read, answered at once.
 * @throws ConsulError
 */
export async function read<Value>(transport: ConsulTransport, options: ReadOptions<Value>): Promise<Reading<Value>> {
  const { decode, acceptStatuses, ...request } = options;
  const answer = await transport.request(request);
  assertStatus(answer, acceptStatuses);
  return { value: decode(answer), answer };
}

/** @throws ConsulError `status`, with what the status means and the beginning of what Consul said. */
export function assertStatus(answer: ConsulAnswer, accepted: readonly number[] = [200]): void {
  if (accepted.includes(answer.status)) return;
  const { source, status } = answer;
  throw statusError(source, status, answer.body.subarray(0, 1_000).toString('utf8'));
}

/** The one sentence for a status that nobody accepts; `said` is the body's beginning, hostile text. */
export function statusError(source: string, status: number, said: string): ConsulError {
  const words = excerpt(said);
  const quote = words === '' ? '' : ` ("${words}")`;
  return new ConsulError('status', `${source} was answered ${status}${quote}: ${meaning(status)}.`, { status });
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

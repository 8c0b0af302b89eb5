import { statusError } from './status-error';
import type { ConsulAnswer, ConsulRequest, ConsulTransport } from './transport';

export interface ReadOptions<Value> extends Omit<ConsulRequest, 'lane' | 'unchangedIndex'> {
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

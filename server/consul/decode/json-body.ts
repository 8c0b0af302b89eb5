import { ConsulError } from '@/server/consul/consul-error';
import { excerpt } from '@/server/consul/excerpt';
import type { ConsulAnswer } from '@/server/consul/transport';

/**
 * The body as JSON, whatever its content type says: some Consuls label JSON as text.
 * @throws ConsulError `not-json`, with the first characters of what came instead.
 */
export function jsonBody(answer: ConsulAnswer): unknown {
  const text = answer.body.toString('utf8');
  try {
    return JSON.parse(text);
  } catch (cause) {
    const words = excerpt(text);
    const got = words === '' ? 'an empty body' : `"${words}"`;
    throw new ConsulError(
      'not-json',
      `${answer.source} was answered with ${got} where JSON was expected: what answers is not Consul, or a proxy before it fails; check the address and the proxy.`,
      { status: answer.status, cause },
    );
  }
}

/** JSON that is not what this endpoint gives at all. */
export function unexpectedShape(answer: ConsulAnswer, problem: string): ConsulError {
  return new ConsulError(
    'not-json',
    `${answer.source} was answered with JSON of another shape (${problem}): what answers is not Consul, or a version that Lictor does not know.`,
    { status: answer.status },
  );
}

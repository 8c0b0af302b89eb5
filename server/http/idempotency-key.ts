import type { FastifyRequest } from 'fastify';
import { Problem } from './problems';

/** As the header's own draft has it: printable ASCII; a UUID has 36. */
const KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * What `Idempotency-Key` brought. Whoever repeats a creation sends the same one, and makes nothing twice.
 * @throws Problem where there is none, or none that can be kept
 */
export function requiredIdempotencyKey(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (key === undefined || key === '') {
    throw new Problem(
      'precondition-required',
      'A creation takes an Idempotency-Key, the same for each repetition of it, so that nothing is made twice. Nothing was made: send one, a new UUID for instance.',
    );
  }
  if (typeof key === 'string' && KEY.test(key)) return key;
  throw new Problem(
    'invalid-request',
    'The Idempotency-Key is not 1 to 200 printable characters of ASCII without spaces. Nothing was made.',
  );
}

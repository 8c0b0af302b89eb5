import { expect, test } from 'vitest';
import { signature } from './signature';

test('it is the HMAC of the time and the body', () => {
  // printf '1795766400.{"version":1}' | openssl dgst -sha256 -hmac 'a secret'
  expect(signature('a secret', '1795766400', '{"version":1}')).toBe(
    'sha256=10061b5826940d3cc28413c3ffcd9068ba4f38590bd88392b024a8c9ea5b73ef',
  );
  expect(signature('a secret', '1795766401', '{"version":1}')).not.toBe(
    signature('a secret', '1795766400', '{"version":1}'),
  );
});

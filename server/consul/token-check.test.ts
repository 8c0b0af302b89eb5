import { expect, test } from 'vitest';
import { answerOf } from './testing/answer';
import { HeldTransport } from './testing/held-transport';
import { checkToken } from './token-check';

async function checked(status: number, body: unknown) {
  const transport = new HeldTransport();
  const work = checkToken(transport, 'dc1', new AbortController().signal);
  const outcome = work.then(
    () => 'known',
    ({ denied, message }) => ({ denied, message }),
  );
  await transport.answer(answerOf(body, { status }));
  return outcome;
}

test('a token that Consul describes is known, and so is any where ACLs are off', async () => {
  expect(await checked(200, { AccessorID: 'a', SecretID: 's' })).toBe('known');
  expect(await checked(401, 'ACL support disabled')).toBe('known');
});

test.each([
  ['403 before 1.15', 403, 'ACL not found'],
  ['404 since 1.15', 404, 'token does not exist: ACL not found'],
])('an unknown token is refused: %s', async (_, status, body) => {
  expect(await checked(status, body)).toEqual({ denied: true, message: expect.stringMatching(/token/) });
});

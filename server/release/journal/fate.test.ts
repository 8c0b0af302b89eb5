import { expect, it } from 'vitest';
import { ConsulError } from '@/server/consul/consul-error';
import { statusError } from '@/server/consul/status-error';
import { isInDoubt } from './fate';

const answered = (status: number, said: string) =>
  statusError('PUT /v1/config at Consul http://127.0.0.1:8500', status, said);

it('a write may still be carried out where no answer came, or a server could not say', () => {
  for (const kind of ['timeout', 'reset', 'truncated', 'aborted'] as const) {
    expect(isInDoubt(new ConsulError(kind, 'No answer came.'))).toBe(true);
  }
  expect(isInDoubt(answered(500, 'No cluster leader'))).toBe(true);
  expect(isInDoubt(answered(500, 'leadership lost while committing log'))).toBe(true);
  expect(isInDoubt(answered(500, 'rpc error making call: EOF'))).toBe(true);
  expect(isInDoubt(new TypeError('A mistake of ours.'))).toBe(true);
});

it('one that was refused, or never sent, will not', () => {
  expect(isInDoubt(answered(403, 'Permission denied'))).toBe(false);
  expect(isInDoubt(answered(400, 'Request decode failed'))).toBe(false);
  const splitter =
    'discovery chain "web" uses a protocol "tcp" that does not permit advanced routing or splitting behavior';
  expect(isInDoubt(answered(500, splitter))).toBe(false);
  expect(isInDoubt(new ConsulError('connect', 'No connection was made.'))).toBe(false);
});

import type { Clock } from '@/server/consul/clock';
import { RequestFailed } from './request-failed';

/** What cannot be ended from outside, no longer than so many ms. @throws RequestFailed */
export function within<T>(clock: Clock, ms: number, promise: Promise<T>, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = clock.setTimeout(() => reject(new RequestFailed(`${what} within ${ms} ms`)), ms);
    promise.then(resolve, reject).finally(() => clock.clearTimeout(timer));
  });
}

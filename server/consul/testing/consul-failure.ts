import { ConsulError } from '@/server/consul/consul-error';

/** The `ConsulError` with which work ends, once its message is proven to be one sentence without the secret. */
export async function consulFailure(work: Promise<unknown>, secret: string): Promise<ConsulError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConsulError)) throw new Error(`A ConsulError was expected, not ${String(error)}.`);
  if (error.message.includes(secret)) throw new Error('The message holds the secret.');
  if (!/^[^\n]{20,}\.$/.test(error.message)) throw new Error(`Not one sentence: ${error.message}`);
  return error;
}

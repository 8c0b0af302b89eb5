import { putInstance } from '@/e2e/harness/catalog';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { until } from '@/e2e/world/until';
import { SplitClient } from './split-client';

/** Instances of one service on nodes that no agent owns, one a version in this list, in their order. */
export async function putVersions(
  consul: ConsulHttp,
  service: string,
  versions: readonly (string | null)[],
): Promise<void> {
  for (const [at, version] of versions.entries()) {
    const instance = { node: `n${at + 1}`, service, id: `${service}-${at + 1}` };
    await putInstance(consul, { ...instance, ...(version !== null && { meta: { version } }) });
  }
}

/** A client of a Lictor that sees these services, and may write. */
export async function writableSplits(
  lictor: LictorUnderTest,
  ...services: readonly { readonly dc: string; readonly name: string }[]
): Promise<SplitClient> {
  await lictor.synced();
  const client = new SplitClient(lictor.url);
  for (const { dc, name } of services) {
    await until(`${name} in ${dc} to be writable`, async () => {
      const { status, body } = await client.split(dc, name);
      if (status === 200 && body.writeRefusal !== null) throw new Error(body.writeRefusal);
      return status === 200 && body.mechanisms.some(({ can }) => can);
    });
  }
  return client;
}

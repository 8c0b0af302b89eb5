import { until } from '@/e2e/world/until';
import type { Readiness } from '@/lib/system/readiness';
import type { SystemBody } from '@/lib/system/system-body';
import { readSettings } from '@/server/config/settings';
import { startLictor } from '@/server/lictor';
import { dataFolder } from './data-folder';
import { getAsIs } from './get-as-is';

/** Lictor's API in this process, on a free port, without pages. */
export class LictorUnderTest {
  readonly url: string;
  readonly #close: () => Promise<void>;

  constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.#close = close;
  }

  /** The body of a 200; null for a 404. */
  async get<Body>(path: string): Promise<Body | null> {
    const { status, text } = await getAsIs(this.url, path);
    if (status === 404) return null;
    if (status !== 200) throw new Error(`${path} was answered with ${status}: ${text}`);
    return JSON.parse(text) as Body;
  }

  async system(): Promise<SystemBody> {
    const body = await this.get<SystemBody>('/api/v1/system');
    if (body === null) throw new Error('There is no /api/v1/system.');
    return body;
  }

  async readiness(): Promise<{ status: number; body: Readiness }> {
    const answer = await fetch(`${this.url}/readyz`);
    return { status: answer.status, body: (await answer.json()) as Readiness };
  }

  /** Resolves once every datacenter is read. */
  async synced(): Promise<void> {
    await until('Lictor to have read everything', async () => {
      const { body } = await this.readiness();
      return body.ready && body.datacenters.length > 0 && body.datacenters.every(({ state }) => state === 'synced');
    });
  }

  close(): Promise<void> {
    return this.#close();
  }
}

/** Starts Lictor on a Consul, with a record that goes with it; `env` is what an operator would set beside the address. */
export async function lictorFor(
  consulAddress: string,
  env: Readonly<Record<string, string>> = {},
): Promise<LictorUnderTest> {
  const folder = dataFolder();
  const own = { PORT: '0', LOG_LEVEL: 'fatal', CONSUL_HTTP_ADDR: consulAddress, LICTOR_DATA_DIR: folder.path };
  const lictor = await startLictor(readSettings({ ...own, ...env }), null);
  return new LictorUnderTest(lictor.url, async () => {
    await lictor.close();
    folder.remove();
  });
}

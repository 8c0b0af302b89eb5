import { until } from '@/e2e/world/until';
import { AlertClient } from './alert-client';

/** The shared Lictor under rules of a test's own, which are taken back at its end, and with them every silence. */
export class Ruled {
  readonly client: AlertClient;
  #before: string | null = null;

  constructor(url: string) {
    this.client = new AlertClient(url);
  }

  async by(rules: string): Promise<void> {
    this.#before ??= (await this.client.rules()).body.text;
    await this.#save(rules);
  }

  async end(): Promise<void> {
    if (this.#before !== null) await this.#save(this.#before);
    const { silences } = (await this.client.alerts()).body;
    for (const { id, etag, state } of silences) if (state !== 'expired') await this.client.endSilence(id, etag);
  }

  async #save(text: string): Promise<void> {
    const { status, body } = await this.client.saveRules(text, (await this.client.rules()).etag);
    if (status !== 200) throw new Error(`The rules were not taken: ${body.detail}`);
  }

  /** Resolves when the alert is in that state. */
  state(id: string, wanted: string): Promise<unknown> {
    return until(`${id} to be ${wanted}`, async () => {
      const { items } = (await this.client.alerts()).body;
      return items.some((alert) => alert.id === id && alert.state === wanted);
    });
  }
}

import type { Mechanism } from '@/lib/release/mechanism';
import type { Shares, SplitBody } from '@/lib/release/split-body';

/** Lictor's API of one service's split, as a script would use it. */
export class SplitClient {
  readonly #url: string;

  constructor(lictor: string, dc: string, service: string) {
    this.#url = `${lictor}/api/v1/splits/${encodeURIComponent(dc)}/${encodeURIComponent(service)}`;
  }

  async read(): Promise<SplitBody> {
    const answer = await fetch(this.#url);
    if (!answer.ok) throw new Error(`GET ${this.#url} was answered with ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as SplitBody;
  }

  /** @returns ms from the request until Lictor said that it is written */
  async apply(mechanism: Mechanism, shares: Shares, etag: string): Promise<number> {
    const startedAtMs = performance.now();
    const answer = await fetch(this.#url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'if-match': etag },
      body: JSON.stringify({ mechanism, shares }),
    });
    const text = await answer.text();
    const tookMs = performance.now() - startedAtMs;
    if (!answer.ok)
      throw new Error(`${mechanism} ${JSON.stringify(shares)} was answered with ${answer.status}: ${text}`);
    return tookMs;
  }
}

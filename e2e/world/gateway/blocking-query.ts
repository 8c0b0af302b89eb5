import { setTimeout as wait } from 'node:timers/promises';

const WAIT_S = 20;
/** Consul adds up to a sixteenth of the wait. */
const TIMEOUT_MS = 30_000;
const PAUSE_MS = 250;

export interface Question {
  /** An agent's address and a path with a query: `http://127.0.0.1:8500/v1/kv/a?dc=dc1`. */
  url: URL;
  token: string | null;
  /** Told each answer that may be new; `null` is "there is no such thing". */
  heard(body: string | null): void;
  /** Told why nothing could be read; it is asked again. */
  failed(reason: string): void;
}

/**
 * Asks Consul for something and then, again and again, for whatever comes after it, as long as the process lives. Resolves with the first answer; rejects where
 * the first question fails, and goes on asking.
 */
export function follow(question: Question): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (reason: string) => {
      question.failed(reason);
      reject(new Error(reason));
    };
    void ask({ ...question, failed }, resolve);
  });
}

async function ask({ url, token, heard, failed }: Question, begun: () => void): Promise<never> {
  let index = 0;
  for (;;) {
    try {
      url.searchParams.set('index', String(index));
      url.searchParams.set('wait', `${WAIT_S}s`);
      const answer = await fetch(url, {
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: token === null ? {} : { 'X-Consul-Token': token },
      });
      const body = await answer.text();
      if (answer.status !== 200 && answer.status !== 404) throw new Error(`${answer.status} ${body.slice(0, 200)}`);
      const next = Number(answer.headers.get('x-consul-index'));
      if (next !== index || index === 0) heard(answer.status === 404 ? null : body);
      begun();
      // An index that goes back belongs to another history: it begins anew.
      index = next < index || !(next > 0) ? 0 : next;
      if (index === 0) await wait(PAUSE_MS);
    } catch (error) {
      failed(error instanceof Error ? error.message : String(error));
      index = 0;
      await wait(PAUSE_MS);
    }
  }
}

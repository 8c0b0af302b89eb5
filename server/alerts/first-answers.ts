import { createHash } from 'node:crypto';
import { AlertRefusal } from './alert-desk-parts';
import type { AlertDocuments } from './alert-documents';

interface FirstAnswer {
  /** Of what was wished, with who wished it. */
  readonly wish: string;
  readonly answer: unknown;
}

/**
 * Creations by their idempotency key: one that is asked for again, of whichever Lictor that shares the documents, is answered as the first time. For a day; the documents
 * drop older ones.
 */
export class FirstAnswers {
  /** A creation under way, by key: who asks meanwhile waits for it. */
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(private readonly documents: AlertDocuments) {}

  /**
   * @param wish all that makes one creation another, as JSON has it
   * @param create names what it makes after the key, so that two Lictors, or two lives of one, that are asked at once make the same
   * @throws AlertRefusal `key-used`; whatever `create` and the documents throw
   */
  async once<Answer>(key: string, wish: unknown, create: () => Promise<Answer>): Promise<Answer> {
    const before = this.#underWay.get(key);
    const answer = (before ?? Promise.resolve()).catch(() => {}).then(() => this.#answer(key, wish, create));
    this.#underWay.set(key, answer);
    try {
      return await answer;
    } finally {
      if (this.#underWay.get(key) === answer) this.#underWay.delete(key);
    }
  }

  async #answer<Answer>(key: string, wish: unknown, create: () => Promise<Answer>): Promise<Answer> {
    const wished = createHash('sha256').update(JSON.stringify(wish)).digest('base64url');
    const known = await this.#first<Answer>(key, wished);
    if (known !== null) return known.answer;
    const answer = await create();
    const body = JSON.stringify({ wish: wished, answer } satisfies FirstAnswer);
    if ((await this.documents.put('idempotency', key, body, 0)) !== null) return answer;
    // Another Lictor was asked at the same moment, and was faster.
    return (await this.#first<Answer>(key, wished))?.answer ?? answer;
  }

  async #first<Answer>(key: string, wished: string): Promise<{ readonly answer: Answer } | null> {
    const document = (await this.documents.all('idempotency')).find(({ id }) => id === key);
    if (document === undefined) return null;
    const { wish, answer } = JSON.parse(document.body) as FirstAnswer;
    if (wish === wished) return { answer: answer as Answer };
    throw new AlertRefusal(
      'key-used',
      'The Idempotency-Key was used for another wish within the last day. Nothing was made now, and what was made then stands: send a new key.',
    );
  }
}

import { describe, expect, test } from 'vitest';
import { AlertRefusal } from './alert-desk-parts';
import { FirstAnswers } from './first-answers';
import { MemoryDocuments } from './testing/memory-documents';

/** Two Lictors that share their documents, and what either made. */
function scripted() {
  const documents = new MemoryDocuments();
  const made: string[] = [];
  const create = (name: string) => async () => {
    made.push(name);
    return { name, nth: made.length };
  };
  return { documents, made, create, one: new FirstAnswers(documents), other: new FirstAnswers(documents) };
}

describe('a creation', () => {
  test('that is asked for again is answered as the first time, by every Lictor, and made once', async () => {
    const { one, other, create, made } = scripted();
    const first = await one.once('k', { filter: 'dc:dc1' }, create('a'));
    expect(await one.once('k', { filter: 'dc:dc1' }, create('b'))).toEqual(first);
    expect(await other.once('k', { filter: 'dc:dc1' }, create('c'))).toEqual(first);
    expect(made).toEqual(['a']);
    expect(await one.once('another', { filter: 'dc:dc1' }, create('d'))).toEqual({ name: 'd', nth: 2 });
  });

  test('that is asked for twice at once is made once', async () => {
    const { one, create, made } = scripted();
    const answers = await Promise.all([one.once('k', 1, create('a')), one.once('k', 1, create('b'))]);
    expect(made).toEqual(['a']);
    expect(answers[0]).toEqual(answers[1]);
  });

  test('of two Lictors at once has the answer of the faster one', async () => {
    const { one, other, create, documents } = scripted();
    const slow = one.once('k', 1, async () => {
      await other.once('k', 1, create('fast'));
      return { name: 'slow', nth: 9 };
    });
    expect(await slow).toEqual({ name: 'fast', nth: 1 });
    expect(await documents.all('idempotency')).toHaveLength(1);
  });

  test('with another wish under a used key is refused, and nothing is made', async () => {
    const { one, other, create, made } = scripted();
    await one.once('k', { filter: 'dc:dc1' }, create('a'));
    const refused = await other.once('k', { filter: 'dc:dc2' }, create('b')).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AlertRefusal);
    expect((refused as AlertRefusal).code).toBe('key-used');
    expect(made).toEqual(['a']);
  });

  test('that was refused or could not be kept leaves its key free', async () => {
    const { one, create, documents } = scripted();
    await expect(one.once('k', 1, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    documents.trouble = new Error('away');
    await expect(one.once('k', 1, create('a'))).rejects.toThrow('away');
    documents.trouble = null;
    expect(await one.once('k', 2, create('b'))).toEqual({ name: 'b', nth: 1 });
  });
});

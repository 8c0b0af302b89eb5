import { afterEach, expect, test } from 'vitest';
import { appWith } from './testing/app-with';
import { type Answer, ask } from './testing/asking';
import { exampleSilence, ScriptedAlertDesk } from './testing/scripted-alert-desk';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function silencesApi(env: Record<string, string> = {}) {
  const desk = new ScriptedAlertDesk();
  const { app, close } = await appWith({ alerts: desk, env });
  closing.push(close);
  return {
    app,
    desk,
    ask: (request: string, sent?: Record<string, unknown>): Promise<Answer> => ask(app, request, sent),
  };
}

const wish = { filter: 'dc:dc1', to: '2026-01-01T02:00:00.000Z', reason: '<i>Upgrade</i> of n1' };

test('a silence is made once for a key, and is found by its id', async () => {
  const { desk, ask } = await silencesApi();
  const made = await ask('POST silences', { 'idempotency-key': 'k-1', body: wish });
  expect([made.status, made.headers.etag, made.headers.location]).toEqual([
    201,
    '"silence-1"',
    '/api/v1/silences/a%20silence%2F1',
  ]);
  expect(made.body).toEqual(exampleSilence(wish));
  expect(desk.asked).toEqual([['silence', wish, 'k-1', 'anonymous']]);
  desk.body = { ...desk.body, silences: [made.body] };
  expect((await ask('GET silences')).body).toEqual({ items: [made.body] });
  const one = await ask('GET silences/a%20silence%2F1');
  expect([one.body, one.headers.etag]).toEqual([made.body, '"silence-1"']);
  expect((await ask('GET silences/other')).code).toBe('unknown-silence');
});

test('where Lictor lies under a prefix, so does the silence', async () => {
  const env = { LICTOR_BASE_URL: 'http://127.0.0.1:3000/lictor' };
  const desk = new ScriptedAlertDesk();
  const { app, close } = await appWith({ alerts: desk, env });
  closing.push(close);
  const { headers } = await app.inject({
    ...{ method: 'POST', url: '/lictor/api/v1/silences', payload: wish },
    headers: { 'idempotency-key': 'k' },
  });
  expect(headers.location).toBe('/lictor/api/v1/silences/a%20silence%2F1');
});

test('a silence is made by who says a key, and says what a silence is', async () => {
  const { desk, ask } = await silencesApi();
  const answers = [
    await ask('POST silences', { body: wish }),
    await ask('POST silences', { 'idempotency-key': '', body: wish }),
    await ask('POST silences', { 'idempotency-key': 'two words', body: wish }),
    await ask('POST silences', { 'idempotency-key': 'k'.repeat(201), body: wish }),
    await ask('POST silences', { 'idempotency-key': 'k', body: { ...wish, reason: ' ' } }),
    await ask('POST silences', { 'idempotency-key': 'k', body: { ...wish, to: 'tomorrow' } }),
    await ask('POST silences', { 'idempotency-key': 'k', body: { ...wish, filter: 'a'.repeat(2_001) } }),
    await ask('POST silences', { 'idempotency-key': 'k', body: { ...wish, by: 'root' } }),
    await ask('POST silences/preview', { body: wish }),
  ];
  expect(answers.map(({ status, code }) => `${status} ${code}`)).toEqual([
    ...Array.from({ length: 2 }, () => '428 precondition-required'),
    ...Array.from({ length: 7 }, () => '400 invalid-request'),
  ]);
  expect(desk.asked).toEqual([]);
});

test('what a silence would hold for is told, and it is ended as it was seen', async () => {
  const { desk, ask } = await silencesApi();
  expect((await ask('POST silences/preview', { body: { filter: 'dc:dc1' } })).body.alerts).toBe(11);
  expect((await ask('DELETE silences/a%20silence%2F1')).code).toBe('precondition-required');
  expect((await ask('DELETE silences/a%20silence%2F1', { 'if-match': '"silence-1"' })).status).toBe(200);
  expect(desk.asked).toEqual([
    ['preview', 'dc:dc1'],
    ['endSilence', 'a silence/1', '"silence-1"', 'anonymous'],
  ]);
});

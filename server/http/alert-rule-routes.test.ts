import { afterEach, expect, test } from 'vitest';
import type { DeadLetter } from '@/lib/alerts/alert-body';
import { APP_AT, appWith } from './testing/app-with';
import { type Answer, ask } from './testing/asking';
import { ScriptedAlertDesk } from './testing/scripted-alert-desk';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function rulesApi() {
  const desk = new ScriptedAlertDesk();
  const { app, close } = await appWith({ alerts: desk });
  closing.push(close);
  return { desk, ask: (request: string, sent?: Record<string, unknown>): Promise<Answer> => ask(app, request, sent) };
}

test('rules are told as they were written, and replaced by who saw them', async () => {
  const { desk, ask } = await rulesApi();
  const read = await ask('GET alert-rules');
  expect([read.body.text, read.headers.etag]).toEqual(['rules: []\n', '"rules-1"']);
  expect((await ask('PUT alert-rules', { body: { text: 'a' } })).code).toBe('precondition-required');
  const written = await ask('PUT alert-rules', { 'if-match': '"rules-1"', body: { text: 'a\0"服' } });
  expect([written.status, written.body.text, written.headers.etag]).toEqual([200, 'a\0"服', '"rules-2"']);
  expect(desk.asked).toEqual([['saveRules', 'a\0"服', '"rules-1"', 'anonymous']]);
});

test('rules may be long, whatever stands in them, and no longer', async () => {
  const { desk, ask } = await rulesApi();
  const seen = { 'if-match': '"rules-1"' };
  expect((await ask('PUT alert-rules', { ...seen, body: { text: '\0'.repeat(200_000) } })).status).toBe(200);
  expect((await ask('PUT alert-rules', { ...seen, body: { text: 'a'.repeat(200_001) } })).code).toBe('invalid-request');
  expect((await ask('PUT alert-rules', { ...seen, body: { text: 'a'.repeat(2_000_000) } })).code).toBe(
    'invalid-request',
  );
  expect(desk.asked).toHaveLength(1);
});

test('rules are tried over a time, which begins before it ends', async () => {
  const { desk, ask } = await rulesApi();
  const [from, to] = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'];
  expect((await ask('POST alert-rules/try', { body: { text: 'a' } })).status).toBe(200);
  expect((await ask('POST alert-rules/try', { body: { text: 'a', from, to } })).status).toBe(200);
  expect((await ask('POST alert-rules/try', { body: { text: 'a', from: to, to: from } })).code).toBe('invalid-request');
  expect((await ask('POST alert-rules/try', { body: { text: 'a' }, origin: 'http://evil.example' })).code).toBe(
    'foreign-origin',
  );
  expect(desk.asked).toEqual([
    ['tryRules', 'a', null, null],
    ['tryRules', 'a', Date.parse(from), Date.parse(to)],
  ]);
});

test('deliveries that were given up are told, sent once more and forgotten', async () => {
  const { desk, ask } = await rulesApi();
  const letter: DeadLetter = {
    ...{ id: 'a/b', outlet: 'pager', firstTriedAt: APP_AT, givenUpAt: APP_AT, tries: 9, reason: 'It hung.' },
    ...{ alerts: ['Flapping:dc1/web'], alertCount: 1, etag: '"l"' },
  };
  desk.letters = [letter];
  expect((await ask('GET dead-letters')).body).toEqual({ items: [letter] });
  expect((await ask('POST dead-letters/a%2Fb/send', { body: {} })).code).toBe('precondition-required');
  const sent = await ask('POST dead-letters/a%2Fb/send', { 'if-match': '"l"', body: {} });
  expect([sent.status, sent.body]).toEqual([204, null]);
  expect((await ask('DELETE dead-letters/a%2Fb')).code).toBe('precondition-required');
  expect((await ask('DELETE dead-letters/a%2Fb', { 'if-match': '"l"' })).status).toBe(204);
  expect(desk.asked).toEqual([
    ['resend', 'a/b', '"l"'],
    ['discard', 'a/b', '"l"'],
  ]);
});

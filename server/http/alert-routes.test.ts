import { afterEach, describe, expect, test } from 'vitest';
import { AlertRefusal, type AlertRefusalCode } from '@/server/alerts/alert-desk-parts';
import { appWith } from './testing/app-with';
import { type Answer, ask } from './testing/asking';
import { ScriptedAlertDesk } from './testing/scripted-alert-desk';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function alertsApi(rest: Parameters<typeof appWith>[0] = {}) {
  const desk = new ScriptedAlertDesk();
  const { app, close } = await appWith({ alerts: desk, ...rest });
  closing.push(close);
  const asking = (request: string, sent?: Record<string, unknown>): Promise<Answer> => ask(app, request, sent);
  return { app, desk, ask: asking };
}

const HOSTILE = ['Flapping:dc1/<b>\'"&', 'Flapping:dc1/%2F%252F', 'Flapping:dc1/服\n', `X:${'a/'.repeat(400)}`];

describe('alerts', () => {
  test('are told whole, by their states and by a filter, and not again where nothing changed', async () => {
    const { desk, ask } = await alertsApi();
    const all = await ask('GET alerts');
    expect([all.status, all.body]).toEqual([200, desk.body]);
    const [pending] = desk.body.items.filter(({ state }) => state === 'pending');
    const states = await ask('GET alerts?state=pending&state=suppressed');
    expect(new Set(states.body.items.map(({ state }: { state: string }) => state))).toEqual(
      new Set(desk.body.items.map(({ state }) => state).filter((state) => ['pending', 'suppressed'].includes(state))),
    );
    expect(states.headers.etag).not.toBe(all.headers.etag);
    expect((await ask('GET alerts?state=pending')).body.items.length > 0).toBe(pending !== undefined);
    expect((await ask('GET alerts?state=angry')).code).toBe('invalid-request');
    expect((await ask('GET alerts?filter=colour:red')).code).toBe('invalid-filter');

    const held = { 'if-none-match': String(all.headers.etag) };
    desk.body = { ...desk.body, seq: 8, at: '2026-01-01T00:00:01.000Z' };
    const again = await ask('GET alerts', held);
    expect([again.status, again.body, again.headers.etag]).toEqual([304, null, all.headers.etag]);
    desk.body = { ...desk.body, items: desk.body.items.slice(1) };
    expect((await ask('GET alerts', held)).status).toBe(200);
  });

  test('are found by their id, whatever stands in it', async () => {
    const { desk, ask } = await alertsApi();
    const [first] = desk.body.items;
    if (first === undefined) throw new Error('There is no example.');
    desk.body = { ...desk.body, items: [first, ...HOSTILE.map((id) => ({ ...first, id }))] };
    for (const id of [first.id, ...HOSTILE]) {
      const { status, body, headers } = await ask(`GET alerts/${encodeURIComponent(id)}`);
      expect([status, body.id, headers.etag]).toEqual([200, id, first.etag]);
    }
    expect((await ask('GET alerts/Flapping%3Adc1%2Fnobody')).code).toBe('unknown-alert');
  });

  test('are acknowledged and given back as they were seen', async () => {
    const { desk, ask } = await alertsApi();
    const id = desk.body.items[0]?.id ?? '';
    const path = `alerts/${encodeURIComponent(id)}/ack`;
    const taken = await ask(`POST ${path}`, { 'if-match': '"1"', body: { note: 'Mine.' } });
    expect([taken.status, taken.body.id, taken.headers.etag]).toEqual([200, id, desk.body.items[0]?.etag]);
    expect((await ask(`DELETE ${path}`, { 'if-match': '"2"' })).status).toBe(200);
    expect((await ask(`DELETE ${path}`, { 'if-match': '"3"', body: {} })).status).toBe(200);
    expect((await ask(`DELETE ${path}`, { 'if-match': '"4"', body: '' })).status).toBe(200);
    expect(desk.asked).toEqual([
      ['acknowledge', id, '"1"', 'Mine.', 'anonymous'],
      ...['"2"', '"3"', '"4"'].map((etag) => ['unacknowledge', id, etag, 'anonymous']),
    ]);
  });

  test('are not changed by who did not see them, or sends what is no wish', async () => {
    const { desk, ask } = await alertsApi();
    const path = 'alerts/Flapping%3Adc1%2Fweb/ack';
    const seen = { 'if-match': '"1"' };
    const answers = [
      await ask(`POST ${path}`, { body: { note: '' } }),
      await ask(`DELETE ${path}`),
      await ask(`POST ${path}`, { ...seen, body: {} }),
      await ask(`POST ${path}`, { ...seen, body: { note: 'a', by: 'root' } }),
      await ask(`POST ${path}`, { ...seen, body: { note: 'a'.repeat(1_001) } }),
      await ask(`POST ${path}`, { ...seen, body: '{' }),
      await ask(`POST ${path}`, { ...seen, body: '' }),
      await ask(`POST ${path}`, { ...seen, body: '{"note": "", "__proto__": {}}' }),
      await ask(`POST ${path}`, { ...seen }),
      await ask(`POST ${path}`, { ...seen, body: { note: '' }, origin: 'http://evil.example' }),
      await ask(`DELETE ${path}`, { ...seen, 'sec-fetch-site': 'cross-site' }),
    ];
    expect(answers.map(({ status, code }) => `${status} ${code}`)).toEqual([
      ...Array.from({ length: 2 }, () => '428 precondition-required'),
      ...Array.from({ length: 6 }, () => '400 invalid-request'),
      '415 unsupported-media-type',
      ...Array.from({ length: 2 }, () => '403 foreign-origin'),
    ]);
    expect(desk.asked).toEqual([]);
  });
});

const refusals: readonly (readonly [AlertRefusalCode, number, string])[] = [
  ['unknown-alert', 404, 'unknown-alert'],
  ['unknown-silence', 404, 'unknown-silence'],
  ['unknown-delivery', 404, 'unknown-delivery'],
  ['not-firing', 409, 'not-firing'],
  ['changed', 412, 'precondition-failed'],
  ['invalid-filter', 400, 'invalid-filter'],
  ['silence-in-the-past', 422, 'silence-in-the-past'],
  ['matches-all', 422, 'matches-all'],
  ['invalid-rules', 422, 'invalid-rules'],
  ['rules-not-here', 409, 'rules-not-here'],
  ['key-used', 422, 'key-used'],
  ['not-kept', 503, 'not-kept'],
];

test.each(refusals)('a refusal %s is answered with %i, its sentence and what stands', async (code, status, type) => {
  const { desk, ask } = await alertsApi();
  desk.refusal = new AlertRefusal(code, 'A sentence.', { present: { state: 'resolved' }, line: 3 });
  const answer = await ask('POST alerts/a/ack', { 'if-match': '"1"', body: { note: '' } });
  expect([answer.status, answer.code]).toEqual([status, type]);
  expect(answer.body).toMatchObject({ detail: 'A sentence.', present: { state: 'resolved' }, line: 3, status });
});

const writes = [
  'POST alerts/a/ack',
  'DELETE alerts/a/ack',
  'POST silences',
  'POST silences/preview',
  'DELETE silences/a',
  'PUT alert-rules',
  'POST dead-letters/a/send',
  'DELETE dead-letters/a',
];
const reads = ['GET alerts', 'GET silences', 'GET alert-rules', 'GET dead-letters'];

test('read-only there are no routes that change anything', async () => {
  const { desk, ask } = await alertsApi({ readOnly: true });
  for (const request of writes) {
    expect([request, (await ask(request, { 'if-match': '"1"', body: {} })).code]).toEqual([request, 'not-found']);
  }
  for (const request of reads) expect((await ask(request)).status).toBe(200);
  expect((await ask('POST alert-rules/try', { body: { text: '' } })).status).toBe(200);
  expect(desk.asked).toEqual([['tryRules', '', null, null]]);
});

test('where others can reach it nobody changes anything, since nobody signs in', async () => {
  const { desk, ask } = await alertsApi({ env: { HOST: '0.0.0.0', LICTOR_ALLOW_OPEN: '1' } });
  for (const request of writes) {
    const { code, body } = await ask(request, { 'if-match': '"1"', body: {} });
    expect([request, code]).toEqual([request, 'writes-closed']);
    expect(body.detail).toContain('LICTOR_AUTH');
  }
  expect(desk.asked).toEqual([]);
  for (const request of reads) expect((await ask(request)).status).toBe(200);
});

test('every route describes itself', async () => {
  const { ask } = await alertsApi();
  const { paths } = (await ask('GET openapi.json')).body as {
    paths: Record<string, Record<string, { summary?: string }>>;
  };
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { summary }]) => [`${method.toUpperCase()} ${path}`, summary] as const),
  );
  const own = described.filter(([route]) => /alert|silence|dead-letter/.test(route));
  expect(own.map(([route]) => route.replace('/api/v1/', '').replace('{id}', 'a'))).toEqual(
    expect.arrayContaining([...writes, ...reads, 'GET alerts/a', 'GET silences/a', 'POST alert-rules/try']),
  );
  for (const [, summary] of own) expect(summary).toMatch(/^[A-Z]/);
});

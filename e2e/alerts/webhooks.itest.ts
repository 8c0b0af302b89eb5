import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type HeardRequest, ScriptedServer } from '@/e2e/alerts/scripted-server';
import { until } from '@/e2e/world/until';
import type { AlertDelivery } from '@/server/alerts/delivery/delivery-parts';
import { deliveryStage, type StageWishes } from '@/server/alerts/delivery/testing/delivery-stage';
import { sentAlert } from '@/server/alerts/delivery/testing/sent-alert';
import { MemoryDocuments } from '@/server/alerts/testing/memory-documents';

const folder = mkdtempSync(join(tmpdir(), 'lictor-webhooks-'));
const secretFile = join(folder, 'secret');
const deliveries: AlertDelivery[] = [];
const servers: ScriptedServer[] = [];
let receiver: ScriptedServer;
let url: string;

beforeAll(() => writeFileSync(secretFile, 'first secret\n'));
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
  receiver = new ScriptedServer((_, response) => response.writeHead(204).end());
  servers.push(receiver);
  url = await receiver.start();
});

afterEach(async () => {
  await Promise.all(deliveries.splice(0).map((delivery) => delivery.stop()));
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

/** Retries come at once. */
const SOON: StageWishes = { random: () => 0 };

function lictor(webhook: Record<string, unknown> = {}, wishes: StageWishes = {}) {
  const alerts = { webhooks: [{ name: 'pager', url: `${url}/hook?key=k3y`, ...webhook }], webhookAllow: ['127.0.0.1'] };
  const stage = deliveryStage({ alerts, ...SOON, ...wishes });
  deliveries.push(stage.delivery);
  stage.delivery.start();
  return stage;
}

const bodyOf = ({ body }: HeardRequest) =>
  JSON.parse(body) as {
    version: number;
    delivery: string;
    sentAt: string;
    alerts: { event: string; id: string; url: string; state: string }[];
  };
const told = (heard: readonly HeardRequest[]) =>
  heard.flatMap((request) => bodyOf(request).alerts.map(({ event, id }) => `${event} ${id}`));
const heard = (count: number, from = receiver) =>
  until(`${count} requests`, () => from.heard.length >= count && from.heard);
/** Its reason, once it has one. */
const reasonOf = (delivery: AlertDelivery) => until('a reason', () => delivery.outlets[0]?.reason ?? null);

test('what changes together is one signed delivery, with the public record, what happened and a link to its page', async () => {
  const { delivery, documents } = lictor({ secretFile });
  const [one, two] = [sentAlert({ name: 'one' }), sentAlert({ name: 'two', silenced: SILENCED })];
  delivery.tell([one]);
  delivery.tell([one, two]);
  const [request] = await heard(1);
  if (request === undefined) throw new Error('nothing was heard');
  expect(request).toMatchObject({ method: 'POST', path: '/hook?key=k3y' });
  const body = bodyOf(request);
  expect(body).toMatchObject({ version: 1, delivery: request.headers['x-lictor-delivery'] });
  expect(body.alerts).toEqual([
    { event: 'firing', ...one.record, url: one.url },
    { event: 'silenced', ...two.record, url: two.url },
  ]);
  const timestamp = String(request.headers['x-lictor-timestamp']);
  expect(Math.abs(Number(timestamp) * 1_000 - Date.now())).toBeLessThan(60_000);
  const hmac = createHmac('sha256', 'first secret').update(`${timestamp}.${request.body}`).digest('hex');
  expect(request.headers['x-lictor-signature']).toBe(`sha256=${hmac}`);
  await until('nothing to be left of it', async () => {
    const kept = await documents.all('webhook-delivery');
    return kept.every(({ id }) => id === 'told:pager');
  });
  expect(delivery.outlets[0]).toMatchObject({ state: 'ok', url: `${url}/…`, waiting: 0 });
  expect(delivery.stats.webhook).toEqual({ sent: 1, failed: 0, retried: 0, deadLetters: 0 });
});

const SILENCED = { untilMs: Date.now() + 3_600_000, by: 'ann', reason: 'known' };

test('each turn of an alert is told once, in deliveries of their own', async () => {
  const { delivery } = lictor();
  const firedAtMs = Date.now();
  const acknowledged = { by: 'ann', at: '2026-11-27T08:00:00.000Z', note: '' };
  const { id } = sentAlert().record;
  for (const [at, alert] of [
    sentAlert({ firedAtMs }),
    sentAlert({ firedAtMs, acknowledged }),
    sentAlert({ firedAtMs, acknowledged, resolvedAtMs: firedAtMs + 1 }),
    sentAlert({ firedAtMs: firedAtMs + 2 }),
  ].entries()) {
    delivery.tell([alert]);
    await heard(at + 1);
  }
  expect(told(receiver.heard)).toEqual([`firing ${id}`, `acknowledged ${id}`, `resolved ${id}`, `firing ${id}`]);
  expect(new Set(receiver.heard.map(({ headers }) => headers['x-lictor-delivery'])).size).toBe(4);
});

test('a thousand at once are ten deliveries', async () => {
  const { delivery } = lictor();
  delivery.tell(Array.from({ length: 1_000 }, (_, at) => sentAlert({ name: `service-${at}` })));
  await heard(10);
  expect(new Set(told(receiver.heard)).size).toBe(1_000);
  await until('all to have arrived', () => delivery.outlets[0]?.waiting === 0);
  expect(receiver.heard).toHaveLength(10);
});

test('the secret is read again when its file changes, and nothing goes out unsigned while there is none', async () => {
  const file = join(folder, 'changing');
  writeFileSync(file, 'before');
  const { delivery } = lictor({ secretFile: file });
  writeFileSync(file, '');
  delivery.tell([sentAlert({ name: 'one' })]);
  expect(await reasonOf(delivery)).toMatch(/the file of its secret is empty or cannot be read; correct it\.$/);
  expect(receiver.heard).toEqual([]);
  writeFileSync(file, 'after');
  delivery.tell([sentAlert({ name: 'one' }), sentAlert({ name: 'two' })]);
  const { headers, body } = (await heard(1))[0] as HeardRequest;
  const hmac = createHmac('sha256', 'after').update(`${headers['x-lictor-timestamp']}.${body}`).digest('hex');
  expect(headers['x-lictor-signature']).toBe(`sha256=${hmac}`);
});

test('what fails is tried again with the same bytes and the same id, until it arrives', async () => {
  let failures = 3;
  receiver.answer = (_, response) => {
    failures -= 1;
    response.writeHead(failures >= 0 ? 503 : 200).end(failures >= 0 ? `busy \u001b[31m /hook?key=k3y` : '');
  };
  const { delivery, warnings } = lictor();
  delivery.tell([sentAlert()]);
  const all = await heard(4);
  await until('it to be well', () => delivery.outlets[0]?.state === 'ok');
  expect(new Set(all.map(({ body }) => body)).size).toBe(1);
  expect(new Set(all.map(({ headers }) => headers['x-lictor-delivery'])).size).toBe(1);
  expect(delivery.stats.webhook).toEqual({ sent: 1, failed: 3, retried: 3, deadLetters: 0 });
  expect(warnings).toEqual([
    'The webhook pager did not take a delivery: it answered 503: "busy [31m [secret]". It is kept and tried again.',
  ]);
});

test('after the last try it is a dead letter, which a person sends once more under the same id, or discards', async () => {
  receiver.answer = (_, response) => response.writeHead(500).end();
  const { delivery, documents } = lictor({ tries: 2 });
  delivery.tell([sentAlert({ name: 'one' })]);
  const [letter] = await until('a dead letter', () => delivery.deadLetters.length > 0 && delivery.deadLetters);
  expect(letter).toMatchObject({
    ...{ outlet: 'pager', tries: 2, alertCount: 1, alerts: [sentAlert({ name: 'one' }).record.id] },
    reason: 'Tries: 2; at last it answered 500.',
  });
  expect(delivery.outlets[0]).toMatchObject({ waiting: 0, deadLetters: 1 });
  expect(delivery.stats.webhook).toMatchObject({ failed: 2, retried: 1, deadLetters: 1 });
  if (letter === undefined) return;
  expect(await delivery.resend(letter.id, '"0"')).toBe('changed');
  expect(await delivery.resend('another', letter.etag)).toBe('unknown');
  receiver.answer = (_, response) => response.end();
  expect(await delivery.resend(letter.id, letter.etag)).toBe('done');
  const all = await heard(3);
  expect(new Set(all.map(({ headers }) => headers['x-lictor-delivery']))).toEqual(new Set([letter.id]));
  expect(delivery.deadLetters).toEqual([]);
  expect(await delivery.resend(letter.id, letter.etag)).toBe('unknown');

  receiver.answer = (_, response) => response.writeHead(500).end();
  delivery.tell([sentAlert({ name: 'one' }), sentAlert({ name: 'two' })]);
  const [other] = await until('another', () => delivery.deadLetters.length > 0 && delivery.deadLetters);
  expect(await delivery.discard(other?.id ?? '', other?.etag ?? '')).toBe('done');
  expect(await documents.all('webhook-dead-letter')).toEqual([]);
});

test('another that leads goes on: what was on its way has the same id, what was told is not told again, what came meanwhile is', async () => {
  const documents = new MemoryDocuments();
  receiver.answer = (_, response) => response.writeHead(500).end();
  const late = { random: () => 0.5, documents };
  const before = lictor({}, late);
  const [one, two, three] = ['one', 'two', 'three'].map((name) => sentAlert({ name, firedAtMs: Date.now() }));
  if (one === undefined || two === undefined || three === undefined) return;
  before.delivery.tell([one]);
  await heard(1);
  receiver.answer = (_, response) => response.end();
  before.delivery.tell([one, two]);
  await heard(2);
  await until('the second to have arrived', () => before.delivery.outlets[0]?.waiting === 1);
  before.leadership.set(false);

  const after = lictor({}, { documents, leads: false });
  after.delivery.tell([one, two, three]);
  expect(after.delivery.outlets[0]?.state).toBe('idle');
  after.leadership.set(true);
  const all = await until(
    'all four',
    () => receiver.heard.length >= 3 && told(receiver.heard).length >= 3 && receiver.heard,
  );
  await until('the first, which waits for its next try', () => after.delivery.outlets[0]?.waiting === 1);
  expect(told(all.slice(1))).toEqual([`firing ${two.record.id}`, `firing ${three.record.id}`]);
  const kept = (await documents.all('webhook-delivery')).map(({ id }) => id).filter((id) => id !== 'told:pager');
  expect(kept).toEqual([all[0]?.headers['x-lictor-delivery']]);
});

test('what a dead leader had kept is sent by the next, though it was never written that it was told', async () => {
  const documents = new MemoryDocuments();
  const put = documents.put.bind(documents);
  // It dies between its two writes.
  documents.put = async (kind, id, ...rest) => (id === 'told:pager' ? new Promise(() => {}) : put(kind, id, ...rest));
  const before = lictor({}, { documents });
  const alert = sentAlert({ firedAtMs: Date.now() });
  before.delivery.tell([alert]);
  const [kept] = await until('a delivery to be kept', async () => {
    const all = await documents.all('webhook-delivery');
    return all.length > 0 && all;
  });
  before.leadership.set(false);
  documents.put = put;
  const after = lictor({}, { documents });
  after.delivery.tell([alert]);
  const all = await heard(1);
  await until('nothing to wait', () => after.delivery.outlets[0]?.waiting === 0);
  expect(all[0]?.headers['x-lictor-delivery']).toBe(kept?.id);
  // A later one goes alone: the first is not made anew.
  after.delivery.tell([alert, sentAlert({ name: 'later', firedAtMs: Date.now() })]);
  await heard(2);
  expect(told(receiver.heard)).toEqual([`firing ${alert.record.id}`, 'firing Flapping:dc1/later']);
  deliveries.splice(deliveries.indexOf(before.delivery), 1);
});

test('while nothing can be kept nothing is sent, and it is told why; then all is', async () => {
  const documents = new MemoryDocuments();
  const { delivery } = lictor({}, { documents });
  await until('it to be ready', () => delivery.outlets[0]?.state === 'ok');
  documents.trouble = new Error('The database is out of reach.');
  delivery.tell([sentAlert()]);
  await until('it to fail', () => delivery.outlets[0]?.state === 'failing');
  expect(delivery.outlets[0]?.reason).toMatch(
    /^What webhooks are told cannot be kept now.*The database is out of reach\.$/,
  );
  expect(receiver.heard).toEqual([]);
  documents.trouble = null;
  await heard(1);
});

test('a redirect is not followed: it is a failure that says so', async () => {
  const elsewhere = new ScriptedServer((_, response) => response.end());
  servers.push(elsewhere);
  const location = await elsewhere.start();
  receiver.answer = (_, response) => response.writeHead(307, { location }).end();
  const { delivery } = lictor({ tries: 1 });
  delivery.tell([sentAlert()]);
  const [letter] = await until('a dead letter', () => delivery.deadLetters.length > 0 && delivery.deadLetters);
  expect(letter?.reason).toMatch(/it answered 307 and sends on to another address, which Lictor does not follow/);
  expect(elsewhere.heard).toEqual([]);
});

test('of an answer of ten megabytes no more than a little is read, and it is a failure', async () => {
  let pieces = 0;
  let isOver = false;
  receiver.answer = (_, response) => {
    response.once('close', () => {
      isOver = true;
    });
    const more = () => {
      while (pieces < 160 && !isOver) {
        pieces += 1;
        if (!response.write(Buffer.alloc(65_536, 'x'))) return;
      }
      response.end();
    };
    response.on('drain', more);
    more();
  };
  const { delivery } = lictor({ tries: 1 });
  delivery.tell([sentAlert()]);
  const [letter] = await until('a dead letter', () => delivery.deadLetters.length > 0 && delivery.deadLetters);
  expect(letter?.reason).toMatch(/its answer is longer than 65536 bytes\.$/);
  await until('its socket to be ended', () => isOver);
  expect(pieces).toBeLessThan(160);
});

test.each<[string, ScriptedServer['answer']]>([
  ['never answers', () => undefined],
  ['begins to answer and never ends', (_, response) => response.write('{')],
])('one that %s is given up in time', async (_, answer) => {
  receiver.answer = answer;
  const { delivery } = lictor({ tries: 1, timeoutMs: 500 });
  delivery.tell([sentAlert()]);
  const [letter] = await until('a dead letter', () => delivery.deadLetters.length > 0 && delivery.deadLetters);
  expect(letter?.reason).toMatch(/no answer came within \d+ ms\.$/);
});

test('nothing goes to an internal address that was not named, also where a name leads to it', async () => {
  const port = receiver.port;
  const refused = async (target: string, resolve: StageWishes['resolve']) => {
    const alerts = { webhooks: [{ name: 'pager', url: target, tries: 1 }], webhookAllow: [] };
    const stage = deliveryStage({ alerts, ...SOON, ...(resolve && { resolve }) });
    deliveries.push(stage.delivery);
    stage.delivery.start();
    stage.delivery.tell([sentAlert()]);
    const [letter] = await until(
      'a dead letter',
      () => stage.delivery.deadLetters.length > 0 && stage.delivery.deadLetters,
    );
    return letter?.reason;
  };
  const internal = /127\.0\.0\.1 is an internal address \(loopback\), and alerts\.webhookAllow does not name it\.$/;
  expect(await refused(url, undefined)).toMatch(internal);
  expect(await refused(`http://hooks.example:${port}/`, async () => [{ address: '127.0.0.1', family: 4 }])).toMatch(
    internal,
  );
  expect(await refused('http://169.254.169.254/latest/', undefined)).toMatch(/link-local, where clouds keep/);
  expect(receiver.heard).toEqual([]);
});

test('a name that has another address by the time of the connection is not looked up once more', async () => {
  let asked = 0;
  // Allowed at first; whoever asked again would be led elsewhere.
  const resolve = async () => {
    asked += 1;
    return [{ address: asked === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
  };
  const { delivery } = lictor({ url: `http://rebound.example:${receiver.port}/` }, { resolve });
  delivery.tell([sentAlert()]);
  const [request] = await heard(1);
  expect(request?.headers.host).toBe(`rebound.example:${receiver.port}`);
  expect(asked).toBe(1);
});

test('deliveries of a webhook that is none any more are given up', async () => {
  const documents = new MemoryDocuments();
  receiver.answer = (_, response) => response.writeHead(500).end();
  const before = lictor({}, { documents, random: () => 0.9 });
  before.delivery.tell([sentAlert()]);
  await heard(1);
  await before.delivery.stop();
  const after = lictor({ name: 'other' }, { documents });
  const [letter] = await until(
    'a dead letter',
    () => after.delivery.deadLetters.length > 0 && after.delivery.deadLetters,
  );
  expect(letter).toMatchObject({ outlet: 'pager', reason: 'There is no webhook of this name any more.' });
});

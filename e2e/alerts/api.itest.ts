import { afterAll, beforeAll, expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import { FollowedStream } from '@/e2e/harness/followed-stream';
import { type LictorUnderTest, lictorFor } from '@/e2e/harness/lictor-for';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { startWorld } from '@/e2e/world/start-world';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import type { AlertRecord, AlertsBody } from '@/lib/alerts/alert-body';
import { alertId } from '@/lib/alerts/alert-id';
import { serviceKey } from '@/lib/fleet/keys';
import { AlertClient, type Answered } from './alert-client';

const RULES = `rules:
  - alert: Down
    when: instance-critical
  - alert: Watchdog
    when: watchdog
    severity: info
`;
const HOUR = 3_600_000;
const HOSTILE = '<img src=x onerror=alert(1)> "\'`{{7*7}}` \u202e💥 \0\ud800 ; drop table document; --';

let world: World;
let consul: ConsulHttp;
let lictor: LictorUnderTest;
let client: AlertClient;
const endings: (() => unknown)[] = [];

beforeAll(async () => {
  world = await startWorld({ datacenters: 1, clientsPerDatacenter: 0, shop: false });
  consul = world.consul('dc1');
  lictor = await lictorFor(consul.address);
  await lictor.synced();
  client = new AlertClient(lictor.url);
  await client.useRules(RULES);
});

afterAll(async () => {
  for (const end of endings) await end();
  await lictor?.close();
  await world?.stop();
});

const later = (ms: number): string => new Date(Date.now() + ms).toISOString();
const codeOf = ({ status, body }: Answered<unknown>): string => `${status} ${body.type?.split(':').at(-1) ?? 'done'}`;

async function inState(id: string, state: AlertRecord['state']): Promise<AlertRecord> {
  return until(`${id} to be ${state}`, async () => {
    const { body } = await client.alerts();
    return body.items.find((alert) => alert.id === id && alert.state === state);
  });
}

/** A service whose one instance is critical. @returns its alert's id */
async function fallen(service: string): Promise<string> {
  await putInstance(consul, { node: 'edge', service, status: 'critical', output: 'refused' });
  const id = alertId('Down', serviceKey('dc1', service));
  await inState(id, 'firing');
  return id;
}

test('an alert is acknowledged by who saw it as it is, is told with what happened to it, and is given back', async () => {
  const id = await fallen('ack');
  const { etag } = await inState(id, 'firing');
  expect(codeOf(await client.acknowledge(id, null, 'Mine.'))).toBe('428 precondition-required');
  const stale = await client.acknowledge(id, '"stale"', 'Mine.');
  expect([codeOf(stale), stale.body.present?.etag, stale.body.present?.state]).toEqual([
    '412 precondition-failed',
    etag,
    'firing',
  ]);
  const taken = await client.acknowledge(id, etag, 'Mine.');
  expect([taken.status, taken.body.state, taken.body.acknowledged]).toEqual([
    200,
    'acknowledged',
    { by: 'anonymous', at: expect.any(String), note: 'Mine.' },
  ]);
  expect(taken.etag).not.toBe(etag);
  expect(codeOf(await client.acknowledge(id, etag, 'Mine too.'))).toBe('412 precondition-failed');
  const states = await until('its history to be recorded', async () => {
    const { body } = await client.alert(id);
    const told = body.history.map(({ to }) => to);
    return told.includes('firing') && told.includes('acknowledged') && body;
  });
  expect(states.acknowledged?.note).toBe('Mine.');
  expect((await client.giveBack(id, taken.etag)).body).toMatchObject({ state: 'firing', acknowledged: null });
});

test('there is nothing to acknowledge of what is over, or of what never was', async () => {
  const id = await fallen('over');
  await putInstance(consul, { node: 'edge', service: 'over', status: 'passing' });
  const { etag } = await inState(id, 'resolved');
  expect(codeOf(await client.acknowledge(id, etag))).toBe('409 not-firing');
  expect(codeOf(await client.acknowledge('Down:dc1/nobody', etag))).toBe('404 unknown-alert');
  expect(codeOf(await client.alert('Down:dc1/nobody'))).toBe('404 unknown-alert');
});

test('a silence holds for what matches until it is ended, and is made once for a key', async () => {
  const [id, other] = [await fallen('quiet'), await fallen('loud')];
  const wish = { filter: 'service=quiet', to: later(HOUR), reason: 'The disk is changed.' };
  expect((await client.preview(wish.filter)).body).toMatchObject({ matches: [id], matchesAll: false });
  expect(codeOf(await client.silence(wish, null))).toBe('428 precondition-required');
  const made = await client.silence(wish, 'key-1');
  expect([made.status, made.body.by, made.body.state]).toEqual([201, 'anonymous', 'active']);
  const again = await client.silence(wish, 'key-1');
  expect([again.status, again.body.id]).toEqual([201, made.body.id]);
  expect(codeOf(await client.silence({ ...wish, reason: 'Another.' }, 'key-1'))).toBe('422 key-used');
  expect((await inState(id, 'silenced')).silencedBy).toEqual([made.body.id]);
  await inState(other, 'firing');
  expect((await client.alerts()).body.silences.map(({ id: one }) => one)).toEqual([made.body.id]);

  const path = made.body.id;
  expect(codeOf(await client.endSilence(path, null))).toBe('428 precondition-required');
  expect(codeOf(await client.endSilence(path, '"stale"'))).toBe('412 precondition-failed');
  expect(codeOf(await client.endSilence('nobody', '"stale"'))).toBe('404 unknown-silence');
  const seen = await client.send<{ etag: string }>('GET', `silences/${encodeURIComponent(path)}`);
  expect((await client.endSilence(path, seen.etag)).body.state).toBe('expired');
  await inState(id, 'firing');
});

test('a silence is refused that is over before it begins, that cannot be read, or that holds for everything unless that is said once more', async () => {
  const id = await fallen('all');
  const wish = { filter: 'service=all', to: later(HOUR), reason: 'A test.' };
  expect(codeOf(await client.silence({ ...wish, to: later(-HOUR) }, 'past-1'))).toBe('422 silence-in-the-past');
  expect(codeOf(await client.silence({ ...wish, from: later(2 * HOUR) }, 'past-2'))).toBe('422 silence-in-the-past');
  expect(codeOf(await client.silence({ ...wish, filter: 'colour:red' }, 'unread'))).toBe('400 invalid-filter');
  const everything = { ...wish, filter: '' };
  expect(codeOf(await client.silence(everything, 'all'))).toBe('422 matches-all');
  expect((await client.preview('')).body.matchesAll).toBe(true);
  const made = await client.silence({ ...everything, confirmAll: true }, 'all');
  expect(made.status).toBe(201);
  await inState(id, 'silenced');
  await client.endSilence(made.body.id, made.etag);
  await inState(id, 'firing');
});

test('rules with an error are refused with line and reason, and the old ones stay; none are saved over unseen', async () => {
  const { etag, body } = await client.rules();
  expect([body.text, body.state.source, body.saveRefusal]).toEqual([RULES, 'record', null]);
  const broken = await client.saveRules('rules:\n  - alert: Down\n    when: never\n', etag);
  expect([codeOf(broken), broken.body.line]).toEqual(['422 invalid-rules', 3]);
  expect(broken.body.reason ?? broken.body.detail).toMatch(/when/);
  expect(codeOf(await client.saveRules(RULES, '"stale"'))).toBe('412 precondition-failed');
  expect((await client.rules()).etag).toBe(etag);
  const tried = await client.tryRules(RULES);
  expect([tried.status, tried.body.rules.map(({ rule }) => rule)]).toEqual([200, ['Down', 'Watchdog']]);
  expect(codeOf(await client.tryRules('rules: 7'))).toBe('422 invalid-rules');
});

test('hostile names, notes and reasons stay what they are, in the API and in the stream', async () => {
  const service = 'a/b:%2F<b>"\'';
  const id = await fallen(service);
  const { etag } = await inState(id, 'firing');
  const taken = await client.acknowledge(id, etag, HOSTILE);
  expect([taken.status, taken.body.acknowledged?.note, taken.body.subject.name]).toEqual([200, HOSTILE, service]);
  const made = await client.silence({ filter: 'service=nobody', to: later(HOUR), reason: HOSTILE }, 'hostile');
  expect([made.status, made.body.reason]).toEqual([201, HOSTILE]);
  const stream = await FollowedStream.open(lictor.url, ['alerts']);
  endings.push(() => stream.reader.cut());
  await until('the stream to tell the same', async () => {
    const told = stream.body('alerts') as AlertsBody | null;
    const { body } = await client.alerts();
    expect({ ...told, seq: 0, at: '' }).toEqual({ ...body, seq: 0, at: '' });
    return told?.items.find((one) => one.id === id)?.acknowledged?.note === HOSTILE;
  });
  expect((await client.endSilence(made.body.id, made.etag)).status).toBe(200);
});

test('the stream follows an alert from its beginning to its end without being asked again', async () => {
  const stream = await FollowedStream.open(lictor.url, ['alerts']);
  endings.push(() => stream.reader.cut());
  await stream.reader.frame('the opening', ({ event }) => event === 'heartbeat');
  const id = await fallen('followed');
  await until('it to be told', () => stream.reader.changesOf('alerts').some(({ change }) => change.key === id));
  await putInstance(consul, { node: 'edge', service: 'followed', status: 'passing' });
  await inState(id, 'resolved');
  await until('both to say the same', async () => {
    const { body } = await client.alerts();
    expect({ ...stream.body('alerts'), seq: 0, at: '' }).toEqual({ ...body, seq: 0, at: '' });
    return true;
  });
  expect(stream.reader.snapshots.filter(({ topic }) => topic === 'alerts')).toHaveLength(1);
});

test('alerts are found by state and filter, and not sent again where nothing changed', async () => {
  const id = await fallen('found');
  const one = await client.alerts(`?state=firing&filter=${encodeURIComponent('service=found')}`);
  expect(one.body.items.map((alert) => alert.id)).toEqual([id]);
  const again = await fetch(`${lictor.url}/api/v1/alerts?state=firing&filter=service%3Dfound`, {
    headers: { 'if-none-match': one.etag ?? '' },
  });
  expect([again.status, await again.text()]).toEqual([304, '']);
});

test('deliveries that do not exist are neither sent nor forgotten', async () => {
  expect((await client.send('GET', 'dead-letters')).body).toEqual({ items: [] });
  const seen = { 'if-match': '"a"' };
  expect(codeOf(await client.send('POST', 'dead-letters/a/send', {}, seen))).toBe('404 unknown-delivery');
  expect(codeOf(await client.send('DELETE', 'dead-letters/a', undefined, seen))).toBe('404 unknown-delivery');
});

test('read-only nobody changes anything, and everything is told', async () => {
  const readOnly = await lictorFor(consul.address, { LICTOR_READ_ONLY: '1' });
  endings.push(() => readOnly.close());
  await readOnly.synced();
  const reader = new AlertClient(readOnly.url);
  const { body } = await reader.alerts();
  expect(body.rules.source).toBe('defaults');
  const tried = [
    await reader.acknowledge('Down:dc1/ack', '"a"'),
    await reader.giveBack('Down:dc1/ack', '"a"'),
    await reader.silence({ filter: 'dc:dc1', to: later(HOUR), reason: 'A test.' }, 'k'),
    await reader.preview('dc:dc1'),
    await reader.endSilence('a', '"a"'),
    await reader.saveRules(RULES, '"a"'),
    await reader.send('POST', 'dead-letters/a/send', {}, { 'if-match': '"a"' }),
  ];
  expect(tried.map(codeOf)).toEqual(tried.map(() => '404 not-found'));
});

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Notified } from '@/e2e/alerts/notified';
import { Alertmanager } from '@/e2e/world/alertmanager';
import { PortPool } from '@/e2e/world/port-pool';
import { Supervisor } from '@/e2e/world/supervised';
import { until } from '@/e2e/world/until';
import type { AlertDelivery } from '@/server/alerts/delivery/delivery-parts';
import { deliveryStage } from '@/server/alerts/delivery/testing/delivery-stage';
import { type AlertWishes, sentAlert } from '@/server/alerts/delivery/testing/sent-alert';

/** A real Alertmanager, and whom it calls. */
const pool = new PortPool();
const supervisor = new Supervisor();
const notified = new Notified();
const deliveries: AlertDelivery[] = [];
let alertmanager: Alertmanager;
let url: string;

beforeAll(async () => {
  url = await notified.start();
  alertmanager = new Alertmanager(supervisor, await pool.take(), { webhookUrl: url });
  await alertmanager.start();
});

afterEach(async () => {
  await Promise.all(deliveries.splice(0).map((delivery) => delivery.stop()));
});

afterAll(async () => {
  await supervisor.end();
  await notified.stop();
  await pool.release();
});

const FAST = { alertmanager: { resendMs: 1_000, timeoutMs: 2_000 } };

function lictor({ leads = true, to = [alertmanager], alerts = {} as unknown } = {}) {
  const alertmanagers = to.map(({ address }) => ({ url: address, basicAuth: null }));
  const stage = deliveryStage({ alertmanagers, leads, alerts });
  deliveries.push(stage.delivery);
  stage.delivery.start();
  return stage;
}

/** An alert of a service that no other test has. */
let services = 0;
const alertOf = (wishes: AlertWishes = {}) => {
  services += 1;
  const own = { name: `payment-${services}`, firedAtMs: Date.now() - 60_000, ...wishes };
  return (more: AlertWishes = {}) => sentAlert({ ...own, ...more });
};

const there = async (id: string, at = alertmanager) =>
  (await at.alerts()).find(({ labels }) => labels.lictor_alert === id);
const arrived = (id: string, at = alertmanager) => until(`${id} at Alertmanager`, () => there(id, at));
const gone = (id: string, at = alertmanager) =>
  until(`${id} to be over at Alertmanager`, async () => (await there(id, at)) === undefined);
const callsOf = (id: string) => notified.calls.filter((call) => call.endsWith(` ${id}`));
const called = (id: string, calls: string[]) =>
  until(`${id} to be told as ${calls.join(', ')}`, () => JSON.stringify(callsOf(id)) === JSON.stringify(calls));

test('an alert is there with its labels, annotations and a link to its page, and is over when it is resolved', async () => {
  const { delivery } = lictor();
  const firedAtMs = Date.now() - 60_000;
  const alert = alertOf({
    firedAtMs,
    labels: { team: 'a "b" \\ é\n' },
    annotations: { runbook: 'https://x.example/' },
  });
  const { record, url: page } = alert();
  delivery.tell([alert()]);
  const seen = await arrived(record.id);
  expect(seen.labels).toEqual(alert().labels);
  expect(seen.annotations).toEqual({ summary: record.summary, runbook: 'https://x.example/' });
  expect(seen.generatorURL).toBe(page);
  expect(Date.parse(seen.startsAt)).toBe(firedAtMs);
  // Four times the pause between two tellings: if Lictor dies it is over by itself after that.
  expect(Math.abs(Date.parse(seen.endsAt) - Date.now() - 240_000)).toBeLessThan(20_000);
  await called(record.id, [`firing ${record.id}`]);
  delivery.tell([alert({ resolvedAtMs: Date.now() - 1_000 })]);
  await gone(record.id);
  await called(record.id, [`firing ${record.id}`, `resolved ${record.id}`]);
});

test('its end is kept fresh as long as it fires, and it ends by itself once nobody tells of it', async () => {
  const { delivery } = lictor({ alerts: FAST });
  const alert = alertOf();
  const { id } = alert().record;
  delivery.tell([alert()]);
  const first = Date.parse((await arrived(id)).endsAt);
  await until('a later end', async () => Date.parse((await arrived(id)).endsAt) > first);
  await delivery.stop();
  await gone(id);
  await called(id, [`firing ${id}`, `resolved ${id}`]);
});

test('what is silenced in Lictor calls nobody, and calls once the silence is ended', async () => {
  const { delivery } = lictor();
  const alert = alertOf();
  const { id } = alert().record;
  const silenced = { untilMs: Date.now() + 3_600_000, by: 'ann', reason: 'known' };
  delivery.tell([alert({ silenced })]);
  expect((await arrived(id)).status).toMatchObject({ state: 'suppressed' });
  const own = (await alertmanager.silences()).filter(({ matchers }) => matchers[0]?.value === id);
  expect(own).toMatchObject([
    {
      createdBy: 'Lictor',
      comment: 'known (silenced in Lictor by ann)',
      matchers: [{ name: 'lictor_alert', value: id }],
    },
  ]);
  // It has been told, so whatever it would have called for is over by the time another is.
  const other = alertOf();
  delivery.tell([alert({ silenced }), other()]);
  await called(other().record.id, [`firing ${other().record.id}`]);
  expect(callsOf(id)).toEqual([]);
  // Another end is the same silence, or another in its place; never two.
  delivery.tell([alert({ silenced: { ...silenced, untilMs: silenced.untilMs + 60_000 } }), other()]);
  await until('one silence with the later end', async () => {
    const [one, ...more] = (await alertmanager.silences()).filter(({ matchers }) => matchers[0]?.value === id);
    return more.length === 0 && Math.abs(Date.parse(one?.endsAt ?? '') - silenced.untilMs - 60_000) < 2_000;
  });
  delivery.tell([alert(), other()]);
  await called(id, [`firing ${id}`]);
  expect((await alertmanager.silences()).filter(({ matchers }) => matchers[0]?.value === id)).toEqual([]);
});

test('a silence that a person made there is told, with what it holds for', async () => {
  const alert = alertOf();
  const { id } = alert().record;
  const made = await alertmanager.silence('service', alert().record.subject.name, {
    createdBy: 'bob',
    comment: 'moving house',
  });
  const { delivery } = lictor();
  delivery.tell([alert()]);
  await arrived(id);
  // Read anew by the next that leads, or after 15 s.
  const { delivery: next } = lictor();
  next.tell([alert()]);
  await until('the silence to be told', () => next.silencedElsewhere(id).length > 0);
  expect(next.silencedElsewhere(id)).toMatchObject([{ by: 'bob', comment: 'moving house' }]);
  expect(next.outlets[0]?.silences.find((one) => one.id === made)).toMatchObject({
    matchers: `service="${alert().record.subject.name}"`,
    by: 'bob',
  });
});

test('another that leads goes on: nobody is called twice, a silence is not doubled, what ended meanwhile ends, what it does not know stays', async () => {
  const before = lictor();
  const [stays, ends, silent, foreign] = [alertOf(), alertOf(), alertOf(), alertOf()];
  const silenced = { untilMs: Date.now() + 3_600_000, by: 'ann', reason: 'known' };
  before.delivery.tell([stays(), ends(), silent({ silenced }), foreign()]);
  for (const one of [stays, ends, silent, foreign]) await arrived(one().record.id);
  const [stayId, endId, silentId] = [stays, ends, silent].map((one) => one().record.id) as [string, string, string];
  await called(stayId, [`firing ${stayId}`]);
  await called(endId, [`firing ${endId}`]);
  before.leadership.set(false);
  expect(before.delivery.outlets[0]?.state).toBe('idle');
  before.delivery.tell([stays()]);

  const after = lictor({ leads: false });
  const now = [stays(), ends({ resolvedAtMs: Date.now() }), silent({ silenced })];
  after.delivery.tell(now);
  after.leadership.set(true);
  await called(endId, [`firing ${endId}`, `resolved ${endId}`]);
  await until('all to be told', () => after.delivery.outlets[0]?.waiting === 0);
  expect(callsOf(stayId)).toEqual([`firing ${stayId}`]);
  expect(callsOf(silentId)).toEqual([]);
  expect((await alertmanager.silences()).filter(({ matchers }) => matchers[0]?.value === silentId)).toHaveLength(1);
  expect(await there(foreign().record.id)).toBeDefined();
});

test('a thousand at once are there, each once', async () => {
  const { delivery } = lictor();
  const alerts = Array.from({ length: 1_000 }, () => alertOf({ rule: 'Mass' })());
  const news: string[] = [];
  delivery.onChange((sent) => news.push(...sent.map(({ id }) => id)));
  delivery.tell(alerts);
  await until(
    'all of them',
    async () => (await alertmanager.alerts()).filter(({ labels }) => labels.alertname === 'Mass').length === 1_000,
  );
  await until('all to be news', () => news.length >= 1_000);
  expect(new Set(news).size).toBe(1_000);
  delivery.tell(alerts.map((alert) => ({ ...alert, resolvedAtMs: Date.now() })));
  await until('all to be over', async () =>
    (await alertmanager.alerts()).every(({ labels }) => labels.alertname !== 'Mass'),
  );
});

test('while it is down nothing is lost: what fires is told when it is back, what ended meanwhile has ended, and nobody is called twice', async () => {
  const { delivery, warnings } = lictor();
  const [stays, ends, comes, flits] = [alertOf(), alertOf(), alertOf(), alertOf()];
  const ids = [stays, ends, comes].map((one) => one().record.id) as [string, string, string];
  delivery.tell([stays(), ends()]);
  await called(ids[0], [`firing ${ids[0]}`]);
  await called(ids[1], [`firing ${ids[1]}`]);
  await alertmanager.stop();
  const resolvedAtMs = Date.now();
  delivery.tell([stays(), ends({ resolvedAtMs }), comes(), flits()]);
  await until('it to be told that Alertmanager is down', () => delivery.outlets[0]?.state === 'failing');
  expect(delivery.outlets[0]?.reason).toMatch(/nothing listens there\.$/);
  expect(delivery.outlets[0]?.waiting).toBeGreaterThan(0);
  // One that is not told of any more is not forgotten for it.
  delivery.tell([stays(), comes(), flits({ resolvedAtMs: Date.now() })]);
  delivery.tell([stays(), comes()]);
  await alertmanager.start();
  await called(ids[2], [`firing ${ids[2]}`]);
  await called(ids[1], [`firing ${ids[1]}`, `resolved ${ids[1]}`]);
  await until('all to be told', () => delivery.outlets[0]?.state === 'ok' && delivery.outlets[0].waiting === 0);
  expect(callsOf(ids[0])).toEqual([`firing ${ids[0]}`]);
  // Of two that ended in the meantime each was told.
  expect(await alertmanager.metric('alertmanager_alerts_received_total', 'status="resolved",version="v2"')).toBe(2);
  expect(warnings).toHaveLength(1);
});

test('one that has forgotten what it was told is told again', async () => {
  const { delivery } = lictor();
  const alert = alertOf();
  delivery.tell([alert()]);
  await arrived(alert().record.id);
  await alertmanager.kill();
  await alertmanager.start();
  // It notices by looking, or because a refresh is due; both are sooner than the alert would have ended.
  await until('it to be there again', () => there(alert().record.id), { deadlineMs: 40_000 });
});

test('of two that are a cluster each is told, with one silence for both, and whoever is called is called once', async () => {
  const [portA, portB] = [await pool.take(), await pool.take()];
  const pair = [
    new Alertmanager(supervisor, await pool.take(), { webhookUrl: url, cluster: { port: portA, peers: [portB] } }),
    new Alertmanager(supervisor, await pool.take(), { webhookUrl: url, cluster: { port: portB, peers: [portA] } }),
  ] as const;
  await Promise.all(pair.map((one) => one.start()));
  await until('the cluster to stand', async () => {
    const peers = await Promise.all(pair.map((one) => one.metric('alertmanager_cluster_members')));
    return peers.every((count) => count === 2);
  });
  const { delivery } = lictor({ to: [...pair] });
  const [alert, silent] = [alertOf(), alertOf()];
  const [id, silentId] = [alert().record.id, silent().record.id];
  const silenced = { untilMs: Date.now() + 3_600_000, by: 'ann', reason: 'known' };
  delivery.tell([alert(), silent({ silenced })]);
  for (const one of pair) {
    await arrived(id, one);
    expect((await arrived(silentId, one)).status.state).toBe('suppressed');
  }
  await called(id, [`firing ${id}`]);
  // Both may have been told it at once; at the next look one of the two goes.
  await until(
    'one silence in the cluster',
    async () => (await pair[0].silences()).filter(({ matchers }) => matchers[0]?.value === silentId).length === 1,
    { deadlineMs: 40_000 },
  );
  await pair[0].kill();
  await until('one of them to be told as failing', () => delivery.outlets.some(({ state }) => state === 'failing'), {
    deadlineMs: 40_000,
  });
  delivery.tell([alert({ resolvedAtMs: Date.now() }), silent({ silenced })]);
  await gone(id, pair[1]);
  await called(id, [`firing ${id}`, `resolved ${id}`]);
  expect(callsOf(silentId)).toEqual([]);
});

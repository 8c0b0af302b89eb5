import { expect, onTestFinished, test } from 'vitest';
import type { AlertBody, AlertsBody } from '@/lib/alerts/alert-body';
import { flapSettingsBy } from '@/lib/flapping/flap-settings';
import { foldAlerts } from '@/lib/stream/alert-changes';
import { AlertRefusal } from '@/server/alerts/alert-desk-parts';
import type { AlertDelivery } from '@/server/alerts/delivery/delivery-parts';
import { FlapBook } from '@/server/alerts/flaps/flap-book';
import { FlapWatch } from '@/server/alerts/flaps/flap-watch';
import { Surroundings } from '@/server/alerts/flaps/surroundings';
import type { SentAlert } from '@/server/alerts/outlet-parts';
import { RulesSource } from '@/server/alerts/rules/rules-source';
import { MemoryDocuments } from '@/server/alerts/testing/memory-documents';
import { SmallWorld } from '@/server/alerts/testing/small-world';
import { settled } from '@/server/consul/testing/manual-clock';
import { AlertEngine } from './alert-engine';

const RULES = `
rules:
  - { alert: Critical, when: instance-critical, severity: warning, for: 10s }
  - { alert: NodeDown, when: node-critical, severity: critical, for: 5s }
  - { alert: Flapping, when: flapping, severity: warning, keep_firing_for: 1m }
  - { alert: Lost, when: datacenter-lost, severity: critical, for: 10s }
  - { alert: Watchdog, when: watchdog, severity: info }
`;

const log = { info: () => {}, warn: () => {} };

interface Given {
  readonly documents?: MemoryDocuments;
  readonly mayWrite?: () => boolean;
  /** Of the documents, from when the rules are known. */
  readonly trouble?: Error;
}

async function running(world: SmallWorld, given: Given = {}) {
  const { documents = new MemoryDocuments(), mayWrite = () => true, trouble = null } = given;
  const { clock, store } = world;
  const told: (readonly SentAlert[])[] = [];
  const recorded: string[] = [];
  const outlets: AlertDelivery = {
    ...{ stats: undefined as never, outlets: [], deadLetters: [], silencedElsewhere: () => [], onChange: () => {} },
    ...{ tell: (alerts) => told.push(alerts), resend: async () => 'unknown', discard: async () => 'unknown' },
    ...{ start: () => {}, stop: async () => {} },
  };
  if ((await documents.all('alert-rules')).length === 0)
    await documents.put('alert-rules', 'rules', JSON.stringify({ text: RULES, by: 'test' }), 0);
  const rules = new RulesSource({ rulesFile: null, documents, clock, log });
  await rules.start();
  const flaps: FlapWatch = new FlapWatch({
    ...{ clock, fleet: store, record: world.record, clockStepMs: () => 0, log, before: () => engine.before() },
    settings: () => ({ settingsOf: flapSettingsBy([]), fastestSlotMs: 30_000, widestSlotMs: 300_000 }),
    ...{ progress: () => ({ synced: world.synced, notLive: 0 }), oldestUnreadMs: () => null },
    onChange: (owners) => engine.flapsChanged(owners),
  });
  const nowMs = () => clock.now();
  const surroundings = new Surroundings({ fleet: store, flaps, definitionOf: () => null, nowMs });
  const flapBook = new FlapBook({ fleet: store, flaps, surroundings, nowMs });
  const publisher = {
    epoch: 1,
    get seq() {
      return world.published.length;
    },
    publish: world.publish,
  };
  const engine: AlertEngine = new AlertEngine({
    ...{ clock, fleet: store, publisher, documents, rules, outlets, flaps, flapBook, mayWrite, log },
    ...{ reader: { alerts: async () => [] }, expiries: () => [], isSynced: () => world.synced, clockStepMs: () => 0 },
    reachesAll: () => true,
    later: setImmediate,
    recorded: (subject, alert, from, to) => recorded.push(`${subject.kind} ${alert} ${from} ${to}`),
    tryRules: () => Promise.reject(new Error('not here')),
    writeRefusal: null,
    ...{ baseUrl: () => 'http://lictor', replica: 'one', onHot: () => {} },
  });
  for (const observer of [flaps, engine.judge]) store.observe(observer);
  for (const dc of store.datacenters()) engine.judge.onDatacenter(dc, undefined, store.datacenterRecord(dc));
  documents.trouble = trouble;
  flaps.start();
  await engine.start();
  await settled();
  const stop = async () => {
    flaps.stop();
    await engine.stop();
  };
  onTestFinished(stop);
  const states = () => engine.records.map(({ id, state }) => `${id} ${state}`);
  return { engine, desk: engine.desk, documents, told, recorded, states, stop };
}

const alertOf = (body: AlertsBody, id: string) => body.items.find((one) => one.id === id) as AlertBody;

function someWorld(): SmallWorld {
  const world = new SmallWorld();
  world.nodes({ a: 'passing', b: 'passing' });
  world.service('web', { 'a/web-1': 'passing', 'b/web-2': 'passing' });
  return world;
}

test('what is critical is pending, fires after its time, is sent with its page, is recorded, and is over', async () => {
  const world = someWorld();
  const { states, told, recorded, desk } = await running(world);
  expect(states()).toEqual(['Watchdog:lictor firing']);
  world.service('web', { 'a/web-1': 'critical', 'b/web-2': 'passing' });
  await settled();
  expect(states()).toContain('Critical:dc1/web pending');
  expect(told.at(-1)?.map(({ record }) => record.id)).toEqual(['Watchdog:lictor']);
  await world.clock.advance(10_000);
  expect(states()).toContain('Critical:dc1/web firing');
  expect(told.at(-1)?.[0]).toMatchObject({
    url: 'http://lictor/alerts?alert=Critical%3Adc1%2Fweb',
    labels: { alertname: 'Critical', service: 'web', dc: 'dc1', lictor_alert: 'Critical:dc1/web' },
    resolvedAtMs: null,
  });
  world.service('web', { 'a/web-1': 'passing', 'b/web-2': 'passing' });
  await settled();
  expect(states()).toContain('Critical:dc1/web resolved');
  expect(told.at(-1)?.[0]?.resolvedAtMs).toBe(world.clock.now());
  expect(recorded.filter((edge) => edge.startsWith('service'))).toEqual([
    'service Critical:dc1/web pending firing',
    'service Critical:dc1/web firing resolved',
  ]);
  expect((await desk.alert('Critical:dc1/web')).resolvedAt).not.toBeNull();
});

test('the topic is what the body is: folded from what was published it says the same', async () => {
  const world = someWorld();
  const { desk } = await running(world);
  const empty = { ...desk.alerts(), items: [], silences: [], outlets: [] };
  world.service('web', { 'a/web-1': 'critical', 'b/web-2': 'passing' });
  await world.clock.advance(20_000);
  await desk.silence(
    { filter: 'alert:Critical', to: world.clock.iso(world.clock.now() + 60_000), reason: 'r' },
    'k',
    'x',
  );
  const changes = world.published.filter(({ topic }) => topic === 'alerts').flatMap((event) => event.changes);
  const { items, silences } = foldAlerts(empty, changes);
  expect({ items, silences }).toEqual({ items: desk.alerts().items, silences: desk.alerts().silences });
  expect(items.map(({ state }) => state)).toEqual(['silenced', 'firing']);
});

test('a lost node is one alert with its services inside, which nobody is called for', async () => {
  const world = someWorld();
  world.service('api', { 'a/api-1': 'passing' });
  const { states, told, desk } = await running(world);
  world.nodes({ a: 'critical', b: 'passing' });
  world.service('web', { 'a/web-1': 'passing', 'b/web-2': 'passing' }, { a: 'critical' });
  world.service('api', { 'a/api-1': 'passing' }, { a: 'critical' });
  await world.clock.advance(20_000);
  expect(states()).toEqual([
    'Critical:dc1/api suppressed',
    'Critical:dc1/web suppressed',
    'NodeDown:dc1/a firing',
    'Watchdog:lictor firing',
  ]);
  expect(alertOf(desk.alerts(), 'NodeDown:dc1/a').suppresses).toEqual(['Critical:dc1/api', 'Critical:dc1/web']);
  expect(told.flat().some(({ record }) => record.rule === 'Critical')).toBe(false);
});

test('what flaps fires, says so with its strip, and says more as it goes on', async () => {
  const world = someWorld();
  const { desk, states } = await running(world);
  await world.clock.advance(90_000);
  for (let n = 0; n < 14; n += 1) {
    world.service('web', { 'a/web-1': n % 2 === 0 ? 'critical' : 'passing', 'b/web-2': 'passing' });
    await world.clock.advance(20_000);
  }
  expect(states()).toContain('Flapping:dc1/web firing');
  const { evidence, flap, etag } = await desk.alert('Flapping:dc1/web');
  expect(evidence).toMatchObject({ kind: 'flapping', flapping: 1, all: 2, members: [{ check: 'ttl' }] });
  expect(flap?.transitions.length).toBeGreaterThan(9);
  const before = evidence.kind === 'flapping' ? evidence.changes : 0;
  world.service('web', { 'a/web-1': 'critical', 'b/web-2': 'passing' });
  await world.clock.advance(2_000);
  const after = await desk.alert('Flapping:dc1/web');
  expect(after.evidence).toMatchObject({ changes: before + 1 });
  expect(after.etag).toBe(etag);
});

test('who sees to it is written down before it counts, and whoever saw something else is told so', async () => {
  const world = someWorld();
  const { desk, documents } = await running(world);
  world.service('web', { 'a/web-1': 'critical', 'b/web-2': 'passing' });
  await world.clock.advance(10_000);
  const { etag } = await desk.alert('Critical:dc1/web');
  documents.trouble = new Error('The disk is full.');
  await expect(desk.acknowledge('Critical:dc1/web', etag, '', 'ann')).rejects.toMatchObject({ code: 'not-kept' });
  expect((await desk.alert('Critical:dc1/web')).state).toBe('firing');
  documents.trouble = null;
  const both = await Promise.allSettled(
    ['ann', 'ben'].map((by) => desk.acknowledge('Critical:dc1/web', etag, 'n', by)),
  );
  expect(both[0]).toMatchObject({ status: 'fulfilled', value: { state: 'acknowledged', acknowledged: { by: 'ann' } } });
  expect(both[1]).toMatchObject({ status: 'rejected', reason: { code: 'changed', members: { present: {} } } });
  const acknowledged = await desk.alert('Critical:dc1/web');
  expect((await desk.unacknowledge('Critical:dc1/web', acknowledged.etag, 'ben')).state).toBe('firing');
  await expect(desk.acknowledge('None:dc1', '"x"', '', 'ann')).rejects.toMatchObject({ code: 'unknown-alert' });
  await expect(desk.acknowledge('Watchdog:lictor', '"x"', '', 'ann')).rejects.toBeInstanceOf(AlertRefusal);
});

test('another Lictor that shares the documents hears of both within seconds', async () => {
  const world = someWorld();
  const one = await running(world);
  const other = await running(world, { documents: one.documents, mayWrite: () => false });
  world.service('web', { 'a/web-1': 'critical', 'b/web-2': 'passing' });
  await world.clock.advance(10_000);
  const { etag } = await one.desk.alert('Critical:dc1/web');
  await one.desk.acknowledge('Critical:dc1/web', etag, 'mine', 'ann');
  await world.clock.advance(2_100);
  expect((await other.desk.alert('Critical:dc1/web')).acknowledged).toMatchObject({ by: 'ann', note: 'mine' });
  expect(other.recorded).toEqual([]);
});

test('a silence begins and ends by itself; refused are one in the past, one that cannot be read, and one for all unless it is said twice', async () => {
  const world = someWorld();
  const { desk, states } = await running(world);
  world.service('web', { 'a/web-1': 'critical', 'b/web-2': 'passing' });
  await world.clock.advance(10_000);
  const at = (ms: number) => world.clock.iso(world.clock.now() + ms);
  const wish = { filter: 'service:web', reason: 'known' };
  const code = (code: string) => expect.objectContaining({ code });
  await expect(desk.silence({ ...wish, to: at(-1) }, 'a', 'x')).rejects.toEqual(code('silence-in-the-past'));
  await expect(desk.silence({ ...wish, from: at(9), to: at(5) }, 'b', 'x')).rejects.toEqual(
    code('silence-in-the-past'),
  );
  await expect(desk.silence({ ...wish, filter: 'nope:(', to: at(9) }, 'c', 'x')).rejects.toEqual(
    code('invalid-filter'),
  );
  await expect(desk.silence({ ...wish, filter: '', to: at(9) }, 'd', 'x')).rejects.toEqual(code('matches-all'));
  const all = await desk.silence({ ...wish, filter: '', to: at(1_000), confirmAll: true }, 'e', 'x');
  expect(all).toMatchObject({ state: 'active', matches: 2 });
  await world.clock.advance(1_500);
  expect(states()).toContain('Critical:dc1/web firing');
  const made = await desk.silence({ ...wish, from: at(2_000), to: at(60_000) }, 'f', 'x');
  expect(await desk.silence({ ...wish, from: at(2_000), to: at(60_000) }, 'f', 'x')).toEqual(made);
  await world.clock.advance(2_500);
  expect(states()).toContain('Critical:dc1/web silenced');
  await expect(desk.endSilence(made.id, '"9"', 'x')).rejects.toEqual(code('changed'));
  expect(await desk.endSilence(made.id, made.etag, 'x')).toMatchObject({ state: 'expired' });
  expect(states()).toContain('Critical:dc1/web firing');
  expect(await desk.previewSilence('service:web')).toEqual({
    matches: ['Critical:dc1/web'],
    alerts: 2,
    matchesAll: false,
    lately: 0,
  });
});

test('after a restart all is as it was: since when, acknowledged, silenced, and nothing fires a second time', async () => {
  const world = someWorld();
  const first = await running(world);
  world.service('web', { 'a/web-1': 'critical', 'b/web-2': 'passing' });
  await world.clock.advance(15_000);
  const before = await first.desk.alert('Critical:dc1/web');
  await first.desk.acknowledge('Critical:dc1/web', before.etag, 'mine', 'ann');
  await first.stop();
  await world.clock.advance(5_000);
  world.synced = false;
  const second = await running(world, { documents: first.documents });
  expect(second.states(), 'before its first read').toContain('Critical:dc1/web acknowledged');
  world.synced = true;
  await world.clock.advance(2_000);
  const after = await second.desk.alert('Critical:dc1/web');
  expect(after).toMatchObject({ since: before.since, firedAt: before.firedAt, acknowledged: { note: 'mine' } });
  expect(second.recorded.filter((edge) => edge.includes('Critical'))).toEqual([]);
  await second.stop();
  world.service('web', { 'a/web-1': 'passing', 'b/web-2': 'passing' });
  const third = await running(world, { documents: first.documents });
  await world.clock.advance(2_000);
  expect(third.recorded.filter((edge) => edge.includes('Critical'))).toEqual([
    'service Critical:dc1/web acknowledged resolved',
  ]);
});

test('what was open in a datacenter that went while nobody watched is over once Consul has not named it for a while', async () => {
  const world = someWorld();
  const first = await running(world);
  world.service('web', { 'a/web-1': 'critical', 'b/web-2': 'passing' });
  await world.clock.advance(15_000);
  await first.stop();
  const elsewhere = new SmallWorld();
  elsewhere.store.forgetDatacenter('dc1');
  const second = await running(elsewhere, { documents: first.documents });
  await elsewhere.clock.advance(30_000);
  expect(second.states()).toContain('Critical:dc1/web firing');
  await elsewhere.clock.advance(31_000);
  expect(second.states()).toContain('Critical:dc1/web resolved');
});

test('documents that cannot be read at the start keep nothing from being judged; what they hold counts once they can', async () => {
  const world = someWorld();
  const first = await running(world);
  world.service('web', { 'a/web-1': 'critical', 'b/web-2': 'passing' });
  await world.clock.advance(15_000);
  const { since, etag, firedAt } = await first.desk.alert('Critical:dc1/web');
  await first.desk.acknowledge('Critical:dc1/web', etag, 'mine', 'ann');
  await first.stop();
  world.service('web', { 'a/web-1': 'passing', 'b/web-2': 'passing' });
  await world.clock.advance(1_000);
  world.service('api', { 'a/api-1': 'critical' });
  const second = await running(world, { documents: first.documents, trouble: new Error('It does not answer.') });
  await world.clock.advance(11_000);
  expect(second.states()).toContain('Critical:dc1/api firing');
  await expect(second.desk.silence({ filter: 'dc:dc1', to: since, reason: 'r' }, 'k', 'x')).rejects.toMatchObject({
    code: 'not-kept',
  });
  first.documents.trouble = null;
  await world.clock.advance(3_000);
  expect(second.states()).toContain('Critical:dc1/web resolved');
  expect((await second.desk.alert('Critical:dc1/web')).firedAt).toBe(firedAt);
});

test('of a datacenter that is not live nothing begins, ripens or ends, and that it is lost fires', async () => {
  const world = someWorld();
  const { states } = await running(world);
  world.service('web', { 'a/web-1': 'critical', 'b/web-2': 'passing' });
  await world.clock.advance(5_000);
  world.freshness('lost', null);
  await world.clock.advance(60_000);
  expect(states()).toEqual(['Critical:dc1/web pending', 'Lost:dc1 firing', 'Watchdog:lictor firing']);
  world.freshness('live');
  await world.clock.advance(6_000);
  expect(states()).toContain('Critical:dc1/web firing');
  expect(states()).toContain('Lost:dc1 resolved');
});

test('other rules judge what stands anew', async () => {
  const world = someWorld();
  const { desk, states } = await running(world);
  world.service('web', { 'a/web-1': 'critical', 'b/web-2': 'passing' });
  await world.clock.advance(10_000);
  const text = 'rules: [{ alert: Few, when: few-healthy, least: 2, severity: critical, for: 0s }]';
  await desk.saveRules(text, desk.rules().etag, 'ann');
  await settled();
  expect(states()).toEqual(['Critical:dc1/web resolved', 'Few:dc1/web firing', 'Watchdog:lictor resolved']);
  await expect(desk.saveRules('rules: [', desk.rules().etag, 'ann')).rejects.toMatchObject({ code: 'invalid-rules' });
  expect(desk.rules().state.error).toBeNull();
});

test('who begins to write records what became of it since another one wrote last', async () => {
  const world = someWorld();
  const documents = new MemoryDocuments();
  let writes = false;
  const leader = await running(world, { documents, mayWrite: () => !writes });
  const follower = await running(world, { documents, mayWrite: () => writes });
  world.service('web', { 'a/web-1': 'critical', 'b/web-2': 'passing' });
  await world.clock.advance(12_000);
  await leader.stop();
  world.service('web', { 'a/web-1': 'passing', 'b/web-2': 'passing' });
  await world.clock.advance(3_000);
  expect(follower.recorded).toEqual([]);
  writes = true;
  await world.clock.advance(1_000);
  expect(follower.recorded).toEqual(['service Critical:dc1/web firing resolved']);
});

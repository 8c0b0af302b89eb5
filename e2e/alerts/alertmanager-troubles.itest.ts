import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HeardRequest, ScriptedServer } from '@/e2e/alerts/scripted-server';
import { until } from '@/e2e/world/until';
import type { AlertDelivery } from '@/server/alerts/delivery/delivery-parts';
import { deliveryStage, type StageWishes } from '@/server/alerts/delivery/testing/delivery-stage';
import { sentAlert } from '@/server/alerts/delivery/testing/sent-alert';
import { SystemClock } from '@/server/consul/clock';

/** What no real Alertmanager does at a test's wish. */
type Answer = ScriptedServer['answer'];
const deliveries: AlertDelivery[] = [];
const servers: ScriptedServer[] = [];
let url: string;
let server: ScriptedServer;

beforeEach(async () => {
  [server, url] = await started(well());
});

afterEach(async () => {
  await Promise.all(deliveries.splice(0).map((delivery) => delivery.stop()));
  await Promise.all(servers.splice(0).map((one) => one.stop()));
});

async function started(answer: Answer): Promise<[ScriptedServer, string]> {
  const one = new ScriptedServer(answer);
  servers.push(one);
  return [one, await one.start()];
}

/** An Alertmanager without alerts, as far as Lictor asks. @param post answers what is posted, when it is not to be taken */
function well(post: Answer = (_, response) => response.end()): Answer {
  return (request, response) => {
    if (request.method === 'POST') post(request, response);
    else if (request.path.endsWith('/status')) response.end('{"uptime":"2026-11-27T01:00:00.000Z"}');
    else response.end('[]');
  };
}

function lictor(wishes: StageWishes & { to?: readonly string[] } = {}) {
  const alertmanagers = (wishes.to ?? [url]).map((one) => ({ url: one, basicAuth: 'sre:s3cret' }));
  const stage = deliveryStage({ alertmanagers, ...wishes });
  deliveries.push(stage.delivery);
  stage.delivery.start();
  return stage;
}

interface Posted {
  labels: Record<string, string>;
  startsAt: string;
  endsAt: string;
}
const postedIn = ({ body }: HeardRequest) => JSON.parse(body) as Posted[];
const posts = (at = server) => at.heard.filter(({ method, path }) => method === 'POST' && path === '/api/v2/alerts');
const ids = (requests: readonly HeardRequest[]) =>
  requests.flatMap((one) => postedIn(one).map(({ labels }) => labels.service));

test('one alert that is refused holds up no other: the batch is halved until it stands alone', async () => {
  server.answer = well((request, response) => {
    const bad = postedIn(request).some(({ labels }) => labels.service === 'bad');
    response.writeHead(bad ? 422 : 200).end(bad ? '{"code":601,"message":"s3cret generatorURL"}' : '');
  });
  const { delivery } = lictor();
  const good = Array.from({ length: 399 }, (_, at) => sentAlert({ name: `good-${at}` }));
  delivery.tell([...good.slice(0, 57), sentAlert({ name: 'bad' }), ...good.slice(57)]);
  await until('all others to be taken', () => delivery.outlets[0]?.waiting === 1);
  expect(delivery.outlets[0]).toMatchObject({
    state: 'failing',
    reason: `${url} is not as it should be: it does not take Flapping:dc1/bad: it answered 422: "{\\"code\\":601,\\"message\\":\\"[secret] generatorURL\\"}".`,
  });
  const alone = posts().filter((one) => postedIn(one).length === 1);
  expect(ids(alone)).toContain('bad');
  expect(posts().every((one) => postedIn(one).length <= 200)).toBe(true);
  // Each halving asks twice: 1 + 2 * 8 for that batch, 1 for the other.
  expect(posts().length).toBeLessThanOrEqual(18);
  // Once it has changed it is told again at once.
  server.answer = well();
  delivery.tell([...good, sentAlert({ name: 'bad', labels: { team: 'mended' } })]);
  await until('all to be taken', () => delivery.outlets[0]?.state === 'ok' && delivery.outlets[0].waiting === 0);
});

test.each([401, 403, 429, 500, 503])(
  '%i is no matter of one alert: all of them wait, and nothing is halved',
  async (status) => {
    server.answer = well((_, response) => response.writeHead(status).end('<html>s3cret c3JlOnMzY3JldA==</html>'));
    const { delivery, warnings } = lictor();
    delivery.tell([sentAlert({ name: 'one' }), sentAlert({ name: 'two' })]);
    await until('three tries', () => posts().length >= 3);
    expect(posts().every((one) => postedIn(one).length === 2)).toBe(true);
    expect(delivery.outlets[0]).toMatchObject({
      ...{ state: 'failing', waiting: 2 },
      reason: `${url} is not as it should be: it answered ${status}: "<html>[secret] [secret]</html>".`,
    });
    expect(warnings).toHaveLength(1);
    server.answer = well();
    await until('both to be taken', () => delivery.outlets[0]?.state === 'ok' && delivery.outlets[0].waiting === 0);
  },
);

test('one of two that is slow or out of reach keeps the other from nothing', async () => {
  const [hanging, hangingUrl] = await started(well(() => undefined));
  const { delivery } = lictor({ to: [url, hangingUrl], alerts: { alertmanager: { timeoutMs: 1_000 } } });
  delivery.tell([sentAlert({ name: 'one' })]);
  await until('the slow one to fail', () => delivery.outlets.some(({ state }) => state === 'failing'));
  delivery.tell([sentAlert({ name: 'one' }), sentAlert({ name: 'two' })]);
  await until('the other to have both', () => new Set(ids(posts())).size === 2);
  expect(delivery.outlets.map(({ state }) => state).sort()).toEqual(['failing', 'ok']);
  expect(delivery.outlets.find(({ state }) => state === 'failing')?.reason).toMatch(/no answer came within 1000 ms\.$/);
  hanging.answer = well();
  await until('both to be well', () => delivery.outlets.every(({ state, waiting }) => state === 'ok' && waiting === 0));
  expect(new Set(ids(posts(hanging))).size).toBe(2);
});

test('an answer without an end, a page that is no Alertmanager and a redirect are reasons', async () => {
  const [, elsewhere] = await started(well());
  const cases: [Answer, RegExp][] = [
    [well((_, response) => response.end(Buffer.alloc(1_000_000, 'x'))), /its answer is longer than 65536 bytes\.$/],
    [(_, response) => response.end('<html>'), /not as Alertmanager's API v2 does; check the address\.$/],
    [(_, response) => response.writeHead(302, { location: elsewhere }).end(), /answered 302 and sends on to another/],
    [(_, response) => response.socket?.destroy(), /the connection was closed without an answer\.$/],
  ];
  for (const [answer, reason] of cases) {
    server.answer = answer;
    const { delivery } = lictor();
    delivery.tell([sentAlert()]);
    await until('it to fail', () => delivery.outlets[0]?.state === 'failing');
    expect(delivery.outlets[0]?.reason).toMatch(reason);
    await delivery.stop();
  }
  expect(servers[1]?.heard).toEqual([]);
});

test('what is silenced is not told before its silence is there', async () => {
  const silences: string[] = [];
  server.answer = well((request, response) => {
    if (request.path !== '/api/v2/silences') response.end();
    else if (silences.push(request.body) < 3) response.writeHead(400).end('"no"');
    else response.end('{"silenceID":"1"}');
  });
  const { delivery } = lictor({ alerts: { alertmanager: { resendMs: 1_000 } } });
  const silenced = { untilMs: Date.now() + 3_600_000, by: 'ann', reason: 'known' };
  delivery.tell([sentAlert({ name: 'silent', silenced }), sentAlert({ name: 'loud' })]);
  await until('the loud one', () => ids(posts()).includes('loud'));
  await until('its silence to be refused', () => delivery.outlets[0]?.state === 'failing');
  expect(ids(posts())).not.toContain('silent');
  await until('the silent one', () => ids(posts()).includes('silent'));
  const order = server.heard.filter(({ method, body }) => method === 'POST' && body.includes('dc1/silent'));
  expect(order.map(({ path }) => path).slice(0, 4)).toEqual([
    '/api/v2/silences',
    '/api/v2/silences',
    '/api/v2/silences',
    '/api/v2/alerts',
  ]);
});

test('whoever does not lead asks and tells nothing', async () => {
  const { delivery, leadership } = lictor({ leads: false });
  delivery.tell([sentAlert()]);
  await until('it to have looked', () => server.heard.length >= 3);
  leadership.set(true);
  await until('the alert', () => posts().length === 1);
  leadership.set(false);
  delivery.tell([sentAlert({ resolvedAtMs: Date.now() }), sentAlert({ name: 'other' })]);
  await until('it to be idle', () => delivery.outlets[0]?.state === 'idle');
  const other = lictor();
  other.delivery.tell([sentAlert({ name: 'third' })]);
  await until('the other to be heard', () => ids(posts()).includes('third'));
  expect(ids(posts())).toEqual(['payment', 'third']);
});

test('an alert ends in the future of an Alertmanager whose clock is set otherwise, and of a machine whose clock is set back', async () => {
  const theirNowMs = Date.now() + 3_600_000;
  server.answer = (request, response) => {
    response.setHeader('date', new Date(theirNowMs).toUTCString());
    well()(request, response);
  };
  const ends = () => posts().map((one) => Date.parse(postedIn(one)[0]?.endsAt ?? '') - theirNowMs);
  let setBackMs = 0;
  const clock = new SystemClock(() => Date.now() - setBackMs);
  const { delivery, warnings } = lictor({ clock, alerts: { alertmanager: { resendMs: 1_000 } } });
  delivery.tell([sentAlert()]);
  await until('it to be told', () => posts().length > 0);
  setBackMs = 7_200_000;
  const before = posts().length;
  await until('it to be told again', () => posts().length > before + 1);
  for (const ahead of ends()) {
    expect(ahead).toBeGreaterThan(0);
    expect(ahead).toBeLessThan(30_000);
  }
  expect(warnings[0]).toMatch(/differs from this machine's by 3\d{3} s/);
});

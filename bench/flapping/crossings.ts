import { setTimeout as wait } from 'node:timers/promises';
import { startMeasuredLictor } from '@/bench/measure/measured-lictor';
import { preciseNow } from '@/bench/measure/now';
import { launchChromium, watchPainted } from '@/bench/measure/painted-page';
import { withRules } from '@/e2e/alerts/fast-rules';
import { Alertmanager } from '@/e2e/world/alertmanager';
import { startWorld } from '@/e2e/world/start-world';
import { Supervisor } from '@/e2e/world/supervised';
import { until } from '@/e2e/world/until';
import type { AlertsBody } from '@/lib/alerts/alert-body';
import { CrossingService } from './crossing-service';

const CROSSINGS = 24;
/** A few flap at once, and what has rested is over before the page is full. */
const BEGIN_EVERY_MS = 2_000;
const LOOK_EVERY_MS = 20;
const DEADLINE_MS = 60_000;
const DC = 'dc1';

/** As in life, but for the pace: slots of a second, and what rests is over soon. */
const RULES = `
flapping:
  defaults:
    settle: 0s
    scales: [{ slot: 1s, begins_above: 30, ends_below: 25, least_recoveries: 3 }]
rules:
  - { alert: Flapping, when: flapping }
  - { alert: InstanceCritical, when: instance-critical, for: 2m }
  - { alert: Watchdog, when: watchdog, severity: info }
`;

/** Ids of what fires; the list has only those lines that are on the screen. */
const FIRING = `[...document.querySelectorAll('[data-alert-state="firing"]')].map(({ dataset }) => dataset.key).join('\\n')`;

/** From before the write of the transition that crosses the line, ms. */
export interface Crossings {
  readonly toPage: number[];
  readonly toAlertmanager: number[];
}

/** Services cross the line of fast settings one after the other: when is that painted, and when does a real Alertmanager have it? */
export async function measureCrossings(): Promise<Crossings> {
  const stops: (() => unknown)[] = [];
  try {
    const world = await startWorld({ datacenters: 1, clientsPerDatacenter: 0, shop: false });
    stops.push(() => world.stop());
    const consul = world.consul(DC);
    const names = Array.from({ length: CROSSINGS }, (_, at) => `crossing-${at + 1}`);
    const services = names.map((name) => new CrossingService(consul, name, DC));
    for (const service of services) await service.register();
    const supervisor = new Supervisor();
    stops.push(() => supervisor.end());
    const alertmanager = new Alertmanager(supervisor, await world.takePort(), { webhookUrl: null });
    await alertmanager.start();
    const lictor = await startMeasuredLictor({
      CONSUL_HTTP_ADDR: consul.address,
      LICTOR_ALERTMANAGER_URL: alertmanager.address,
      ...withRules(world.folder, RULES),
    });
    stops.push(() => lictor.stop());

    const painted = new Map<string, number>();
    stops.push(await watchFiring(`${lictor.address}/alerts`, painted));
    const arrived = new Map<string, number>();
    stops.push(watchAlertmanager(alertmanager, arrived));

    await Promise.all(
      services.map(async (service, at) => {
        await wait(at * BEGIN_EVERY_MS);
        const flapping = service.flap();
        const { alert } = service;
        await until(`${alert} to be seen`, () => painted.has(alert) && arrived.has(alert), { deadlineMs: DEADLINE_MS });
        service.rest();
        await flapping;
      }),
    );

    const { items } = (await (await fetch(`${lictor.address}/api/v1/alerts`)).json()) as AlertsBody;
    const crossed = services.map((service) => {
      const { alert } = service;
      const since = items.find(({ id }) => id === alert)?.since;
      if (since === undefined) throw new Error(`${alert} is not told any more.`);
      return { alert, writtenMs: service.writtenBefore(Date.parse(since)) };
    });
    const delays = (seen: ReadonlyMap<string, number>) =>
      crossed.map(({ alert, writtenMs }) => (seen.get(alert) ?? Number.NaN) - writtenMs);
    return { toPage: delays(painted), toAlertmanager: delays(arrived) };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** Notes when each alert that fires was painted first. */
async function watchFiring(url: string, painted: Map<string, number>): Promise<() => Promise<void>> {
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  await page.waitForSelector('body[data-live="live"]');
  await watchPainted(page, FIRING, (ids, atMs) => {
    for (const id of ids.split('\n')) if (!painted.has(id)) painted.set(id, atMs);
  });
  return () => browser.close();
}

/** Notes when each was there first, by asking again and again. */
function watchAlertmanager(alertmanager: Alertmanager, arrived: Map<string, number>): () => Promise<void> {
  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      const alerts = await alertmanager.alerts();
      const atMs = preciseNow();
      for (const { labels } of alerts) {
        const id = labels.lictor_alert ?? '';
        if (!arrived.has(id)) arrived.set(id, atMs);
      }
      await wait(LOOK_EVERY_MS);
    }
  })();
  return async () => {
    stopped = true;
    await watching;
  };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@/e2e/browser/fixtures';
import { freePort } from '@/e2e/browser/free-port';
import { Alertmanager } from '@/e2e/world/alertmanager';
import { Supervisor } from '@/e2e/world/supervised';
import { until } from '@/e2e/world/until';
import { keepFlapping } from '@/e2e/world/weather-flap';
import { alertId } from '@/lib/alerts/alert-id';
import { serviceKey } from '@/lib/fleet/keys';
import { LictorProcess } from '@/scripts/demo/lictor-process';
import { FAST_FLAPPING, withRules } from './fast-rules';

const SERVICE = 'search';
const DC = 'dc1';
const ID = alertId('Flapping', serviceKey(DC, SERVICE));
/** A quarter of the weather's own pace. */
const STEP_MS = 1_000;

test('what flaps in the weather is at a real Alertmanager, whose link opens its page with its strip', async ({
  world,
  page,
}) => {
  test.setTimeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'lictor-linked-'));
  const supervisor = new Supervisor();
  const ended = new AbortController();
  const alertmanager = new Alertmanager(supervisor, await world.takePort(), { webhookUrl: null });
  await alertmanager.start();
  const port = await freePort();
  const lictor = new LictorProcess(port, {
    CONSUL_HTTP_ADDR: world.consul(DC).address,
    // Only who leads sends; in dc1 the Lictor of all these tests does.
    LICTOR_HOME_DATACENTER: 'dc3',
    LICTOR_ALERTMANAGER_URL: alertmanager.address,
    LICTOR_BASE_URL: `http://127.0.0.1:${port}`,
    ...withRules(folder, FAST_FLAPPING),
  });
  const [instance] = world.instances(SERVICE, DC);
  if (!instance) throw new Error(`The shop has no ${SERVICE} in ${DC}.`);
  const stage = {
    flip: world.flip.bind(world),
    step: (steps = 1) => wait(steps * STEP_MS, undefined, { signal: ended.signal }),
    report: () => undefined,
  };
  let flapping: Promise<unknown> = Promise.resolve();
  try {
    await lictor.ready();
    flapping = keepFlapping(stage, instance, instance.id).catch(() => undefined);
    const there = await until(
      'it to be at Alertmanager',
      async () => (await alertmanager.alerts()).find(({ labels }) => labels.lictor_alert === ID),
      { deadlineMs: 90_000, everyMs: 250 },
    );
    expect(there.labels).toMatchObject({ alertname: 'Flapping', dc: DC, service: SERVICE, severity: 'warning' });

    await page.goto(there.generatorURL);
    const alert = page.locator('article[data-alert-state]');
    await expect(alert).toHaveAttribute('data-alert-state', 'firing');
    await expect(alert.getByRole('link', { name: `${DC} / ${SERVICE}` })).toBeVisible();
    // A strip of 20 slots at each scale.
    await expect(alert.locator('[data-slot]')).toHaveCount(40);
    await expect(alert.locator('[data-slot="changed"]').first()).toBeVisible();
  } finally {
    ended.abort();
    await flapping;
    await lictor.stop();
    await supervisor.end();
    rmSync(folder, { recursive: true, force: true });
  }
  await world.allPassing();
});

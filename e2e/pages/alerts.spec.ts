import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { AlertClient } from '@/e2e/alerts/alert-client';
import { expect, test } from '@/e2e/browser/fixtures';
import { freePort } from '@/e2e/browser/free-port';
import type { ShopInstance } from '@/e2e/world/shop-instance';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import { alertId } from '@/lib/alerts/alert-id';
import { nodeKey, serviceKey } from '@/lib/fleet/keys';
import { LictorProcess } from '@/scripts/demo/lictor-process';

/** As in life, but for the pace: slots of a second, and nothing waits. */
const RULES = `flapping:
  defaults:
    scales:
      - {slot: 1s, begins_above: 30, ends_below: 10, least_recoveries: 3}
      - {slot: 10s, begins_above: 30, ends_below: 10, least_recoveries: 3}
    repeats: {recoveries: 3, least_span: 3s}
    settle: 0s
rules:
  - {alert: Flapping, when: flapping, severity: warning, keep_firing_for: 10m}
  - {alert: InstanceCritical, when: instance-critical, severity: critical, where: 'name:ledger or name:mail or name:cart'}
  - {alert: NodeCritical, when: node-critical, severity: critical}
  - {alert: Watchdog, when: watchdog, severity: info}
`;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let lictor: LictorProcess;
let client: AlertClient;
let folder: string;

test.beforeAll(async ({ world }) => {
  folder = mkdtempSync(join(tmpdir(), 'lictor-alerts-'));
  writeFileSync(join(folder, 'rules.yml'), RULES);
  const config = join(folder, 'lictor.json');
  writeFileSync(config, JSON.stringify({ alerts: { rulesFile: 'rules.yml' } }));
  const [first] = world.datacenters;
  if (!first) throw new Error('The world has no datacenter.');
  lictor = new LictorProcess(await freePort(), {
    ...{ CONSUL_HTTP_ADDR: first.serverHttp, LICTOR_CONFIG: config },
    LICTOR_ALERTMANAGER_URL: 'http://127.0.0.1:9/am',
  });
  await lictor.ready();
  client = new AlertClient(lictor.address);
});

test.afterAll(async () => {
  await lictor?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const row = (page: Page, id: string) => page.locator(`li[data-key="${id}"]`);
const shown = (page: Page) => page.locator('article[data-alert-state]');

async function open(page: Page, search = ''): Promise<void> {
  await page.goto(`${lictor.address}/alerts${search}`);
  await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
}

function instanceOf(world: World, service: string, dc: string): ShopInstance {
  const [first] = world.instances(service, dc);
  if (!first) throw new Error(`The shop has no ${service} in ${dc}.`);
  return first;
}

/** One instance is critical while `look` runs. */
async function whileCritical(world: World, instance: ShopInstance, look: (id: string) => Promise<void>): Promise<void> {
  const id = alertId('InstanceCritical', serviceKey(instance.datacenter, instance.service));
  await world.flip(instance, 'critical', 'refused');
  try {
    await until(`${id} to fire`, async () => {
      const { body } = await client.alerts();
      return body.items.some((alert) => alert.id === id && alert.state === 'firing');
    });
    await look(id);
  } finally {
    await world.flip(instance, 'passing');
  }
}

test('what flaps is told with its strip, its score, its period and what is so now, and counted in the header', async ({
  page,
  world,
}) => {
  const instance = instanceOf(world, 'search', 'dc2');
  const id = alertId('Flapping', serviceKey('dc2', 'search'));
  await open(page);
  await expect(page.getByText('Nothing fires')).toBeVisible();
  await expect(page.getByText('The watchdog fires, as it always must')).toBeVisible();
  for (let times = 0; times < 6; times += 1) {
    await world.flip(instance, 'critical', 'timeout');
    await until('the fall', async () => (await statusOf(world, instance)) === 'critical');
    await world.flip(instance, 'passing');
    await until('the recovery', async () => (await statusOf(world, instance)) === 'passing');
  }
  await expect(row(page, id)).toHaveAttribute('data-alert-state', 'firing');
  await row(page, id).getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`alert=${encodeURIComponent(encodeURIComponent(id)).slice(0, 8)}`));
  const detail = shown(page);
  await expect(detail.getByRole('heading', { name: 'search is flapping' })).toBeVisible();
  await expect(detail).toContainText(/1 of \d instances? goes down and comes back/);
  await expect(detail.getByRole('img', { name: /^1 s slots: \d+ of 20 changed/ })).toBeVisible();
  await expect(detail.locator('i[data-slot="changed"]').first()).toBeVisible();
  await expect(detail.getByRole('img', { name: /^Score by 1 s slots over time/ })).toBeVisible();
  const member = detail.locator(`tr[data-key="${instance.key}"]`).first();
  await expect(member).toHaveAttribute('data-status', 'passing');
  await world.flip(instance, 'critical', 'down');
  await expect(member).toHaveAttribute('data-status', 'critical');
  await world.flip(instance, 'passing');
  await expect(member).toHaveAttribute('data-status', 'passing');
  await expect(detail).toContainText('it fires');
  await expect(detail.getByRole('link', { name: 'Open in Alertmanager' })).toHaveAttribute(
    'href',
    `http://127.0.0.1:9/am/#/alerts?filter=${encodeURIComponent(`{lictor_alert="${id}"}`)}`,
  );
  // On whichever page.
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Nodes' }).click();
  await expect(page.getByRole('link', { name: /^Alerts \d+ alerts? firing$/ })).toBeVisible();
});

test('by keyboard alone: to an alert, acknowledged with a note, taken back, and silenced with a reason', async ({
  page,
  world,
}) => {
  await whileCritical(world, instanceOf(world, 'ledger', 'dc1'), async (id) => {
    await open(page, '?dc=dc1&filter=service:ledger');
    await expect(row(page, id)).toBeVisible();
    await page.keyboard.press('j');
    await expect(row(page, id).getByRole('link')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/[?&]alert=/);
    await page.keyboard.press('a');
    await expect(page.getByLabel('Note', { exact: true })).toBeFocused();
    await page.keyboard.type('the books <b>\u202e are mine');
    await page.keyboard.press('Enter');
    await expect(shown(page)).toHaveAttribute('data-alert-state', 'acknowledged');
    await expect(row(page, id)).toHaveAttribute('data-alert-state', 'acknowledged');
    await expect(shown(page)).toContainText('the books <b>⟨U+202E⟩ are mine');
    await shown(page).getByRole('button', { name: 'Take back' }).press('Enter');
    await expect(shown(page)).toHaveAttribute('data-alert-state', 'firing');
    await page.keyboard.press('s');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('the auditors are here');
    await dialog.getByRole('button', { name: /^Silence until/ }).press('Enter');
    await expect(row(page, id)).toHaveAttribute('data-alert-state', 'silenced');
    await expect(shown(page)).toContainText('the auditors are here');
    const { body } = await client.alerts();
    const [silence] = body.silences.filter(({ state }) => state === 'active');
    if (!silence) throw new Error('There is no silence.');
    await client.endSilence(silence.id, silence.etag);
    await expect(row(page, id)).toHaveAttribute('data-alert-state', 'firing');
  });
  await expect(shown(page)).toHaveAttribute('data-alert-state', 'resolved');
  await expect(shown(page).getByRole('button', { name: 'Acknowledge' })).toHaveCount(0);
});

test('an alert that is not as it was seen is not acknowledged, nor is one while Lictor is away, and the note stays', async ({
  page,
  world,
}) => {
  await whileCritical(world, instanceOf(world, 'mail', 'dc1'), async (id) => {
    await open(page, `?alert=${encodeURIComponent(id)}`);
    await page.route('**/ack', (route) => route.abort());
    await shown(page).getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByLabel('Note', { exact: true }).fill('mine');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'Lictor cannot be reached' })).toBeVisible();
    await expect(page.getByLabel('Note', { exact: true })).toHaveValue('mine');
    await page.unroute('**/ack');
    await page.route('**/ack', (route) =>
      route.continue({ headers: { ...route.request().headers(), 'if-match': '"old"' } }),
    );
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'It is not as you saw it any more' })).toBeVisible();
    await expect(shown(page)).toHaveAttribute('data-alert-state', 'firing');
    await page.unroute('**/ack');
    await page.getByLabel('Note', { exact: true }).press('Enter');
    await expect(shown(page)).toHaveAttribute('data-alert-state', 'acknowledged');
  });
});

test('a link shows the same alert among the same ones, Back goes back, and the first HTML already has it', async ({
  page,
  browser,
  world,
}) => {
  await whileCritical(world, instanceOf(world, 'cart', 'dc3'), async (id) => {
    await open(page, '?dc=dc3');
    await page
      .getByRole('group', { name: 'State' })
      .getByRole('button', { name: /^Firing/ })
      .click();
    await page.keyboard.press('/');
    await page.keyboard.type('service:cart ');
    await row(page, id).getByRole('link').click();
    await expect(page).toHaveURL(/[?&]alert=/);
    await expect(page).toHaveURL(/[?&]state=firing/);
    await expect(page).toHaveURL(/[?&]filter=/);
    const context = await browser.newContext({ javaScriptEnabled: false });
    const plain = await context.newPage();
    await plain.goto(page.url());
    await expect(row(plain, id)).toHaveAttribute('data-current', 'true');
    await expect(plain.getByRole('heading', { name: /^cart/ })).toBeVisible();
    await context.close();
    await page.goBack();
    await expect(page).not.toHaveURL(/[?&]alert=/);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect(shown(page)).toBeHidden();
    await row(page, id).getByRole('link').click();
    await expect(shown(page)).toBeVisible();
    await expect(row(page, id)).toBeHidden();
    await page.getByRole('button', { name: 'All alerts' }).click();
    await expect(row(page, id)).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});

test('a lost node is one alert with its services inside, which open and fold by keyboard', async ({ page, world }) => {
  const node = 'dc3-client-1';
  const id = alertId('NodeCritical', nodeKey('dc3', node));
  await open(page, '?dc=dc3');
  await world.loseNode(node);
  try {
    await expect(row(page, id)).toHaveAttribute('data-alert-state', 'firing');
    const inside = page.locator('li[data-inside][data-key]');
    await expect(page.getByRole('button', { name: /alerts? inside$/ }).first()).toBeVisible();
    await expect(inside).toHaveCount(0);
    await row(page, id).getByRole('link').press('ArrowRight');
    await expect(inside.first()).toHaveAttribute('data-alert-state', 'suppressed');
    await row(page, id).getByRole('link').press('ArrowLeft');
    await expect(inside).toHaveCount(0);
    await row(page, id).getByRole('link').click();
    await expect(shown(page).getByText(/^1 cause: \d+ alerts? inside$/)).toBeVisible();
    await expect(shown(page).locator('tr[data-key="dc3/cart"]')).toBeVisible();
  } finally {
    await world.returnNode(node);
  }
  await expect(row(page, id)).toHaveAttribute('data-alert-state', 'resolved');
});

test('of a datacenter out of sight alerts stand as they were, hatched, with their age', async ({ page, world }) => {
  await whileCritical(world, instanceOf(world, 'cart', 'dc3'), async (id) => {
    await open(page, `?alert=${encodeURIComponent(id)}`);
    await expect(shown(page)).toHaveAttribute('data-freshness', 'live');
    world.freeze('dc3');
    try {
      await expect(shown(page)).toHaveAttribute('data-freshness', 'stale');
      await expect(row(page, id)).toHaveAttribute('data-freshness', 'stale');
      await expect(shown(page)).toContainText(/dc3 is not live \(stale: last contact \d/);
    } finally {
      world.thaw('dc3');
    }
    await expect(shown(page)).toHaveAttribute('data-freshness', 'live');
  });
});

for (const theme of ['dark', 'light'] as const) {
  for (const language of ['en', 'zh'] as const) {
    test(`no alert breaks a rule of accessibility (${theme}, ${language})`, async ({ page, context, world }) => {
      test.setTimeout(120_000);
      await context.addCookies([
        { name: 'lictor-theme', value: theme, url: lictor.address },
        { name: 'lictor-language', value: language, url: lictor.address },
      ]);
      await whileCritical(world, instanceOf(world, 'ledger', 'dc1'), async (id) => {
        const flapping = alertId('Flapping', serviceKey('dc2', 'search'));
        for (const alert of [id, flapping, 'Watchdog:lictor', 'None:dc1']) {
          await open(page, `?alert=${encodeURIComponent(alert)}`);
          await page.evaluate(axe);
          const { violations } = await page.evaluate<AxeResults>('axe.run()');
          const said = violations.map(({ id: rule, nodes }) => `${alert} ${rule}: ${nodes.map(({ html }) => html)}`);
          expect(said).toEqual([]);
        }
      });
    });
  }
}

async function statusOf(world: World, { datacenter, node, service, id }: ShopInstance): Promise<string | undefined> {
  type Health = { Node: { Node: string }; Service: { ID: string }; Checks: { Status: string; ServiceID: string }[] };
  const health = await world.consul(datacenter).get<Health[]>(`/v1/health/service/${service}`);
  const found = health.find(({ Node, Service }) => Node.Node === node && Service.ID === id);
  return found?.Checks.find(({ ServiceID }) => ServiceID === id)?.Status;
}

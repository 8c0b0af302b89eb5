import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { expect, test } from '@/e2e/browser/fixtures';
import { Slider } from '@/e2e/browser/slider';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import { serviceKey } from '@/lib/fleet/keys';
import type { SplitsBody } from '@/lib/release/split-body';

const NODE = 'dc1-client-1';
const KEY = '/v1/kv/lictor/traffic/payment';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What the policy document of payment says now; null: there is none. */
async function document(world: World): Promise<{ shares: Record<string, number>; routes: unknown[] } | null> {
  const keys: string[] = await world
    .consul('dc1')
    .get<string[]>('/v1/kv/lictor/traffic?keys')
    .catch((): string[] => []);
  return keys.includes('lictor/traffic/payment') ? world.consul('dc1').get(`${KEY}?raw`) : null;
}

/** Somebody else writes the document's shares. */
async function writeOutside(world: World, shares: Record<string, number>): Promise<void> {
  const present = await document(world);
  await world.consul('dc1').put(KEY, { ...present, shares });
}

/** The panel's requests that could write. */
function writesOf(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(new URL(request.url()).pathname);
  });
  return sent;
}

test.afterEach(async ({ world, lictor }) => {
  const consul = world.consul('dc1');
  await consul.delete('/v1/kv/lictor/traffic?recurse');
  await consul.delete('/v1/kv/lictor/release/wishes?recurse');
  await until('nothing to be divided any more', async () => {
    const { splits } = (await (await fetch(`${lictor.address}/api/v1/splits`)).json()) as SplitsBody;
    const divided = splits.filter(({ mechanism, wished }) => mechanism !== null || wished !== null);
    if (divided.length > 0) throw new Error(JSON.stringify(divided));
    return true;
  });
});

test('a handle obeys the keyboard, the sum stays 100, and nothing is asked or written meanwhile', async ({ page }) => {
  const sent = writesOf(page);
  const slider = new Slider(page);
  await slider.open('dc1/payment', 'Policy');
  await slider.handle.focus();
  await expect(slider.handle).toHaveAttribute('aria-valuenow', '50');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(slider.handle).toHaveAttribute('aria-valuetext', '3.2.0: 40.9 %, 3.1.4: 59.1 %');
  await page.keyboard.press('End');
  await expect(slider.handle).toHaveAttribute('aria-valuetext', '3.2.0: 100 %, 3.1.4: 0 %');
  await page.keyboard.press('Home');
  await expect(slider.handle).toHaveAttribute('aria-valuetext', '3.2.0: 0 %, 3.1.4: 100 %');
  await slider.set('3.1.4', '87,5');
  await expect(slider.handle).toHaveAttribute('aria-valuenow', '12.5');
  expect(sent).toEqual([]);
});

test('a handle is drawn by mouse, rests on the marks unless Alt is held, and goes back on Escape', async ({ page }) => {
  const sent = writesOf(page);
  const slider = new Slider(page);
  await slider.open('dc1/payment', 'Policy');
  await slider.drag(24.6);
  await expect(slider.handle).toHaveAttribute('aria-valuenow', '25');
  await page.keyboard.down('Alt');
  await page.mouse.move(...(await pointAt(page, 9.6)));
  const free = Number(await slider.handle.getAttribute('aria-valuenow'));
  expect(free).toBeGreaterThan(9);
  expect(free).toBeLessThan(10);
  await page.keyboard.up('Alt');
  await page.keyboard.press('Escape');
  await expect(slider.handle).toHaveAttribute('aria-valuenow', '50');
  await page.mouse.up();
  await expect(slider.handle).toHaveAttribute('aria-valuenow', '50');
  expect(sent).toEqual([]);
});

async function pointAt(page: Page, percent: number): Promise<[x: number, y: number]> {
  const bar = await page.getByRole('group', { name: 'Traffic by version' }).boundingBox();
  if (!bar) throw new Error('The bar is not in sight.');
  return [bar.x + (bar.width * percent) / 100, bar.y + bar.height / 2];
}

test('a finger draws a handle on a phone, and the page does not scroll under it', async ({ browser, lictor }) => {
  const context = await browser.newContext({
    ...{
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      locale: 'en-GB',
      baseURL: lictor.address,
    },
  });
  const page = await context.newPage();
  const slider = new Slider(page);
  await slider.open('dc1/payment', 'Policy');
  await slider.handle.scrollIntoViewIfNeeded();
  const top = await page.evaluate(() => window.scrollY);
  await slider.dragByTouch(10);
  await expect(slider.handle).toHaveAttribute('aria-valuenow', '10');
  expect(await page.evaluate(() => window.scrollY)).toBe(top);
  await context.close();
});

test('what is previewed is what is written, a large move is typed, and the way back leads back', async ({
  page,
  world,
}) => {
  const slider = new Slider(page);
  await slider.open('dc1/payment', 'Policy');
  await slider.set('3.2.0', '10');
  await slider.preview.click();
  const diff = page.getByRole('region', { name: 'dc1 kv lictor/traffic/payment' });
  await expect(diff).toContainText('"3.2.0": 10');
  await expect(page.getByText('still nothing is declared, else refused')).toBeVisible();
  expect(await document(world)).toBeNull();
  await expect(slider.write).toBeDisabled();
  await slider.confirm('10');
  await expect(page.getByText(/^Written at .*: 3\.2\.0: 10 %, 3\.1\.4: 90 %\.$/)).toBeVisible();
  expect((await document(world))?.shares).toEqual({ '3.1.4': 90, '3.2.0': 10 });
  await expect(slider.handle).toHaveAttribute('aria-valuenow', '10');

  await slider.set('3.2.0', '25');
  await slider.preview.click();
  await expect(diff.locator('[data-sign="−"]').filter({ hasText: '"3.2.0": 10' })).toBeVisible();
  await expect(diff.locator('[data-sign="+"]').filter({ hasText: '"3.2.0": 25' })).toBeVisible();
  await slider.confirm();
  await expect(page.getByText(/^Written at .*: 3\.2\.0: 25 %/)).toBeVisible();

  await page.getByRole('button', { name: 'Undo the last write' }).click();
  await expect(diff.locator('[data-sign="+"]').filter({ hasText: '"3.2.0": 10' })).toBeVisible();
  await slider.confirm();
  await expect(page.getByText(/^Written at .*: 3\.2\.0: 10 %/)).toBeVisible();
  expect((await document(world))?.shares).toEqual({ '3.1.4': 90, '3.2.0': 10 });
});

test('a write that comes too late writes nothing over what stands, shows it, and keeps the wish', async ({
  page,
  world,
}) => {
  const slider = new Slider(page);
  await slider.open('dc1/payment', 'Policy');
  await slider.set('3.2.0', '40');
  await slider.preview.click();
  await slider.confirm();
  await expect(page.getByText(/^Written at/)).toBeVisible();

  await slider.set('3.2.0', '45');
  await slider.preview.click();
  await expect(slider.write).toBeEnabled();
  // In the moment between the press and the server's answer.
  await page.route('**/api/v1/splits/dc1/payment', async (route) => {
    await writeOutside(world, { '3.1.4': 70, '3.2.0': 30 });
    await route.continue();
  });
  await slider.confirm();
  const alert = page.getByRole('alert').filter({ hasText: 'It was changed meanwhile' });
  await expect(alert).toContainText('Now stands: 3.2.0: 30 %, 3.1.4: 70 %');
  await expect(slider.handle).toHaveAttribute('aria-valuenow', '45');
  await expect(page.getByText('from 30 %')).toBeVisible();
  expect((await document(world))?.shares).toEqual({ '3.1.4': 70, '3.2.0': 30 });
  await page.unroute('**/api/v1/splits/dc1/payment');

  await slider.preview.click();
  await slider.confirm();
  await expect(page.getByText(/^Written at .*: 3\.2\.0: 45 %/)).toBeVisible();
});

test('a split that somebody else changes is shown as drift, adopted, or put back under a preview', async ({
  page,
  world,
}) => {
  const slider = new Slider(page);
  await slider.open('dc1/payment', 'Policy');
  await slider.set('3.2.0', '40');
  await slider.preview.click();
  await slider.confirm();
  await expect(page.getByText(/^Written at/)).toBeVisible();

  await writeOutside(world, { '3.1.4': 80, '3.2.0': 20 });
  const notice = page.getByRole('status').filter({ hasText: 'Changed outside Lictor' });
  await expect(notice).toContainText('Written here: 3.2.0: 40 %, 3.1.4: 60 %. What stands: 3.2.0: 20 %, 3.1.4: 80 %.');
  await expect(slider.handle).toHaveAttribute('aria-valuenow', '20');
  await notice.getByText(/differences?$/).click();
  await expect(notice.locator('[data-sign="+"]').first()).toBeVisible();
  await notice.getByRole('button', { name: 'Adopt' }).click();
  await expect(notice).toHaveCount(0);
  expect((await document(world))?.shares).toEqual({ '3.1.4': 80, '3.2.0': 20 });

  await writeOutside(world, { '3.1.4': 65, '3.2.0': 35 });
  await expect(notice).toContainText('What stands: 3.2.0: 35 %');
  await notice.getByRole('button', { name: 'Put back' }).click();
  await expect(page.getByText('putting back what was written here')).toBeVisible();
  await slider.confirm();
  await expect(notice).toHaveCount(0);
  expect((await document(world))?.shares).toEqual({ '3.1.4': 80, '3.2.0': 20 });
});

test('header routes and lifecycle are previewed and written like shares, by keyboard alone', async ({
  page,
  world,
}) => {
  const slider = new Slider(page);
  await slider.open('dc1/payment', 'Policy');
  await page.getByText('Lifecycle, header routes, failover').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Add a route' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Header' }).focus();
  await page.keyboard.type('gray-tag');
  await page.keyboard.press('Tab');
  await page.keyboard.type('<b>"v2"</b>');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('combobox', { name: 'Version' })).toHaveValue('3.2.0');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('combobox', { name: 'Version' })).toHaveValue('3.1.4');
  await slider.preview.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: /lictor\/traffic\/payment/ })).toContainText('gray-tag');
  await slider.write.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Written at/)).toBeVisible();
  expect((await document(world))?.routes).toEqual([{ header: 'gray-tag', value: '<b>"v2"</b>', version: '3.1.4' }]);
  await expect(page.locator('main b').filter({ hasText: /^"v2"$/ })).toHaveCount(0);
});

test('by the mesh a failover order and a lifecycle are written with the shares, and obeyed by what is asked next', async ({
  page,
  world,
}) => {
  const consul = world.consul('dc1');
  const slider = new Slider(page);
  try {
    await slider.open('dc1/payment', 'Mesh');
    await page.locator('summary').filter({ hasText: 'Lifecycle, header routes, failover' }).click();
    await slider.set('3.2.0', '40');
    await page.getByRole('combobox', { name: 'Add a datacenter' }).selectOption('dc3');
    await page.getByRole('combobox', { name: 'Add a datacenter' }).selectOption('dc2');
    await page.getByRole('button', { name: 'Move dc2 up' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Move dc2 up' })).toBeFocused();
    await slider.preview.click();
    await expect(page.getByRole('region', { name: 'dc1 config service-splitter/payment' })).toContainText(
      '"Weight": 40',
    );
    await slider.confirm();
    await expect(page.getByText(/^Written at .*: 3\.2\.0: 40 %/)).toBeVisible();
    const resolver = await consul.get<Resolver>('/v1/config/service-resolver/payment');
    expect(resolver.Failover['*']?.Datacenters).toEqual(['dc2', 'dc3']);
    const splitter = await consul.get<Splitter>('/v1/config/service-splitter/payment');
    expect(splitter.Splits.map(({ Weight }) => Weight).sort()).toEqual([40, 60]);

    await page.getByRole('group', { name: 'Lifecycle of 3.2.0' }).getByText('decommissioning').click();
    await slider.preview.click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await expect(page.getByText(/^Written at/)).toBeVisible();
    await slider.set('3.2.0', '45');
    await slider.preview.click();
    await expect(page.getByRole('alert').filter({ hasText: 'It cannot be previewed' })).toContainText(
      'decommissioning',
    );
    expect((await consul.get<Splitter>('/v1/config/service-splitter/payment')).Splits).toEqual(splitter.Splits);
  } finally {
    for (const kind of ['service-splitter', 'service-resolver', 'service-defaults']) {
      await consul.delete(`/v1/config/${kind}/payment`);
    }
  }
});

interface Resolver {
  readonly Failover: Readonly<Record<string, { readonly Datacenters: string[] }>>;
}

interface Splitter {
  readonly Splits: readonly { readonly Weight: number }[];
}

test('one version is a line, three have two handles, and names of any kind are text', async ({ page, world }) => {
  await page.goto('/services/dc1/cart');
  await expect(page.getByText('All traffic goes to 1.14.0, the only version')).toBeVisible();
  await expect(page.getByRole('slider')).toHaveCount(0);

  const odd = ['<i>2.0</i>', `1.0' or "1" == "1`, 'constructor'];
  for (const [n, version] of odd.entries()) {
    const Check = { CheckID: `odd-${n}`, TTL: '1h', Status: 'passing' };
    await world.register(NODE, { Name: 'odd-versions', ID: `odd-${n}`, Port: 80, Meta: { version }, Check });
  }
  try {
    const slider = new Slider(page);
    await slider.open(serviceKey('dc1', 'odd-versions'), 'Policy');
    await expect(slider.handle).toHaveCount(2);
    const bar = page.getByRole('group', { name: 'Traffic by version' });
    await expect(bar).toBeVisible();
    await slider.set('constructor', '30');
    await expect(page.getByRole('textbox', { name: 'Share of constructor in percent' })).toHaveValue('30');
    const shares = await slider.handle.first().getAttribute('aria-valuetext');
    for (const version of odd) expect(shares).toContain(version);
    await slider.preview.click();
    await expect(page.getByRole('region', { name: /kv/ })).toContainText('"constructor": 30');
    await expect(page.locator('main i').filter({ hasText: '2.0' })).toHaveCount(0);
  } finally {
    for (const n of odd.keys()) await world.deregister(NODE, `odd-${n}`);
  }
});

for (const [theme, language, words] of [
  ['dark', 'en', { policy: 'Policy', preview: 'Preview', around: /^Lifecycle/, add: 'Add a route' }],
  ['light', 'zh', { policy: '策略', preview: '预览', around: /^生命周期/, add: '添加路由' }],
] as const) {
  test(`an open preview breaks no rule of accessibility (${theme}, ${language})`, async ({ page, context, lictor }) => {
    test.setTimeout(120_000);
    await context.addCookies([
      { name: 'lictor-theme', value: theme, url: lictor.address },
      { name: 'lictor-language', value: language, url: lictor.address },
    ]);
    await page.goto('/services/dc1/payment');
    await expect(page.locator('body')).toHaveAttribute('data-live', 'live');
    await page.getByRole('button', { name: words.policy, exact: true }).click();
    await page.locator('summary').filter({ hasText: words.around }).click();
    await page.getByRole('button', { name: words.add }).click();
    await page.getByRole('slider').focus();
    await page.keyboard.press('End');
    const rules = async (when: string) => {
      await page.evaluate(axe);
      const { violations } = await page.evaluate<AxeResults>('axe.run()');
      expect(violations.map(({ id, nodes }) => `${when} ${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      );
    };
    await rules('set');
    await page.getByRole('button', { name: /^(Remove the route|移除)/ }).click();
    await page.getByRole('button', { name: words.preview, exact: true }).click();
    await expect(page.getByRole('region', { name: /lictor\/traffic\/payment/ })).toBeVisible();
    await rules('previewed');
  });
}

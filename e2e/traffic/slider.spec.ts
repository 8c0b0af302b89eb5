import { test as base, expect } from '@playwright/test';
import { freePort } from '@/e2e/browser/free-port';
import { pageTrouble } from '@/e2e/browser/page-trouble';
import { Slider } from '@/e2e/browser/slider';
import { sampledWithin } from '@/e2e/release/sampled-share';
import { optedInAgents } from '@/e2e/world/opted-in-agents';
import { startWorld } from '@/e2e/world/start-world';
import { answeredBetween, type Load } from '@/e2e/world/traffic/load';
import { startTraffic, type Traffic } from '@/e2e/world/traffic/traffic';
import { until } from '@/e2e/world/until';
import { LictorProcess } from '@/scripts/demo/lictor-process';

interface Flowing {
  readonly traffic: Traffic;
  readonly load: Load;
  readonly lictor: LictorProcess;
}

/** A world whose agents take weights from Lictor, with HAProxy following Consul's DNS and real requests through it. */
const test = base.extend<{ quietPage: undefined }, { flowing: Flowing }>({
  flowing: [
    async ({ browserName: _ }, use) => {
      const world = await startWorld({ datacenters: 1, dns: true });
      const [first] = world.datacenters;
      if (!first) throw new Error('The world has no datacenter.');
      const traffic = await startTraffic(world, { datacenter: 'dc1', services: ['payment'] });
      const load = traffic.load('payment', { ratePerSecond: 200, durationMs: 300_000 });
      const lictor = new LictorProcess(await freePort(), {
        CONSUL_HTTP_ADDR: first.serverHttp,
        LICTOR_PROMETHEUS_URL: traffic.prometheus.address,
        LICTOR_CONFIG: await optedInAgents(world),
      });
      await lictor.ready();
      await use({ traffic, load, lictor });
      await lictor.stop();
      await world.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ flowing }, use) => use(flowing.lictor.address),
  quietPage: [
    async ({ page }, use) => {
      const trouble = await pageTrouble(page);
      await use(undefined);
      base.expect(trouble()).toEqual([]);
    },
    { auto: true },
  ],
});

const REQUESTS = 1_000;
/** With which probability a count that is as wished would be called wrong. HAProxy's turns are more even than chance. */
const FALSE_ALARM = 1e-9;

/** How many of the next 1,000 real requests each version answers. */
async function counted(load: Load): Promise<Record<string, number>> {
  const before = load.counts();
  return until(`${REQUESTS} more answers`, () => {
    const answered = answeredBetween(before, load.counts());
    return Object.values(answered).reduce((sum, count) => sum + count, 0) >= REQUESTS && answered;
  });
}

/** Waits until HAProxy's own weights say that so many percent of the requests go to the version. */
async function followed(traffic: Traffic, version: string, percent: number): Promise<void> {
  await until(`HAProxy to give ${version} ${percent} %`, async () => {
    const weights = Object.entries(await traffic.weightsOf('payment'));
    const sum = (of: typeof weights) => of.reduce((total, [, weight]) => total + weight, 0);
    const own = weights.filter(([slot]) => slot.startsWith(`v${version.replaceAll('.', '-')}_`));
    return own.length > 0 && Math.abs((100 * sum(own)) / sum(weights) - percent) < 1;
  });
}

function expectShare(answered: Record<string, number>, version: string, percent: number): void {
  const all = Object.values(answered).reduce((sum, count) => sum + count, 0);
  const off = Math.abs((answered[version] ?? 0) - (all * percent) / 100);
  expect(off, JSON.stringify(answered)).toBeLessThanOrEqual(sampledWithin(all, percent / 100, FALSE_ALARM));
}

test('a slider drawn to 10 % sends a tenth of the real requests there, back sends them back, and none fails', async ({
  page,
  flowing: { traffic, load },
}) => {
  test.setTimeout(180_000);
  const slider = new Slider(page);
  await slider.open('dc1/payment', 'Weights');
  await expect(slider.handle).toHaveAttribute('aria-valuenow', '50');
  await followed(traffic, '3.2.0', 50);
  expectShare(await counted(load), '3.2.0', 50);

  await slider.drag(10.4);
  await expect(slider.handle).toHaveAttribute('aria-valuenow', '10');
  // Nothing moves while it is held, nor when it is let go.
  expectShare(await counted(load), '3.2.0', 50);
  await page.mouse.up();
  expectShare(await counted(load), '3.2.0', 50);

  await slider.preview.click();
  await slider.confirm('10');
  await expect(page.getByText(/^Written at .*: 3\.2\.0: 10 %, 3\.1\.4: 90 %\.$/)).toBeVisible();
  await followed(traffic, '3.2.0', 10);
  expectShare(await counted(load), '3.2.0', 10);
  await expect(page.getByText('Traffic follows what is declared')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/of [\d,]+ requests in .*, HAProxy/)).toBeVisible();

  await page.getByRole('button', { name: 'Undo the last write' }).click();
  await slider.confirm('50');
  await expect(page.getByText(/^Written at .*: 3\.2\.0: 50 %, 3\.1\.4: 50 %\.$/)).toBeVisible();
  await followed(traffic, '3.2.0', 50);
  expectShare(await counted(load), '3.2.0', 50);
  expect(load.counts().failures).toEqual([]);
  expect(load.counts().failed).toBe(0);
});

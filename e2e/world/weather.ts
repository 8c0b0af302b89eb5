import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from './random';
import { shopCatalog } from './shop-catalog';
import type { ShopInstance } from './shop-instance';
import { keepFlapping } from './weather-flap';
import type { World } from './world';

export interface WeatherOptions {
  seed?: number;
  /** The pace of everything: how long one step lasts. */
  stepMs?: number;
  /** Services that it leaves alone. */
  spared?: readonly string[];
  /** Told a sentence at each event. */
  report?: (sentence: string) => void;
}

const REASONS = ['disk is replaced', 'kernel update', 'moving to another rack', 'memory is tested'];
/** In the first round, so that everything is seen soon. */
const FIRST_REST_STEPS = 2;
/** After that, in three datacenters; in fewer so much longer: or what recovers again and again would rightly be called a flap too. */
const REST_STEPS = 30;
/** Everything on it recovers at once. */
const ROUNDS_A_LOST_NODE = 16;

/**
 * A story on a running world, until the signal aborts. One check of one instance flaps for minutes, rests, and flaps again. Beside it an instance wavers, a version
 * rolls out, a node is lost and comes back, an instance rests in maintenance: one thing at a time, each undone before the next begins, so that most of the shop is always
 * well, and nothing of it touches what flaps.
 *
 * Resolves after an abort. Rejects when the world refuses something; what flaps goes on all the same until the abort.
 */
export async function runWeather(
  world: World,
  signal: AbortSignal,
  { seed = 1, stepMs = 4_000, spared = [], report = () => undefined }: WeatherOptions = {},
): Promise<void> {
  const random = seededRandom(seed);
  const step = (steps = 1) => wait(steps * stepMs, undefined, { signal });
  const unsteady = pick(unsteadyIn(world, spared), random);
  const story: Story = {
    ...{ world, report, step, unsteady, pick: (list) => pick(list, random), minorOf: new Map(), troubled: new Map() },
    spared: [...spared, unsteady.service],
  };
  const flip: World['flip'] = (...how) => world.flip(...how);
  const parts: Promise<never>[] = [];
  try {
    await step();
    parts.push(keepFlapping({ step, report, flip }, unsteady, nameOf(unsteady)), passBy(story));
    await Promise.all(parts);
  } catch (error) {
    if (!signal.aborted) throw error;
    await Promise.allSettled(parts);
  }
}

/** Everything but what flaps, one after the other, until a step rejects. */
export async function passBy(story: Story): Promise<never> {
  const calmSteps = REST_STEPS * Math.ceil(3 / story.world.datacenters.length);
  for (let round = 0; ; round += 1) {
    const events = [waver, maintain, rollOut, stumble, ...(round % ROUNDS_A_LOST_NODE === 0 ? [loseNode] : [])];
    for (const event of events) {
      await event(story);
      await story.step(round === 0 ? FIRST_REST_STEPS : calmSteps);
    }
  }
}

export interface Story {
  world: World;
  spared: readonly string[];
  report(sentence: string): void;
  step(steps?: number): Promise<void>;
  pick<T>(list: T[]): T;
  /** What flaps meanwhile. */
  unsteady: ShopInstance;
  /** How many times a service has been rolled out. */
  minorOf: Map<string, number>;
  /** How often a service of a datacenter was chosen. */
  troubled: Map<string, number>;
}

async function waver(story: Story): Promise<void> {
  const { world, report, step } = story;
  const instance = next(story);
  report(`${nameOf(instance)} wavers`);
  for (const status of ['warning', 'critical', 'passing'] as const) {
    await world.flip(instance, status);
    await step();
  }
  report(`${nameOf(instance)} is steady again`);
}

async function maintain(story: Story): Promise<void> {
  const { world, report, step, pick } = story;
  const instance = next(story);
  const reason = pick(REASONS);
  report(`${nameOf(instance)} goes into maintenance: ${reason}`);
  await world.setMaintenance(instance, reason);
  await step(3);
  await world.setMaintenance(instance, null);
  report(`${nameOf(instance)} is back from maintenance`);
}

async function rollOut({ world, spared, report, step, pick, minorOf }: Story): Promise<void> {
  const service = pick(shopCatalog.filter(({ name, protocol }) => protocol === 'http' && !spared.includes(name)));
  const patch = (minorOf.get(service.name) ?? 0) + 1;
  minorOf.set(service.name, patch);
  const [major = '1', minor = '0'] = (service.versions.at(-1) ?? '1.0.0').split('.');
  const version = `${major}.${Number(minor) + 1}.${patch - 1}`;
  report(`${service.name} ${version} rolls out`);
  await world.deploy(service.name, version, { pause: () => step() });
  report(`${service.name} ${version} is everywhere`);
}

async function stumble(story: Story): Promise<void> {
  const { world, report, step } = story;
  const instance = next(story);
  report(`${nameOf(instance)} crashes`);
  await world.kill(instance);
  await step(2);
  await world.revive(instance);
  report(`${nameOf(instance)} was restarted`);
}

async function loseNode({ world, unsteady, report, step, pick }: Story): Promise<void> {
  const { clients } = pick(world.datacenters);
  const node = pick(clients.filter(({ name }) => name !== unsteady.node)).name;
  report(`node ${node} is lost`);
  await world.loseNode(node);
  await step(3);
  await world.returnNode(node);
  report(`node ${node} is back`);
}

/** An instance of one of those services that had the least trouble so far: chance alone would let one of them fall again and again. */
function next({ world, spared, pick, troubled }: Story): ShopInstance {
  const placeOf = ({ datacenter, service }: ShopInstance) => `${datacenter}/${service}`;
  const timesOf = (instance: ShopInstance) => troubled.get(placeOf(instance)) ?? 0;
  const all = replicated(world, spared);
  const least = Math.min(...all.map(timesOf));
  const instance = pick(all.filter((one) => timesOf(one) === least));
  troubled.set(placeOf(instance), least + 1);
  return instance;
}

/** Instances that others stand in for. */
function replicated(world: World, spared: readonly string[]): ShopInstance[] {
  return world
    .instances()
    .filter(({ service, datacenter }) => world.instances(service, datacenter).length > 1 && !spared.includes(service));
}

/** One check each, and no sidecar that goes down with it. */
function unsteadyIn(world: World, spared: readonly string[]): ShopInstance[] {
  const alone = shopCatalog.filter(({ protocol, upstreams }) => protocol === 'http' && upstreams === null);
  return replicated(world, spared).filter(({ service }) => alone.some(({ name }) => name === service));
}

function nameOf({ id, datacenter }: ShopInstance): string {
  return `${id} in ${datacenter}`;
}

function pick<T>(list: T[], random: () => number): T {
  const picked = list[Math.floor(random() * list.length)];
  if (picked === undefined) throw new Error('The weather found nothing to act upon.');
  return picked;
}

// The demo: a world of real Consul datacenters, Lictor on it, and a little weather, until Ctrl-C.
import { startWorld } from '@/e2e/world/start-world';
import { runWeather } from '@/e2e/world/weather';
import type { World } from '@/e2e/world/world';
import { parseDemoFlags } from '@/scripts/launcher/demo-flags.mjs';
import { LaunchError } from '@/scripts/launcher/launch-error.mjs';
import { choosePort } from './choose-port';
import { cleanEnvironment } from './clean-environment';
import { type DemoAlertmanager, startDemoAlertmanager } from './demo-alertmanager';
import { SPLIT_SERVICE, writeDemoTopology } from './demo-topology';
import { type DemoTraffic, MOVED_SERVICE, startDemoTraffic } from './demo-traffic';
import { LictorProcess } from './lictor-process';

const asked = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked.abort());
// The launcher is gone: nobody is left to press Ctrl-C.
process.once('disconnect', () => asked.abort());

function say(sentence: string): void {
  console.log(sentence);
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(error instanceof LaunchError ? error.exitStatus : 1);
}

interface Neighbours {
  readonly traffic: DemoTraffic;
  readonly alertmanager: DemoAlertmanager;
}

/** Runs until it is asked to end, or something of it ends by itself. */
async function run(world: World, neighbours: Neighbours, lictor: LictorProcess): Promise<void> {
  const { traffic, alertmanager } = neighbours;
  const untilAsked = new Promise<void>((resolve) => {
    asked.signal.addEventListener('abort', () => resolve());
    if (asked.signal.aborted) resolve();
  });
  await Promise.race([lictor.ready(), untilAsked]);
  if (asked.signal.aborted) return;
  for (const { name, serverHttp } of world.datacenters) say(`  Consul of ${name}: ${serverHttp}`);
  for (const sentence of [...traffic.sentences, alertmanager.sentence]) say(`  ${sentence}`);
  say(`Lictor is live: ${lictor.address}`);
  if (Object.keys(traffic.environment).length > 0) {
    say(`Move some traffic: ${lictor.address}/services/dc1/${MOVED_SERVICE}`);
  }
  say(`Who depends on whom: ${lictor.address}/topology`);
  say(`What flaps is found within four minutes: ${lictor.address}/alerts`);
  say('Ctrl-C ends it all. The weather:');
  void runWeather(world, asked.signal, {
    spared: [MOVED_SERVICE, SPLIT_SERVICE],
    report: (sentence) => say(`  ${new Date().toLocaleTimeString('en-GB')} ${sentence}`),
  }).catch((error: Error) => say(`The weather has ended, the rest goes on: ${error.message}`));
  const lost = lictor.ended().then(async () => {
    if (!asked.signal.aborted) throw new Error(`Lictor has ended. The end of its log:\n${await lictor.logTail()}`);
  });
  await Promise.race([untilAsked, lost]);
}

/** How Lictor finds this world's Consul: the server of dc1 alone, which knows the others. */
function consulEnvironment({ datacenters: [home], tls, tokens }: World): Record<string, string> {
  if (home === undefined) throw new Error('The world has no datacenter.');
  return {
    CONSUL_HTTP_ADDR: home.serverHttps ?? home.serverHttp,
    ...(tls === null ? {} : { CONSUL_CACERT: tls.ca }),
    ...(tokens === null ? {} : { CONSUL_HTTP_TOKEN: tokens.read }),
  };
}

cleanEnvironment(process.env);
let world: World | undefined;
let lictor: LictorProcess | undefined;
let failure: unknown;
try {
  const flags = parseDemoFlags(process.argv.slice(2));
  const port = await choosePort(flags.port);
  world = await startWorld({
    datacenters: flags.datacenters,
    services: flags.services,
    instancesPerService: flags.instances,
    tls: flags.tls,
    acl: flags.acl,
    dns: true,
    signal: asked.signal,
    progress: (sentence) => say(`${sentence} …`),
  });
  await writeDemoTopology(world);
  say('Starting traffic …');
  const traffic = await startDemoTraffic(world);
  say('Starting Alertmanager …');
  const alertmanager = await startDemoAlertmanager(world);
  say('Starting Lictor …');
  lictor = new LictorProcess(port, {
    ...consulEnvironment(world),
    ...traffic.environment,
    ...alertmanager.environment,
    // Where the links in Alertmanager lead to.
    LICTOR_BASE_URL: `http://127.0.0.1:${port}`,
  });
  await run(world, { traffic, alertmanager }, lictor);
} catch (error) {
  failure = error;
}
const wasAsked = asked.signal.aborted;
asked.abort();
if (wasAsked) say('Ending what the demo started …');
await lictor?.stop();
await world?.stop();
if (failure !== undefined && !wasAsked) fail(failure);
process.exit(0);

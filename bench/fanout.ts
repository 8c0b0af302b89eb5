// A thousand stream clients while Consul changes fifty times a second: how late the last of them knows, and what Lictor needs for it. Then all of
// them lose their connections in the same moment and come back.
import { setTimeout as wait } from 'node:timers/promises';
import { startWorld } from '@/e2e/world/start-world';
import { Crowd } from './crowd/crowd';
import { latenciesOf, stampedOutput } from './crowd/stamp';
import { bareBlockingQuery } from './measure/bare-query';
import { CatalogWriter } from './measure/catalog-writer';
import { startMeasuredLictor } from './measure/measured-lictor';
import { percentiles } from './measure/percentiles';
import { cpuMeter, mostResidentMb, residentMb } from './measure/process-cost';
import { report } from './measure/table';

const CLIENTS = 1_000;
const CROWD_PROCESSES = 2;
const CHANGES_A_SECOND = 50;
const CHURN_MS = 30_000;
const SERVICES = 100;
const BARE_QUERIES = 10;

const world = await startWorld({
  ...{ datacenters: 1, clientsPerDatacenter: 0, shop: false, services: SERVICES, maxConnectionsPerClient: 1_000 },
  progress: (sentence) => console.log(sentence),
});
const stops: (() => unknown)[] = [() => world.stop()];
try {
  const writer = new CatalogWriter(world.consul('dc1'));
  // One instance a service: its check is the one that the service's record quotes, so that each change is on the stream.
  const services = await writer.services();
  const instances = (await Promise.all(services.map((name) => writer.instances(name)))).map(([first]) => first);
  const lictor = await startMeasuredLictor({ CONSUL_HTTP_ADDR: world.consul('dc1').address });
  stops.push(() => lictor.stop());

  /** Writes on its own beat, whatever a write takes, until `ended`. @returns how many */
  async function churn(ended: () => boolean): Promise<number> {
    const startedAtMs = performance.now();
    let written = 0;
    const writes: Promise<void>[] = [];
    while (!ended()) {
      const instance = instances[written % instances.length];
      if (instance === undefined) throw new Error('There is nothing to change.');
      writes.push(
        writer.flip(
          instance,
          Math.floor(written / instances.length) % 2 === 0 ? 'critical' : 'warning',
          stampedOutput(),
        ),
      );
      written += 1;
      await wait(Math.max(0, startedAtMs + (written * 1_000) / CHANGES_A_SECOND - performance.now()));
    }
    await Promise.all(writes);
    return written;
  }
  async function churnFor(ms: number): Promise<{ written: number; core: number }> {
    const until = performance.now() + ms;
    const core = cpuMeter(lictor.pid);
    return { written: await churn(() => performance.now() > until), core: core() };
  }

  // Beside the crowd, to tell what of the delay is Consul's and the machine's own.
  const bareMs: number[] = [];
  for (const service of services.slice(0, BARE_QUERIES)) {
    const stop = bareBlockingQuery(writer.consul.address, service, (answer) => {
      for (const { output } of answer) for (const ms of latenciesOf(output, Date.now())) bareMs.push(ms);
    });
    stops.push(stop);
  }

  console.log(`${CHANGES_A_SECOND} changes a second without a client`);
  const alone = await churnFor(CHURN_MS / 3);
  const beforeMb = residentMb(lictor.pid);

  console.log(`${CLIENTS} clients`);
  const crowd = new Crowd(CROWD_PROCESSES);
  stops.push(() => crowd.close());
  const opened = await crowd.open(lictor.address, '/api/v1/stream?topic=fleet', CLIENTS);
  await crowd.report();
  bareMs.splice(0);
  const churned = await churnFor(CHURN_MS);
  const told = await crowd.report();
  const bare = percentiles(bareMs);
  const withMb = residentMb(lictor.pid);
  if (told.open !== CLIENTS) throw new Error(`Only ${told.open} of ${CLIENTS} clients are still there.`);

  console.log('All come back at once, while it goes on changing');
  let ended = false;
  const going = churn(() => ended);
  const resumed = await crowd.storm(true);
  const anew = await crowd.storm(false);
  ended = true;
  await going;

  const resumeSnapshots = resumed.snapshots - told.snapshots;
  report(
    'fanout',
    `${CLIENTS} clients, ${CHANGES_A_SECOND} changes a second (bound)`,
    [
      { what: 'from before the write to a bare blocking query, ms', values: bare },
      { what: 'from before the write to a client, ms', values: percentiles(told.latenciesMs), bounds: { p99: 250 } },
      { what: 'Lictor, % of a core', values: { value: churned.core }, bounds: { value: 60 } },
      { what: 'Lictor without a client, % of a core', values: { value: alone.core } },
      { what: 'memory for the clients, MB', values: { value: withMb - beforeMb }, bounds: { value: 200 } },
      { what: 'memory at most, after both storms, MB', values: { value: mostResidentMb(lictor.pid) } },
      { what: 'samples a change and client', values: { value: told.latenciesMs.length / churned.written / CLIENTS } },
      { what: 'all opened at first, ms', values: { value: opened.tookMs } },
      { what: 'all resumed, ms', values: { value: resumed.tookMs } },
      { what: 'snapshots sent to those who resumed', values: { value: resumeSnapshots }, bounds: { value: 0 } },
      { what: 'all opened anew, ms', values: { value: anew.tookMs } },
    ],
    { opened, alone, churned, resumed, anew },
  );
} finally {
  for (const stop of stops.reverse()) await stop();
}

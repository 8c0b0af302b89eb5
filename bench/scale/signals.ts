import { restPercent } from '@/bench/measure/at-rest';
import type { CatalogInstance, CatalogWriter } from '@/bench/measure/catalog-writer';
import { startMeasuredLictor } from '@/bench/measure/measured-lictor';
import { percentiles } from '@/bench/measure/percentiles';
import { residentMb } from '@/bench/measure/process-cost';
import type { Row } from '@/bench/measure/table';
import { CountingProxy } from '@/e2e/harness/counting-proxy';
import { SideBySide } from './side-by-side';

/** A service that has changed is watched for a while: each of these is touched once, so that all are cold. */
const FLIPS = 40;
const JOINS = 10;
const RELABELS = 1;
const IDLE_MS = 30_000;

/** Under Consul's own limit over HTTP/1.1: more services than connections. */
export async function measureSignals(
  writer: CatalogWriter,
  rows: Row[],
  details: Record<string, unknown>,
): Promise<void> {
  console.log("Lictor over HTTP/1.1 under Consul's own limit");
  const proxy = await CountingProxy.open(writer.consul.address);
  const lictor = await startMeasuredLictor({ CONSUL_HTTP_ADDR: proxy.address });
  try {
    const { datacenters, connections } = await lictor.system();
    const [plan] = datacenters;
    if (plan === undefined) throw new Error('Lictor knows no datacenter.');
    const name = `http/1.1, ${plan.mode}`;
    console.log(`At rest for ${IDLE_MS / 1_000} s`);
    const idle = await restPercent(lictor, IDLE_MS);
    const cold = (await writer.services()).slice(-(FLIPS + JOINS + RELABELS));
    // One after another: all at once would take the connections that Consul's limit leaves for the bare queries.
    const instances: CatalogInstance[][] = [];
    for (const service of cold) instances.push(await writer.instances(service));
    const both = await SideBySide.open(lictor.address, writer.consul.address, cold);
    const one = (at: number): CatalogInstance => {
      const found = instances[at]?.[0];
      if (found === undefined) throw new Error(`${cold[at]} has no instance.`);
      return found;
    };
    const status: number[] = [];
    const membership: number[] = [];
    const hidden: number[] = [];
    console.log(`${FLIPS} flips, ${JOINS} instances more, ${RELABELS} changes that no summary shows`);
    for (let n = 0; n < FLIPS; n += 1) status.push(await both.flip(writer, one(n), 'critical'));
    for (let n = FLIPS; n < FLIPS + JOINS; n += 1) {
      membership.push(await both.join(writer, one(n), `newcomer-${n}`, instances[n]?.length ?? 0));
    }
    for (let n = FLIPS + JOINS; n < cold.length; n += 1) hidden.push(await both.relabel(writer, one(n), '99.0'));
    both.close();
    const { mostConnections } = proxy;
    rows.push(
      { what: `${name}: status at a stream client, ms`, values: percentiles(status), bounds: { p50: 100, max: 100 } },
      { what: `${name}: membership, summary shows it, ms`, values: percentiles(membership), bounds: { max: 3_000 } },
      {
        what: `${name}: change that no summary shows, ms`,
        values: percentiles(hidden),
        bounds: { max: plan.definitionDelayMs },
      },
      {
        what: `${name}: most connections at once`,
        values: { value: mostConnections },
        bounds: { value: connections.budget },
      },
      { what: `${name}: at rest, % of a core`, values: { value: idle }, bounds: { value: 3 } },
      {
        what: `${name}: resident memory, MB`,
        values: { value: residentMb(lictor.pid) },
        bounds: { value: 450 },
      },
    );
    details[name] = { status, membership, hidden, plan };
  } finally {
    await lictor.stop();
    await proxy.close();
  }
}

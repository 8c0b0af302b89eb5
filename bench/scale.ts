// 1,000 services of 50 instances on 500 nodes in a real Consul: what Lictor costs, and how far behind a bare query it is, over HTTP/1.1 with a
// raised limit of connections, over HTTP/2 with Consul's own, and over HTTP/1.1 with Consul's own. `npm run bench -- scale [http1] [http2] [signals]`.

import { until } from '@/e2e/world/until';
import { CatalogWriter } from './measure/catalog-writer';
import { LARGE_DC, startLargeWorld } from './measure/large-world';
import type { Row } from './measure/table';
import { report } from './measure/table';
import { measureExact } from './scale/exact';
import { measureSignals } from './scale/signals';

/** Enough for a connection a service, twice. */
const RAISED_LIMIT = 4_000;

const wanted = process.argv.slice(2);
const runs = (phase: string): boolean => wanted.length === 0 || wanted.includes(phase);

const world = await startLargeWorld(RAISED_LIMIT);
try {
  const rows: Row[] = [];
  const details: Record<string, unknown> = {};
  const writer = new CatalogWriter(world.consul(LARGE_DC));
  if (runs('http1')) await measureExact(world, writer, 'http/1.1', rows, details);
  if (runs('http2') || runs('signals')) {
    console.log('Restarting Consul with its own limit of 200 connections a client');
    world.node(`${LARGE_DC}-server-1`).plan.maxConnectionsPerClient = null;
    const listed = (await writer.services()).length;
    await world.stopServer(LARGE_DC);
    await world.startServer(LARGE_DC);
    // It answers before it has all of its state back, and a read of the rest would look fast.
    await until(
      'the restarted Consul to have its services back',
      async () => (await writer.services()).length >= listed,
    );
  }
  if (runs('http2')) await measureExact(world, writer, 'h2', rows, details);
  if (runs('signals')) await measureSignals(writer, rows, details);
  report('scale', 'value or percentiles (bound)', rows, details);
} finally {
  await world.stop();
}

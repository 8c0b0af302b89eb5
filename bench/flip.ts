// How long after a bare blocking query of the same service wakes does a flip reach a stream client, and a painted page? All three watch at the same time.
import { startWorld } from '@/e2e/world/start-world';
import { until } from '@/e2e/world/until';
import { serviceKey } from '@/lib/fleet/keys';
import type { ServiceRecord } from '@/lib/fleet/model';
import { choosePort } from '@/scripts/demo/choose-port';
import { LictorProcess } from '@/scripts/demo/lictor-process';
import { bareBlockingQuery } from './measure/bare-query';
import { watchPaintedStatus } from './measure/painted-status';
import { percentiles } from './measure/percentiles';
import { streamClient } from './measure/stream-client';
import { report } from './measure/table';

const FLIPS = 100;
const DC = 'dc1';
const SERVICE = 'cart';

const world = await startWorld({ progress: (sentence) => console.log(sentence) });
const consul = world.datacenters.find((dc) => dc.name === DC)?.serverHttp ?? '';
const startedAtMs = Date.now();
const lictor = new LictorProcess(await choosePort(null), { CONSUL_HTTP_ADDR: consul });
const stops: (() => void | Promise<void>)[] = [() => world.stop(), () => lictor.stop()];
try {
  await lictor.ready();
  const readyMs = Date.now() - startedAtMs;
  const instance = world.instances(SERVICE, DC)[0];
  if (!instance) throw new Error(`The shop has no ${SERVICE} in ${DC}.`);

  /** When each observer first saw the status that this round is about. */
  let round: { status: string; bare?: number; stream?: number; painted?: number } = { status: 'passing' };
  const key = serviceKey(DC, SERVICE);
  stops.push(
    await watchPaintedStatus(`${lictor.address}/services/${DC}/${SERVICE}`, instance.key, (status, atMs) => {
      if (status === round.status) round.painted ??= atMs;
    }),
  );
  stops.push(
    bareBlockingQuery(consul, SERVICE, (instances, atMs) => {
      if (instances.some(({ id, status }) => id === instance.id && status === round.status)) round.bare ??= atMs;
    }),
    streamClient(`${lictor.address}/api/v1/stream?topic=fleet`, ({ changes }, atMs) => {
      const record = changes.find((change) => change.key === key)?.value as ServiceRecord | undefined;
      if (record?.status === round.status) round.stream ??= atMs;
    }),
  );

  const toStream: number[] = [];
  const toPainted: number[] = [];
  for (let n = 0; n < FLIPS; n += 1) {
    const status = n % 2 === 0 ? ('critical' as const) : ('passing' as const);
    round = { status };
    await world.flip(instance, status);
    const { bare, stream, painted } = await until(`flip ${n + 1} to ${status} to be seen by all three`, async () =>
      round.bare !== undefined && round.stream !== undefined && round.painted !== undefined
        ? { bare: round.bare, stream: round.stream, painted: round.painted }
        : false,
    );
    toStream.push(stream - bare);
    toPainted.push(painted - bare);
    if ((n + 1) % 20 === 0) console.log(`${n + 1} of ${FLIPS} flips`);
  }
  report(
    'flip',
    `ms after the bare blocking query, ${FLIPS} flips (bound)`,
    [
      { what: 'stream client', values: percentiles(toStream), bounds: { p50: 10, p99: 50 } },
      { what: 'painted in Chromium', values: percentiles(toPainted), bounds: { p50: 50, p99: 150 } },
      { what: 'ready after the start', values: { max: readyMs }, bounds: { max: 3_000 } },
    ],
    { toStream, toPainted },
  );
} finally {
  for (const stop of stops.reverse()) await stop();
}

// Random registrations, flips, deployments and server restarts at fifty changes a second. At each pause what Lictor publishes, what a stream client has folded
// and a fresh read of Consul must be one. `npm run bench -- soak [--minutes N]`, 20 by default.
import { FollowedStream } from '@/e2e/harness/followed-stream';
import { LictorUnderTest } from '@/e2e/harness/lictor-for';
import { startMeasuredLictor } from './measure/measured-lictor';
import { percentiles } from './measure/percentiles';
import { cpuMeter, residentMb } from './measure/process-cost';
import { report } from './measure/table';
import { CHANGES_A_SECOND, SEED, SOAK_TOPICS, soak, startSoakWorld } from './soak/soak';

const minutes = minutesOf(process.argv.slice(2));
const world = await startSoakWorld({ progress: (sentence) => console.log(sentence) });
const stops: (() => unknown)[] = [() => world.stop()];
try {
  const lictor = await startMeasuredLictor({ CONSUL_HTTP_ADDR: world.consul('dc1').address });
  stops.push(() => lictor.stop());
  const api = new LictorUnderTest(lictor.address, () => lictor.stop());
  const stream = await FollowedStream.open(lictor.address, SOAK_TOPICS);
  stops.push(() => stream.reader.cut());

  const startedMb = residentMb(lictor.pid);
  const core = cpuMeter(lictor.pid);
  const result = await soak({ world, lictor: api, stream }, minutes, (round, { written, restarts, divergences }) =>
    console.log(
      `Round ${round}: ${written} changes, ${restarts} restarts, ${divergences.length} divergences, ${residentMb(lictor.pid).toFixed(0)} MB`,
    ),
  );
  const { divergences, pausesMs } = result;
  for (const divergence of divergences) console.log(divergence);
  report(
    'soak',
    `${minutes} min at ${CHANGES_A_SECOND} changes a second (bound)`,
    [
      { what: 'divergences', values: { value: divergences.length }, bounds: { value: 0 } },
      { what: 'pauses at which all three were compared', values: { value: pausesMs.length + divergences.length } },
      { what: 'until they were one, ms', values: percentiles(pausesMs) },
      { what: 'changes that Consul took', values: { value: result.written } },
      { what: 'changes refused while a server was down', values: { value: result.refused } },
      { what: 'server restarts', values: { value: result.restarts } },
      { what: 'Lictor, % of a core', values: { value: core() } },
      { what: 'Lictor, memory at the start, MB', values: { value: startedMb } },
      { what: 'Lictor, memory at the end, MB', values: { value: residentMb(lictor.pid) } },
    ],
    { divergences, pausesMs, seed: SEED },
  );
} finally {
  for (const stop of stops.reverse()) await stop();
}

function minutesOf(args: readonly string[]): number {
  if (args.length === 0) return 20;
  const [name, value] = args;
  const given = Number(value);
  if (name !== '--minutes' || !(given > 0)) throw new Error('Usage: npm run bench -- soak [--minutes N]');
  return given;
}

// Random registrations, flips, deployments and server restarts at fifty changes a second. At each pause what Lictor publishes, what a stream client has folded
// and a fresh read of Consul must be one. `npm run bench -- soak [--minutes N]`, 20 by default.
import { setTimeout as wait } from 'node:timers/promises';
import { randomOperations } from '@/e2e/fleet/random-operations';
import { Storm } from '@/e2e/fleet/storm';
import { FollowedStream } from '@/e2e/harness/followed-stream';
import { LictorUnderTest } from '@/e2e/harness/lictor-for';
import { type Comparison, compareWithConsul } from '@/e2e/harness/sameness';
import { seededRandom } from '@/e2e/world/random';
import { startWorld } from '@/e2e/world/start-world';
import { until } from '@/e2e/world/until';
import { startMeasuredLictor } from './measure/measured-lictor';
import { percentiles } from './measure/percentiles';
import { cpuMeter, residentMb } from './measure/process-cost';
import { report } from './measure/table';
import { Churn } from './soak/churn';

const CHANGES_A_SECOND = 50;
const OPERATIONS_A_ROUND = 15;
const ROUND_MS = 25_000;
const DOWN_MS = 1_500;
/** Agents whose server was away come back by themselves, within half a minute. */
const SAME_WITHIN_MS = 90_000;
const SEED = 20_260_101;

const minutes = minutesOf(process.argv.slice(2));
const world = await startWorld({
  ...{ datacenters: 2, services: 60, instancesPerService: 5 },
  progress: (sentence) => console.log(sentence),
});
const stops: (() => unknown)[] = [() => world.stop()];
try {
  const random = seededRandom(SEED);
  const storm = new Storm(world);
  const churn = await Churn.of(world, random);
  const consul = world.consul('dc1').address;
  const lictor = await startMeasuredLictor({ CONSUL_HTTP_ADDR: consul });
  stops.push(() => lictor.stop());
  const api = new LictorUnderTest(lictor.address, () => lictor.stop());
  const topics = ['fleet', 'nodes', 'service:dc1/front', 'service:dc2/cart'];
  const stream = await FollowedStream.open(lictor.address, topics);
  stops.push(() => stream.reader.cut());

  const startedMb = residentMb(lictor.pid);
  const core = cpuMeter(lictor.pid);
  const endsAtMs = performance.now() + minutes * 60_000;
  const pausesMs: number[] = [];
  const divergences: string[] = [];
  let restarts = 0;
  for (let round = 1; performance.now() < endsAtMs; round += 1) {
    let ended = false;
    const going = churn.run(CHANGES_A_SECOND, () => ended);
    const roundEndsAtMs = performance.now() + ROUND_MS;
    await randomOperations(world, storm, random, OPERATIONS_A_ROUND);
    await world.deploy('mail', `1.${round}.0`);
    if (round % 2 === 0) {
      const dc = round % 4 === 0 ? 'dc1' : 'dc2';
      await world.stopServer(dc);
      await wait(DOWN_MS);
      await world.startServer(dc);
      restarts += 1;
    }
    await wait(Math.max(0, roundEndsAtMs - performance.now()));
    ended = true;
    await going;

    const pausedAtMs = performance.now();
    let last: Comparison | null = null;
    const same = async () => {
      last = await compareWithConsul(api, consul, { stream, topics });
      return last.same;
    };
    await until('Lictor, its stream and Consul to be one', same, { deadlineMs: SAME_WITHIN_MS }).then(
      () => pausesMs.push(performance.now() - pausedAtMs),
      (error: Error) => divergences.push(`Round ${round}: ${error.message} ${firstDifference(last)}`),
    );
    stream.reader.frames.splice(0);
    console.log(
      `Round ${round}: ${churn.written} changes, ${restarts} restarts, ${divergences.length} divergences, ${residentMb(lictor.pid).toFixed(0)} MB`,
    );
  }
  for (const divergence of divergences) console.log(divergence);
  report(
    'soak',
    `${minutes} min at ${CHANGES_A_SECOND} changes a second (bound)`,
    [
      { what: 'divergences', values: { value: divergences.length }, bounds: { value: 0 } },
      { what: 'pauses at which all three were compared', values: { value: pausesMs.length + divergences.length } },
      { what: 'until they were one, ms', values: percentiles(pausesMs) },
      { what: 'changes that Consul took', values: { value: churn.written } },
      { what: 'changes refused while a server was down', values: { value: churn.refused } },
      { what: 'server restarts', values: { value: restarts } },
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

/** Where a divergence begins, for the log; the rest is in neither. */
function firstDifference(compared: Comparison | null): string {
  if (compared === null) return 'Consul could not be read.';
  const pairs: [string, unknown, unknown][] = [
    ['published', compared.published, compared.raw],
    ['folded', compared.folded, compared.wanted],
  ];
  for (const [what, is, shouldBe] of pairs) {
    const [a, b] = [JSON.stringify(is), JSON.stringify(shouldBe)];
    if (a === b) continue;
    let at = 0;
    while (at < a.length && a[at] === b[at]) at += 1;
    return `${what}: …${a.slice(Math.max(0, at - 200), at + 100)}… where Consul has …${b.slice(Math.max(0, at - 20), at + 100)}…`;
  }
  return 'Only the order of keys differs.';
}

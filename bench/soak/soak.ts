import { setTimeout as wait } from 'node:timers/promises';
import { randomOperations } from '@/e2e/fleet/random-operations';
import { Storm } from '@/e2e/fleet/storm';
import type { FollowedStream } from '@/e2e/harness/followed-stream';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import { type Comparison, compareWithConsul } from '@/e2e/harness/sameness';
import { seededRandom } from '@/e2e/world/random';
import { startWorld, type WorldOptions } from '@/e2e/world/start-world';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import { Churn } from './churn';

export const CHANGES_A_SECOND = 50;
export const SEED = 20_260_101;
/** What the stream's client follows. */
export const SOAK_TOPICS = ['fleet', 'nodes', 'service:dc1/front', 'service:dc1/random-1', 'service:dc2/cart'];

const OPERATIONS_A_ROUND = 15;
const ROUND_MS = 25_000;
const DOWN_MS = 1_500;
/** Agents whose server was away come back by themselves, within half a minute. */
const SAME_WITHIN_MS = 90_000;

/** The shop in two datacenters, and 60 services beside it that no agent owns. */
export const startSoakWorld = (more: WorldOptions = {}): Promise<World> =>
  startWorld({ ...{ datacenters: 2, services: 60, instancesPerService: 5 }, ...more });

export interface Soaked {
  readonly world: World;
  readonly lictor: LictorUnderTest;
  /** One that follows `SOAK_TOPICS`. */
  readonly stream: FollowedStream;
}

export interface SoakResult {
  /** A sentence for each pause at which the three were not one. */
  readonly divergences: string[];
  /** For each other pause how long it took until they were, ms. */
  readonly pausesMs: number[];
  /** Changes that Consul has taken, and those that it did not take since a server was down. */
  readonly written: number;
  readonly refused: number;
  readonly restarts: number;
}

/**
 * Random registrations, flips, deployments and restarts of servers at fifty changes a second for so many minutes, in rounds. In the pause after each round what Lictor
 * publishes, what a stream's client has folded and a fresh read of Consul must be one. `onRound` is told after each.
 */
export async function soak(
  { world, lictor, stream }: Soaked,
  minutes: number,
  onRound: (round: number, result: SoakResult) => void = () => {},
): Promise<SoakResult> {
  const random = seededRandom(SEED);
  const storm = new Storm(world);
  const churn = await Churn.of(world, random);
  const consul = world.consul('dc1').address;
  const endsAtMs = performance.now() + minutes * 60_000;
  const pausesMs: number[] = [];
  const divergences: string[] = [];
  let restarts = 0;
  const result = (): SoakResult => ({
    ...{ divergences, pausesMs, written: churn.written, refused: churn.refused, restarts },
  });
  for (let round = 1; performance.now() < endsAtMs; round += 1) {
    let ended = false;
    const going = churn.run(CHANGES_A_SECOND, () => ended);
    const roundEndsAtMs = performance.now() + ROUND_MS;
    const told = await randomOperations(world, storm, random, OPERATIONS_A_ROUND);
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
      last = await compareWithConsul(lictor, consul, { stream, topics: SOAK_TOPICS });
      return last.same;
    };
    await until('Lictor, its stream and Consul to be one', same, { deadlineMs: SAME_WITHIN_MS }).then(
      () => pausesMs.push(performance.now() - pausedAtMs),
      (error: Error) =>
        divergences.push(
          `Round ${round}: ${error.message} ${firstDifference(last)}\nBesides, in order: ${told.join('; ')}`,
        ),
    );
    stream.reader.frames.splice(0);
    onRound(round, result());
  }
  return result();
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

import { afterAll, beforeAll, expect, test } from 'vitest';
import { SOAK_TOPICS, soak, startSoakWorld } from '@/bench/soak/soak';
import { FollowedStream } from '@/e2e/harness/followed-stream';
import { type LictorUnderTest, lictorFor } from '@/e2e/harness/lictor-for';
import type { World } from '@/e2e/world/world';

/** The bench does the same for 20. */
const MINUTES = 2;
/** Rounds of 25 s and their pauses, which grow on a busy machine. */
const PATIENCE_MS = 480_000;

let world: World;
let lictor: LictorUnderTest;
let stream: FollowedStream;

beforeAll(async () => {
  world = await startSoakWorld();
  lictor = await lictorFor(world.consul('dc1').address);
  await lictor.synced();
  stream = await FollowedStream.open(lictor.url, SOAK_TOPICS);
});

afterAll(async () => {
  stream?.reader.cut();
  await lictor?.close();
  await world?.stop();
});

test('at each pause of two minutes of random changes and restarts Lictor, its stream and Consul are one', {
  timeout: PATIENCE_MS,
}, async () => {
  const { divergences, pausesMs, written, restarts } = await soak({ world, lictor, stream }, MINUTES);
  expect(divergences).toEqual([]);
  expect(pausesMs.length).toBeGreaterThan(1);
  expect(restarts).toBeGreaterThan(0);
  expect(written).toBeGreaterThan(1_000);
});

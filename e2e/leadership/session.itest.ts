import { afterAll, beforeAll, expect, test } from 'vitest';
import { CuttableLink } from '@/e2e/harness/cuttable-link';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import { Stage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import { type ContenderOptions, ContenderUnderTest, overlaps } from './contender';

/** Consul expires a session after twice its TTL of 10 s and keeps its lock for 3 s more; a busy machine takes its time. */
const TAKE_OVER = { deadlineMs: 45_000 };

const stage = new Stage();
let world: World;
let asked: string;

beforeAll(async () => {
  world = await stage.bareWorld(1, { serversPerDatacenter: 3 });
  asked = world.datacenters[0]?.serverHttp ?? '';
});

afterAll(() => stage.clear());

const contender = (options: ContenderOptions, address = asked) =>
  stage.opened(ContenderUnderTest.open(address, options));

async function pair(group: string, addressOfFirst = asked) {
  const first = await contender({ name: 'first', group }, addressOfFirst);
  await until('the first to lead', () => first.leads);
  const second = await contender({ name: 'second', group });
  await until('the second to follow it', () => second.state.holder === 'http://first.example');
  expect(second.state).toMatchObject({ leads: false, by: 'session', reason: null });
  return [first, second] as const;
}

test('who closes lets go, and another leads at once', async () => {
  const [first, second] = await pair('close');
  const third = await contender({ name: 'third', group: 'close' });
  await first.close();
  await until('one of the others to lead', () => second.leads || third.leads, { deadlineMs: 5_000 });
  expect(overlaps([first, second, third])).toEqual([]);
});

test.concurrent('a leader that is killed is followed', async () => {
  const { lictor, spawned } = await stage.lictorProcess(asked, { LICTOR_BASE_URL: 'http://killed.example' });
  const leadsOf = async (of: LictorUnderTest) => (await of.system()).leadership;
  await until('the process to lead', async () => (await leadsOf(lictor)).leads);
  expect(await (await fetch(`${lictor.url}/metrics`)).text()).toMatch(/^lictor_leader 1$/m);
  const other = await stage.lictor(asked);
  await until('the other to follow', async () => (await leadsOf(other)).holder === 'http://killed.example');
  spawned.signal('SIGKILL');
  await spawned.ended;
  await until('the other to lead', async () => (await leadsOf(other)).leads, TAKE_OVER);
});

test.concurrent('a leader that is cut off from Consul stops before another begins, and follows when it is back', async () => {
  const link = await stage.opened(CuttableLink.open(asked));
  const [first, second] = await pair('cut-off', link.address);
  link.cut();
  await until('the other to lead', () => second.leads, TAKE_OVER);
  expect(first.state).toMatchObject({ leads: false, holder: null });
  expect(first.state.reason).toBeTruthy();
  link.mend();
  await until('the first to follow', () => first.state.holder === 'http://second.example', TAKE_OVER);
  expect(overlaps([first, second])).toEqual([]);
}, 150_000);

test.concurrent('a session that an operator deletes, and a key that he deletes, make no two leaders', async () => {
  const group = 'operator';
  const all = await pair(group);
  const key = `/v1/kv/lictor/leader/default/${group}`;
  const consul = world.consul('dc1');
  const [entry] = await consul.get<{ Session: string; Value: string }[]>(key);
  const led = all.flatMap(({ spans }) => spans).length;
  await consul.put(`/v1/session/destroy/${entry?.Session}`);
  await until(
    'one to lead again',
    () => all.flatMap(({ spans }) => spans).length > led && all.some(({ leads }) => leads),
  );
  await consul.delete(key);
  await until('the leader to have its key again', async () => {
    const [again] = await consul.get<{ Session?: string }[]>(key);
    return again?.Session && all.filter(({ leads }) => leads).length === 1;
  });
  expect(overlaps(all)).toEqual([]);
});

test('without a quorum nobody leads in the end, and with it again one does', async () => {
  const all = await pair('quorum');
  const others = world.datacenters[0]?.servers.slice(1) ?? [];
  for (const server of others) await server.kill();
  await until('nobody to lead', () => !all.some(({ leads }) => leads), TAKE_OVER);
  expect(all[0]?.state.reason).toBeTruthy();
  for (const server of others) await server.start();
  await until('one to lead again', () => all.some(({ leads }) => leads), TAKE_OVER);
  await until('both to agree who', () => new Set(all.map(({ state }) => state.holder)).size === 1, TAKE_OVER);
  expect(overlaps(all)).toEqual([]);
});

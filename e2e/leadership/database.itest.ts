import { afterAll, beforeAll, expect, test } from 'vitest';
import { CuttableLink } from '@/e2e/harness/cuttable-link';
import { PostgresUnderTest } from '@/e2e/harness/postgres';
import { Stage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import { systemClock } from '@/server/consul/clock';
import { AdvisoryLock } from '@/server/leadership/advisory-lock';
import { ContenderUnderTest, overlaps } from './contender';

const PATIENCE = { deadlineMs: 45_000 };
const REASON = /LICTOR_READ_ONLY/;

const stage = new Stage();
let postgres: PostgresUnderTest;

beforeAll(async () => {
  postgres = await stage.opened(PostgresUnderTest.open());
});

afterAll(() => stage.clear());

/** One that may not write to Consul. No Consul is needed: it is not asked. */
function contender(name: string, url = postgres.url): Promise<ContenderUnderTest> {
  const databaseLock = new AdvisoryLock({ url, name, clock: systemClock });
  const env = { LICTOR_READ_ONLY: '1', LICTOR_CONSUL_MAX_CONNECTIONS: '16' };
  return stage.opened(ContenderUnderTest.open('127.0.0.1:1', { name, group: 'x', env, databaseLock }));
}

const linkTo = () => stage.opened(CuttableLink.open(`http://127.0.0.1:${postgres.port}`));

test('one of the replicas on a database leads, whatever befalls its connection, and never two', async () => {
  const link = await linkTo();
  const first = await contender('first', postgres.url.replace(String(postgres.port), String(link.port)));
  await until('the first to lead', () => first.leads);
  expect(first.state).toMatchObject({ by: 'database', reason: expect.stringMatching(REASON) });
  const second = await contender('second');
  await until('the second to know who leads', () => second.state.holder === 'first');
  expect(second.leads).toBe(false);

  link.cut();
  await until('the second to lead', () => second.leads, PATIENCE);
  expect(first.leads).toBe(false);
  link.mend();
  await until('the first to follow', () => first.state.holder === 'second', PATIENCE);

  await postgres.stop('SIGQUIT');
  await until('nobody to lead', () => !first.leads && !second.leads);
  expect(second.state.reason).toContain('PostgreSQL');
  await postgres.start();
  await until('one to lead again', () => first.leads || second.leads, PATIENCE);

  await (first.leads ? first : second).close();
  await until('the other to lead', () => first.leads || second.leads, { deadlineMs: 10_000 });
  expect(overlaps([first, second])).toEqual([]);
});

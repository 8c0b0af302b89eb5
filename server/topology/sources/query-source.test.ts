import { expect, test } from 'vitest';
import { decodePreparedQueries } from '@/server/consul/decode/prepared-queries';
import { answerOf } from '@/server/consul/testing/answer';
import { queryEdges } from './query-edges';
import { querySource } from './query-source';
import { scriptedPlace } from './testing/told-by';

const ANY_NAME = `\${name.full}`;

/** As Consul 1.8.7 answers. */
const query = (Name: string, Service: string, Failover: object = {}, more: object = {}) => ({
  ...{ ID: `id-of-${Name}`, Name, Session: '', Token: 'secret', Template: { Type: '', Regexp: '' } },
  ...{ Service: { Service, Failover: { NearestN: 0, Datacenters: null, ...Failover }, OnlyPassing: false } },
  ...{ DNS: { TTL: '' }, CreateIndex: 1, ModifyIndex: 1, ...more },
});

const edges = (queries: object[], near: string[] = []) =>
  queryEdges('dc1', decodePreparedQueries(answerOf(queries)).entries, near, 0);

test('the nearest datacenters stand in first, then the named ones, each once and never its own', () => {
  const failover = { NearestN: 1, Datacenters: ['dc1', 'dc3', 'dc2'] };
  const { edges: found, nodes } = edges([query('q', 'cart', failover)], ['dc2', 'dc3']);
  expect(found.map(({ to, order }) => [to, order])).toEqual([
    ['dc2/cart', 1],
    ['dc3/cart', 2],
  ]);
  expect(found[0]).toMatchObject({ from: 'dc1/cart', kind: 'failover', source: 'prepared query q' });
  expect(nodes).toEqual([{ key: 'dc1/cart', failover: ['dc2', 'dc3'] }]);
});

test('targets (1.14) that are datacenters stand in, peers are told apart', () => {
  const Targets = [{ Datacenter: 'dc2' }, { Peer: 'cloud' }];
  expect(edges([query('q', 'cart', { Targets })]).edges.map(({ to }) => to)).toEqual(['dc2/cart']);
});

test('a template is for no service in particular', () => {
  const template = query('', ANY_NAME, { NearestN: 2 }, { Template: { Type: 'name_prefix_match' } });
  expect(edges([template], ['dc2'])).toEqual({ edges: [], nodes: [] });
});

test('no token of a query is ever read', () => {
  const { entries } = decodePreparedQueries(answerOf([query('q', 'cart')]));
  expect(JSON.stringify(entries)).not.toContain('secret');
});

function source(answers: { queries?: object[]; status?: number; allowed?: boolean | null }) {
  const scripted = scriptedPlace(({ path }) => {
    if (path === '/v1/query') return { status: answers.status ?? 200, body: answers.queries ?? [] };
    return answers.allowed === null
      ? { status: 401, body: 'ACL support disabled' }
      : { body: [{ Allow: answers.allowed }] };
  });
  let told = 0;
  const running = querySource(
    scripted.place,
    () => [],
    () => {
      told += 1;
    },
  );
  return { ...scripted, running, answers, toldTimes: () => told };
}

test('where a query leads to is known by its name and its id', async () => {
  const { running, pass, state, toldTimes } = source({ queries: [query('near', 'cart')], allowed: null });
  await pass(0);
  expect(['near', 'id-of-near', 'else'].map((name) => running.serviceOf(name))).toEqual(['cart', 'cart', null]);
  expect([state('prepared queries')?.state, state('prepared queries')?.reason, toldTimes()]).toEqual(['live', null, 1]);
});

test('without the right to them they are absent, with the rule that would help, and come with it', async () => {
  const { pass, state, answers } = source({ allowed: false });
  await pass(0);
  expect(state('prepared queries')).toMatchObject({
    ...{ state: 'absent', reason: expect.stringContaining('query_prefix "" { policy = "read" }') },
  });
  answers.allowed = true;
  await pass(60_000);
  expect(state('prepared queries')).toMatchObject({ state: 'live', reason: null });
  answers.status = 403;
  await pass(60_000);
  expect(state('prepared queries')?.state).toBe('absent');
});

test('what does not answer is old, with what it said, and is let go of at the end', async () => {
  const { pass, state, heard, answers, running } = source({
    ...{ queries: [query('q', 'cart', { Datacenters: ['dc2'] })], allowed: true },
  });
  await pass(0);
  answers.status = 500;
  await pass(60_000);
  expect(state('prepared queries')?.state).toBe('old');
  expect(heard.sources.get('queries dc1')?.edges).toHaveLength(1);
  running.stop();
  expect(heard.sources.size).toBe(0);
});

test('what is not shown of them is said', async () => {
  const queries = [
    query('t', ANY_NAME, {}, { Template: { Type: 'name_prefix_match' } }),
    query('n', 'cart', { NearestN: 2 }),
    query('p', 'cart', { Targets: [{ Peer: 'cloud' }] }),
  ];
  const { pass, state } = source({ queries, allowed: true });
  await pass(0);
  expect(state('prepared queries')?.reason).toMatch(/1 are templates.*1 let peers.*nearest is not known/);
});

import { expect, test } from 'vitest';
import { ConsulError } from '@/server/consul/consul-error';
import { ChainSource } from './chain-source';
import { scriptedPlace } from './testing/told-by';

const target = (Service: string, Datacenter = 'dc1') => ({ Service, Datacenter });

/** A service that is all redirected to another, with a datacenter that stands in. */
const chain = (service: string, to: string, failover: string[] = []) => ({
  Chain: {
    Nodes: {
      r: { Type: 'resolver', Name: `${to}.default.dc1`, Resolver: { Target: 't', Failover: { Targets: failover } } },
      s: { Type: 'splitter', Name: `${service}.default`, Splits: [{ Weight: 100, NextNode: 'r' }] },
    },
    Targets: { t: target(to), ...Object.fromEntries(failover.map((dc) => [dc, target(to, dc)])) },
  },
});

/** As Consul 1.8.7 words it, forwarded to the leader. */
const NOT_COMPILED =
  'rpc error making call: discovery chain "cart" uses inconsistent protocols; service "users" has "tcp" which is not "http"';

const nameOf = (path: string) => path.split('/').at(-1) ?? '';

test('each service with entries is asked for, a few at a time, and what its chain says is told', async () => {
  const { place, transport, heard, pass, state } = scriptedPlace(({ path }) => ({
    body: chain(nameOf(path), `${nameOf(path)}-old`, ['dc2']),
  }));
  const source = new ChainSource(place);
  source.services(new Set(Array.from({ length: 40 }, (_, at) => `s${at}`)));
  expect(state('chains')?.state).toBe('starting');
  for (let turn = 0; turn < 5; turn += 1) await pass(300);
  expect(transport.requests).toHaveLength(40);
  expect(transport.mostAtOnce).toBe(4);
  expect(state('chains')?.state).toBe('live');
  expect(heard.edges()).toContain('dc1/s7>dc1/s7-old');
  expect(heard.edges()).toContain('dc1/s7-old>dc2/s7-old');
  source.stop();
  expect(heard.sources.size).toBe(0);
});

test('a chain that does not compile is a problem of its service, and is gone when any entry mends it', async () => {
  let isBroken = true;
  const { place, heard, pass, state } = scriptedPlace(({ path }) =>
    isBroken ? { status: 500, body: NOT_COMPILED } : { body: chain(nameOf(path), 'users') },
  );
  const source = new ChainSource(place);
  source.services(new Set(['cart']));
  await pass(300);
  const problem = heard.book.node('dc1/cart')?.problem;
  expect(problem).toMatch(/cannot compile the discovery chain of cart in dc1.*has "tcp" which is not "http"$/);
  expect(problem).not.toContain('rpc error');
  expect(state('chains')?.state).toBe('live');
  isBroken = false;
  source.touch('users');
  await pass(300);
  expect(heard.book.node('dc1/cart')?.problem).toBeNull();
});

test('an entry is a reason to read again the chains that it has a part in, also when its copy has come, and no others', async () => {
  const { place, pass, asked } = scriptedPlace(({ path }) => ({
    body: chain(nameOf(path), nameOf(path) === 'cart' ? 'users' : nameOf(path)),
  }));
  const source = new ChainSource(place);
  source.services(new Set(['cart', 'users', 'pay']));
  await pass(300);
  expect(asked()).toHaveLength(3);
  source.touch('users');
  await pass(300);
  expect(asked().map(nameOf).sort()).toEqual(['cart', 'users']);
  await pass(3_000);
  expect(asked().map(nameOf).sort()).toEqual(['cart', 'users']);
  source.touch(null);
  await pass(300);
  expect(asked()).toHaveLength(3);
});

test.each([
  'No cluster leader',
  'rpc error making call: EOF',
  'No path to datacenter',
  'rpc error getting client: failed to get conn: dial tcp 127.0.0.1:0->10.0.0.1:8300: connect: connection refused',
])('that Consul cannot answer now is no problem of the chain: %s', async (words) => {
  let isAway = false;
  const { place, heard, pass, state } = scriptedPlace(({ path }) =>
    isAway ? { status: 500, body: words } : { body: chain(nameOf(path), 'users') },
  );
  const source = new ChainSource(place);
  source.services(new Set(['cart']));
  await pass(300);
  isAway = true;
  source.touch('cart');
  await pass(300);
  expect([heard.book.node('dc1/cart')?.problem, state('chains')?.state]).toEqual([null, 'old']);
  expect(heard.edges()).toEqual(['dc1/cart>dc1/users']);
  isAway = false;
  await pass(5_000);
  expect(state('chains')?.state).toBe('live');
});

test('where Connect is off, or the version has no chains, they are absent; what may not be read is counted', async () => {
  const answers = [
    { status: 500, body: 'Connect must be enabled in order to use this endpoint' },
    { status: 404, body: '' },
    new ConsulError('status', 'No.', { status: 403 }),
  ];
  const found = await Promise.all(
    answers.map(async (answer) => {
      const { place, pass, state } = scriptedPlace(() => answer);
      new ChainSource(place).services(new Set(['cart']));
      await pass(300);
      return [state('chains')?.state, state('chains')?.reason];
    }),
  );
  expect(found).toEqual([
    ['absent', expect.stringContaining('Connect is switched off in dc1')],
    ['absent', expect.stringContaining('This version')],
    ['live', expect.stringContaining('may not read 1 of')],
  ]);
});

test('a service whose last entry went has no chain to tell of', async () => {
  const { place, heard, pass } = scriptedPlace(({ path }) => ({ body: chain(nameOf(path), 'users') }));
  const source = new ChainSource(place);
  source.services(new Set(['cart']));
  await pass(300);
  source.services(new Set());
  expect(heard.edges()).toEqual([]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { Stage } from '@/e2e/harness/stage';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { until } from '@/e2e/world/until';
import { putEntry, putIntention, putProxy, putServices } from './registered';
import { type SourcesBench, sourcesBench } from './sources-bench';

const stage = new Stage();
let dc1: ConsulHttp;
let dc2: ConsulHttp;
let bench: SourcesBench;

beforeAll(async () => {
  const world = await stage.bareWorld(2);
  dc1 = world.consul('dc1');
  dc2 = world.consul('dc2');
  bench = await sourcesBench(stage, dc1.address);
});

afterAll(() => stage.clear());

/** Resolves when edges of these names are exactly these. */
async function edgesOf(names: readonly string[], ...wanted: string[]): Promise<void> {
  await until(`the edges of ${names}`, () => {
    const found = bench.edges(...names);
    if (found.join('\n') !== wanted.sort().join('\n')) throw new Error(`they are ${JSON.stringify(found)}`);
    return true;
  });
}

test('upstreams of sidecars: a circle, a call to itself and one to another datacenter; the sidecar itself is no node', async () => {
  await putServices(dc1, 'ring-a', 'ring-b');
  await putProxy(dc1, { service: 'ring-a-sidecar', of: 'ring-a', upstreams: ['ring-b', 'ring-a'] });
  const elsewhere = { DestinationName: 'ring-c', Datacenter: 'dc2' };
  await putProxy(dc1, { service: 'ring-b-sidecar', of: 'ring-b', upstreams: ['ring-a', elsewhere] });
  await edgesOf(
    ['ring-'],
    ...['dc1/ring-a>dc1/ring-a upstream', 'dc1/ring-a>dc1/ring-b upstream'],
    ...['dc1/ring-b>dc1/ring-a upstream', 'dc1/ring-b>dc2/ring-c upstream'],
  );
  expect(bench.services('dc1')).toContain('ring-a-sidecar');
  expect(bench.node('dc1/ring-a-sidecar')).toBeNull();
  expect(bench.node('dc1/ring-a')).toMatchObject({ kind: 'service', instances: 1 });
  expect(bench.node('dc2/ring-c')).toMatchObject({ kind: 'absent', instances: 0 });
});

test('another upstream is another edge, without any change of health', async () => {
  await putProxy(dc1, { service: 'moved-sidecar', of: 'moved', upstreams: ['first'] });
  await edgesOf(['moved'], 'dc1/moved>dc1/first upstream');
  await putProxy(dc1, { service: 'moved-sidecar', of: 'moved', upstreams: ['second'] });
  await edgesOf(['moved'], 'dc1/moved>dc1/second upstream');
  await dc1.put('/v1/catalog/deregister', { Node: 'node-of-proxies', ServiceID: 'moved-sidecar' });
  await edgesOf(['moved']);
});

test('one name in two datacenters is two services, each with what its own sidecar calls', async () => {
  await putServices(dc1, 'twin', 'left');
  await putServices(dc2, 'twin', 'right');
  await putProxy(dc1, { service: 'twin-sidecar', of: 'twin', upstreams: ['left'] });
  await putProxy(dc2, { service: 'twin-sidecar', of: 'twin', upstreams: ['right'] });
  await edgesOf(['twin'], 'dc1/twin>dc1/left upstream', 'dc2/twin>dc2/right upstream');
});

test('a service that only an intention names is there, as one that runs nowhere; what it denies is denied', async () => {
  await putServices(dc1, 'known');
  await putIntention(dc1, 'unheard-of', 'known', 'deny');
  await until('the edge', () => bench.edges('unheard-of').includes('dc1/unheard-of>dc1/known intention'));
  expect(bench.node('dc1/unheard-of')).toMatchObject({ kind: 'absent', instances: 0 });
  expect(bench.book.edge('dc1/unheard-of>dc1/known')).toMatchObject({ allowed: false });
});

test('an intention for all is one edge from one node for all, and rules what it stands for', async () => {
  await putServices(dc1, 'guarded', 'caller', 'friend');
  await putProxy(dc1, { service: 'caller-sidecar', of: 'caller', upstreams: ['guarded'] });
  await putProxy(dc1, { service: 'friend-sidecar', of: 'friend', upstreams: ['guarded'] });
  await putIntention(dc1, '*', 'guarded', 'deny');
  await putIntention(dc1, 'friend', 'guarded', 'allow');
  await until('what is allowed', () => {
    const [caller, friend] = ['caller', 'friend'].map((name) => bench.book.edge(`dc1/${name}>dc1/guarded`)?.allowed);
    return caller === false && friend === true;
  });
  const any = bench.book.edgesTo('dc1/guarded').filter(({ kinds }) => kinds.join() === 'intention');
  expect(any.map(({ from }) => bench.node(from)?.kind)).toEqual(['any']);
});

test('entries of the primary hold in both datacenters, and their chains are read there', async () => {
  for (const consul of [dc1, dc2]) await putServices(consul, 'pay');
  await putEntry(dc1, { Kind: 'service-resolver', Name: 'pay', Failover: { '*': { Datacenters: ['dc2'] } } });
  await edgesOf(['pay'], 'dc1/pay>dc2/pay failover');
  await until('both sources of it', () => {
    const sources = bench.book.edge('dc1/pay>dc2/pay')?.sources.map(({ source }) => source);
    return sources?.join() === 'discovery chain of pay,service-resolver/pay';
  });
  expect(bench.node('dc1/pay')?.failover).toEqual(['dc2']);
  await dc1.delete('/v1/config/service-resolver/pay');
  await edgesOf(['pay']);
  expect(bench.node('dc1/pay')?.failover).toEqual([]);
});

test('what metadata declares', async () => {
  const Service = { ID: 'm', Service: 'legacy-app', Port: 80, Meta: { upstreams: 'orders-db, mail@dc2' } };
  await dc1.put('/v1/catalog/register', { Node: 'node-of-services', Address: '10.1.1.1', Service });
  const Database = { ID: 'd', Service: 'orders-db', Port: 80, Meta: { kind: 'database' } };
  await dc1.put('/v1/catalog/register', { Node: 'node-of-services', Address: '10.1.1.1', Service: Database });
  await edgesOf(['legacy-app'], 'dc1/legacy-app>dc1/orders-db declared', 'dc1/legacy-app>dc2/mail declared');
  await until('the kind', () => bench.node('dc1/orders-db')?.kind === 'database');
});

test('every source says how it stands', async () => {
  const names = [
    'chains',
    'documents',
    'entries',
    'gateways',
    'intentions',
    'metadata',
    'prepared queries',
    'sidecars',
  ];
  await until('all to be live', () => names.every((name) => bench.state(name) === 'live'));
  expect(bench.state('sidecars', 'dc2')).toBe('live');
  // They are written in the primary alone.
  expect(bench.state('intentions', 'dc2')).toBeUndefined();
  expect(bench.state('coordinates')).toBe('live');
});

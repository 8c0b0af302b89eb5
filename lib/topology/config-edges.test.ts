import { describe, expect, test } from 'vitest';
import { canonicalJson } from '@/lib/configuration/canonical-json';
import type { ConfigurationFact } from '@/lib/configuration/configuration-fact';
import { subjectKey } from '@/lib/configuration/subject-key';
import { compiledChainSchema } from '@/lib/release/mesh/compiled-chain';
import { chainEdges } from './chain-edges';
import { entryEdges, intentionEdges } from './config-edges';

const place = { dc: 'dc1', seenAtMs: 1_768_446_000_000 };
const kept = { dc: 'dc1', modifyIndex: 7, digest: '0123456789ab' };

function entry(image: {
  readonly Kind: string;
  readonly Name: string;
  readonly [field: string]: unknown;
}): ConfigurationFact {
  const { Kind, Name } = image;
  const key = subjectKey('dc1', Kind, Name);
  return { ...kept, subject: 'config-entry', key, name: `${Kind}/${Name}`, content: canonicalJson(image) };
}

function intention(image: {
  readonly SourceName: string;
  readonly DestinationName: string;
  readonly [field: string]: unknown;
}) {
  const { SourceName, DestinationName } = image;
  const name = `${SourceName} => ${DestinationName}`;
  const key = subjectKey('dc1', SourceName, DestinationName);
  return { ...kept, subject: 'intention', key, name, content: canonicalJson(image) } as ConfigurationFact;
}

const read = (...facts: readonly ConfigurationFact[]) => entryEdges(facts, place, ['version']);
/** What matters of edges: ends, kind, and what is said beside. */
const told = ({ edges }: ReturnType<typeof read>) =>
  edges.map(({ from, to, kind, share, order, detail }) => [
    `${from}>${to}`,
    kind,
    share ?? order ?? null,
    detail ?? null,
  ]);

describe('A resolver', () => {
  test('lets datacenters stand in, in their order', () => {
    const part = read(
      entry({ Kind: 'service-resolver', Name: 'pay', Failover: { '*': { Datacenters: ['dc3', 'dc2'] } } }),
    );
    expect(told(part)).toEqual([
      ['dc1/pay>dc3/pay', 'failover', 1, null],
      ['dc1/pay>dc2/pay', 'failover', 2, null],
    ]);
    expect(part.nodes).toEqual([{ key: 'dc1/pay', failover: ['dc3', 'dc2'] }]);
    expect(part.edges[0]).toMatchObject({ source: 'service-resolver/pay', seenAtMs: place.seenAtMs });
  });

  test('does not let a datacenter stand in for itself, nor a subset of it', () => {
    const Failover = { '*': { Datacenters: ['dc1', 'dc2'] }, v2: { ServiceSubset: 'v1' } };
    expect(told(read(entry({ Kind: 'service-resolver', Name: 'pay', Failover })))).toEqual([
      ['dc1/pay>dc2/pay', 'failover', 2, null],
    ]);
  });

  test('lets another service stand in, here, elsewhere, or as a target of later Consuls', () => {
    const Failover = {
      '*': { Service: 'spare', Datacenters: ['dc2'] },
      v1: { Service: 'spare' },
      v2: { Targets: [{ Datacenter: 'dc3' }, { Service: 'spare', Peer: 'east' }] },
    };
    const part = read(entry({ Kind: 'service-resolver', Name: 'pay', Failover }));
    expect(told(part)).toEqual([
      ['dc1/pay>dc2/spare', 'failover', 1, null],
      ['dc1/pay>dc1/spare', 'failover', 1, 'For subset v1 alone.'],
      ['dc1/pay>dc3/pay', 'failover', 1, 'For subset v2 alone.'],
      ['dc1/pay>dc1/peer%20east%2Fspare', 'failover', 2, 'For subset v2 alone.'],
    ]);
    expect(part.nodes).toEqual([{ key: 'dc1/pay', failover: ['dc3'] }]);
  });

  test('redirects all', () => {
    const Redirect = { Service: 'pay', Datacenter: 'dc2', ServiceSubset: 'v2' };
    expect(told(read(entry({ Kind: 'service-resolver', Name: 'pay-dc2', Redirect })))).toEqual([
      ['dc1/pay-dc2>dc2/pay', 'route', null, 'All of its traffic is redirected, to subset v2.'],
    ]);
  });
});

describe('A splitter and a router', () => {
  const resolver = entry({
    Kind: 'service-resolver',
    Name: 'pay',
    DefaultSubset: 'v1',
    Subsets: { v1: { Filter: 'Service.Meta.version == "1.4.2"' }, v2: { Filter: 'Service.Meta.version == "1.5.0"' } },
  });

  test('divide what stays by version, and tell what goes elsewhere', () => {
    const Splits = [
      { Weight: 60 },
      { Weight: 9.99, ServiceSubset: 'v2' },
      { Weight: 20.01, Service: 'other' },
      { Weight: 10, Service: 'other', ServiceSubset: 'x' },
    ];
    const part = read(entry({ Kind: 'service-splitter', Name: 'pay', Splits }), resolver);
    expect(part.nodes).toEqual([{ key: 'dc1/pay', split: { '1.4.2': 60, '1.5.0': 9.99 } }]);
    expect(told(part)).toEqual([['dc1/pay>dc1/other', 'route', 30.01, null]]);
  });

  test('say which requests a route is for', () => {
    const Routes = [
      { Match: { HTTP: { PathPrefix: '/v2', Methods: ['GET'] } }, Destination: { Service: 'next' } },
      { Match: { HTTP: { Header: [{ Name: 'x-try', Exact: '1' }] } }, Destination: { Service: 'next' } },
      { Match: { HTTP: { PathExact: '/own' } }, Destination: { ServiceSubset: 'v2' } },
      { Destination: { Service: 'rest' } },
    ];
    expect(told(read(entry({ Kind: 'service-router', Name: 'pay', Routes })))).toEqual([
      ['dc1/pay>dc1/next', 'route', null, 'Requests with GET and path from /v2; with header x-try.'],
      ['dc1/pay>dc1/rest', 'route', null, 'Requests of any form.'],
    ]);
  });
});

describe('A gateway', () => {
  test('takes traffic in for services, and for all of them', () => {
    const Listeners = [
      { Port: 8080, Protocol: 'http', Services: [{ Name: 'shop', Hosts: ['shop.example'] }] },
      { Port: 9090, Protocol: 'tcp', Services: [{ Name: '*' }] },
    ];
    const part = read(entry({ Kind: 'ingress-gateway', Name: 'gate', Listeners }));
    expect(told(part)).toEqual([
      ['dc1/gate>dc1/shop', 'gateway', null, 'By port 8080, for shop.example.'],
      ['dc1/gate>dc1/*', 'gateway', null, 'By port 9090.'],
    ]);
    expect(part.edges[0]?.isGuarded).toBe(true);
    expect(part.nodes).toEqual([{ key: 'dc1/gate', kind: 'gateway' }]);
  });

  test('leads out to services that intentions have already decided about', () => {
    const part = read(entry({ Kind: 'terminating-gateway', Name: 'out', Services: [{ Name: 'bank' }] }));
    expect(part.edges).toMatchObject([{ from: 'dc1/out', to: 'dc1/bank', kind: 'gateway', isGuarded: false }]);
  });

  test('of an API has its routes, with shares where one rule divides', () => {
    const Parents = [{ Kind: 'api-gateway', Name: 'api-gw', SectionName: 'http' }];
    const http = (Rules: unknown[]) => read(entry({ Kind: 'http-route', Name: 'r', Parents, Rules }));
    const divided = [
      { Name: 'a', Weight: 3 },
      { Name: 'b', Weight: 1 },
    ];
    expect(told(http([{ Services: divided }]))).toEqual([
      ['dc1/api-gw>dc1/a', 'gateway', 75, null],
      ['dc1/api-gw>dc1/b', 'gateway', 25, null],
    ]);
    expect(told(http([{ Services: divided }, { Services: [{ Name: 'c' }] }]))[0]?.[2]).toBeNull();
    const tcp = read(entry({ Kind: 'tcp-route', Name: 't', Parents, Services: [{ Name: 'db' }] }));
    expect(told(tcp)).toEqual([['dc1/api-gw>dc1/db', 'gateway', null, null]]);
    expect(tcp.nodes).toEqual([{ key: 'dc1/api-gw', kind: 'gateway' }]);
  });
});

describe('An intention', () => {
  const one = (rest: object) =>
    intentionEdges([intention({ SourceName: 'web', DestinationName: 'pay', ...rest })], place).edges[0];

  test('of any version allows or denies', () => {
    expect(one({ Action: 'allow' })).toMatchObject({
      from: 'dc1/web',
      to: 'dc1/pay',
      kind: 'intention',
      allowed: true,
    });
    expect(one({ Action: 'deny', Description: 'Why.' })).toMatchObject({ allowed: false, detail: 'Why.' });
  });

  test('about requests does neither, and says what it is about', () => {
    const Permissions = [
      { Action: 'allow', HTTP: { PathPrefix: '/pay', Methods: ['POST'] } },
      { Action: 'deny', HTTP: { PathRegex: '.*' } },
    ];
    expect(one({ Action: '', Permissions })).toMatchObject({
      allowed: null,
      detail: 'By request: allow requests with POST and path from /pay; deny requests with path like .*; else deny.',
    });
  });

  test('for all is one edge from or to one node', () => {
    const part = intentionEdges([intention({ SourceName: '*', DestinationName: 'pay', Action: 'deny' })], place);
    expect(part.edges).toMatchObject([{ from: 'dc1/*', to: 'dc1/pay', source: 'intention * => pay' }]);
  });

  test('of a peer or a namespace is of another service than the one called so here', () => {
    expect(one({ Action: 'allow', SourcePeer: 'east', SourceNS: 'default' })?.from).toBe('dc1/peer%20east%2Fweb');
    expect(one({ Action: 'allow', SourceNS: 'team' })?.from).toBe('dc1/team%2Fweb');
  });

  test('is also read as the entry of its destination', () => {
    const Sources = [
      { Name: 'web', Action: 'allow', Precedence: 9 },
      { Name: '*', Action: 'deny', Precedence: 8 },
    ];
    expect(read(entry({ Kind: 'service-intentions', Name: 'pay', Sources })).edges).toMatchObject([
      { from: 'dc1/web', to: 'dc1/pay', allowed: true, source: 'intention web => pay' },
      { from: 'dc1/*', to: 'dc1/pay', allowed: false },
    ]);
  });
});

describe('What cannot be read', () => {
  const good = entry({ Kind: 'service-resolver', Name: 'ok', Redirect: { Service: 'there' } });

  test('is a problem of its node, and the rest is read', () => {
    const odd = entry({ Kind: 'service-router', Name: 'pay', Routes: 'none' });
    const part = read(odd, good);
    expect(part.edges).toHaveLength(1);
    expect(part.nodes).toEqual([
      {
        key: 'dc1/pay',
        problem: 'service-router/pay has another form than Consul gives it, so its part of the picture is missing.',
      },
    ]);
  });

  test('is what is too large to be kept, and what is no JSON', () => {
    const digest = { ...entry({ Kind: 'service-splitter', Name: 'big' }), content: '{"bytes":70000,"digest":"0123"}' };
    const cut = { ...intention({ SourceName: 'web', DestinationName: 'pay' }), content: '{"Action"' };
    expect(read(digest, good).nodes).toEqual([
      {
        key: 'dc1/big',
        problem: 'service-splitter/big is too large to be read, so its part of the picture is missing.',
      },
    ]);
    expect(intentionEdges([cut], place).nodes).toMatchObject([{ key: 'dc1/pay' }]);
  });

  test('is not what says nothing of edges', () => {
    expect(read(entry({ Kind: 'service-defaults', Name: 'pay' }), entry({ Kind: 'toString', Name: 'x' }))).toEqual({
      edges: [],
      nodes: [],
    });
  });
});

describe('A compiled chain', () => {
  const resolver = (Target: string, Failover?: readonly string[]) => ({
    ...{ Type: 'resolver', Name: Target, Resolver: { Target, ...(Failover && { Failover: { Targets: Failover } }) } },
  });
  const target = (Service: string, Datacenter: string, ServiceSubset = '') => ({ Service, Datacenter, ServiceSubset });
  const chain = compiledChainSchema.parse({
    Chain: {
      Nodes: {
        'splitter:pay': {
          Type: 'splitter',
          Name: 'pay.default',
          Splits: [
            { Weight: 90, NextNode: 'resolver:v1' },
            { Weight: 10, NextNode: 'resolver:next' },
          ],
        },
        'resolver:v1': resolver('v1', ['v1.dc2', 'v1.dc3']),
        'resolver:next': resolver('next', ['next.dc2']),
      },
      Targets: {
        v1: target('pay', 'dc1', 'v1'),
        'v1.dc2': target('pay', 'dc2', 'v1'),
        'v1.dc3': target('pay', 'dc3', 'v1'),
        next: target('next', 'dc1'),
        'next.dc2': target('next', 'dc2'),
      },
    },
  });

  test('leads on to other services in shares, and to what stands in for each', () => {
    const part = chainEdges('dc1', 'pay', chain, place.seenAtMs);
    expect(told({ ...part })).toEqual([
      ['dc1/pay>dc2/pay', 'failover', 1, null],
      ['dc1/pay>dc3/pay', 'failover', 2, null],
      ['dc1/pay>dc1/next', 'route', 10, null],
      ['dc1/next>dc2/next', 'failover', 1, null],
    ]);
    expect(part.nodes).toEqual([{ key: 'dc1/pay', failover: ['dc2', 'dc3'] }]);
  });
});

import { expect, test } from 'vitest';
import { answerOf } from '@/server/consul/testing/answer';
import { decodeHealthService } from './health-service';
import { proxyOf } from './proxy';

const NONE = { DestinationType: '', Datacenter: '', DestinationNamespace: '', DestinationPartition: '' };

test('a sidecar as Consul 1.8 gives it', () => {
  const wire = {
    ...{ DestinationServiceName: 'front', DestinationServiceID: 'front-1', Config: { protocol: 'http' } },
    Upstreams: [
      { DestinationType: 'service', DestinationName: 'cart', Datacenter: 'dc2', LocalBindPort: 9_001 },
      { DestinationType: 'prepared_query', DestinationName: 'near-users', Datacenter: '', LocalBindPort: 9_002 },
    ],
    ...{ MeshGateway: {}, Expose: {} },
  };
  const upstream = { ...NONE, DestinationPeer: '' };
  expect(proxyOf('connect-proxy', wire)).toEqual({
    ...{ DestinationServiceName: 'front', Mode: '' },
    Upstreams: [
      { ...upstream, DestinationType: 'service', DestinationName: 'cart', Datacenter: 'dc2' },
      { ...upstream, DestinationType: 'prepared_query', DestinationName: 'near-users' },
    ],
  });
});

test.each<[string, object, object]>([
  [
    'a socket in the place of a port, and central defaults (1.10)',
    { LocalBindSocketPath: '/run/a.sock', CentrallyConfigured: true },
    {},
  ],
  [
    'a partition (1.11)',
    { DestinationPartition: 'east', DestinationNamespace: 'shop' },
    { DestinationPartition: 'east', DestinationNamespace: 'shop' },
  ],
  ['a peer (1.13)', { DestinationPeer: 'cloud' }, { DestinationPeer: 'cloud' }],
  ['the name of a port (2.0)', { DestinationPort: 'grpc' }, {}],
])('an upstream with %s', (_what, fields, read) => {
  const proxy = proxyOf('connect-proxy', { Upstreams: [{ DestinationName: 'cart', ...fields }] });
  expect(proxy?.Upstreams).toEqual([{ ...NONE, DestinationPeer: '', DestinationName: 'cart', ...read }]);
});

test('a transparent proxy (1.10) says so', () => {
  expect(proxyOf('connect-proxy', { Mode: 'transparent', TransparentProxy: {} })?.Mode).toBe('transparent');
});

test('a gateway and a proxy without upstreams, in the ways in which Go writes nothing', () => {
  const nothing = { DestinationServiceName: '', Mode: '', Upstreams: [] };
  for (const wire of [undefined, null, {}, { Upstreams: null, DestinationServiceName: null }]) {
    expect(proxyOf('mesh-gateway', wire)).toEqual(nothing);
  }
});

test('a proxy that cannot be read costs no instance its health', () => {
  const Service = { ID: 'a', Service: 'a', ModifyIndex: 1, Kind: 'connect-proxy', Proxy: { Upstreams: 'many' } };
  const Node = { Node: 'n1', Address: '10.0.0.1', ModifyIndex: 1 };
  const { entries, failures } = decodeHealthService(answerOf([{ Node, Service }]));
  expect([entries.map((entry) => entry.Service.Proxy), failures]).toEqual([[null], []]);
  // What is no proxy is not looked at.
  const { entries: plain } = decodeHealthService(answerOf([{ Node, Service: { ...Service, Kind: '' } }]));
  expect(plain[0]?.Service).toMatchObject({ Kind: '', Proxy: null });
});

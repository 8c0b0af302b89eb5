import { expect, test } from 'vitest';
import type { JsonObject } from '@/lib/release/json';
import { chainDifference } from './chain-difference';
import { compiledChainSchema } from './compiled-chain';

const resolver = (subset: string, failover?: string[]) => ({
  ...{ Type: 'resolver', Name: `${subset}.pay.default.dc1` },
  Resolver: {
    Target: `${subset}.pay.default.dc1`,
    ...(failover && { Failover: { Targets: failover.map((dc) => `${subset}.pay.default.${dc}`) } }),
  },
});
const target = (subset: string, dc: string) => ({ Service: 'pay', ServiceSubset: subset, Datacenter: dc });

/** As Consul 1.8.7 answers, with a header's route before the splitter. */
const chain = compiledChainSchema.parse({
  Chain: {
    ServiceName: 'pay',
    StartNode: 'router:pay.default',
    Nodes: {
      'router:pay.default': {
        ...{ Type: 'router', Name: 'pay.default' },
        Routes: [
          { Definition: {}, NextNode: 'resolver:b.pay.default.dc1' },
          { Definition: {}, NextNode: 'splitter:pay.default' },
        ],
      },
      'splitter:pay.default': {
        ...{ Type: 'splitter', Name: 'pay.default' },
        Splits: [
          { Weight: 66.67, NextNode: 'resolver:a.pay.default.dc1' },
          { Weight: 33.33, NextNode: 'resolver:b.pay.default.dc1' },
          { NextNode: 'resolver:c.pay.default.dc1' },
        ],
      },
      'resolver:a.pay.default.dc1': resolver('a', ['dc2']),
      'resolver:b.pay.default.dc1': resolver('b', ['dc2']),
      'resolver:c.pay.default.dc1': resolver('c', ['dc2']),
    },
    Targets: Object.fromEntries(
      ['a', 'b', 'c'].flatMap((subset) =>
        ['dc1', 'dc2'].map((dc) => [`${subset}.pay.default.${dc}`, target(subset, dc)]),
      ),
    ),
  },
});

const difference = (entryKind: string, after: JsonObject, service = 'pay') =>
  chainDifference(chain, 'dc1', { service, entryKind, after });
const splits = (weights: Record<string, number>) => ({
  Splits: Object.entries(weights).map(([subset, Weight]) => ({ Weight, ServiceSubset: subset })),
});

test('a chain that follows has no difference, whether or not a version without a share stands there', () => {
  expect(difference('service-splitter', splits({ a: 66.67, b: 33.33 }))).toBeNull();
  expect(difference('service-splitter', splits({ a: 66.67, b: 33.33, c: 0, d: 0 }))).toBeNull();
  expect(difference('service-defaults', { Protocol: 'http' })).toBeNull();
});

test('another share, one that is not there and one too many are named', () => {
  expect(difference('service-splitter', splits({ a: 90, b: 10 }))).toContain('gives a 66.67% in place of 90%');
  expect(difference('service-splitter', splits({ a: 66.67, d: 33.33 }))).toContain('gives d 0% in place of 33.33%');
  expect(difference('service-splitter', splits({ a: 66.67 }))).toContain('gives b 33.33% in place of none');
  expect(difference('service-splitter', splits({ a: 100 }), 'other')).toContain('no splitter');
});

test('a route that leads elsewhere, or is not there, is named by its place', () => {
  const to = (...subsets: string[]) => ({
    Routes: subsets.map((ServiceSubset) => ({ Destination: { ServiceSubset } })),
  });
  expect(difference('service-router', to('b'))).toBeNull();
  expect(difference('service-router', to('a'))).toContain('route 1');
  expect(difference('service-router', to('b', '', 'a'))).toContain('lacks number 3');
});

test('what stands in is compared in its order, without the datacenter itself', () => {
  const order = (...Datacenters: string[]) => ({ Subsets: { a: {}, unused: {} }, Failover: { '*': { Datacenters } } });
  expect(difference('service-resolver', order('dc1', 'dc2'))).toBeNull();
  expect(difference('service-resolver', order('dc3', 'dc2'))).toContain('dc2 stands in for a in place of dc3, dc2');
  expect(difference('service-resolver', { Subsets: { a: {} } })).toContain('in place of nothing');
});

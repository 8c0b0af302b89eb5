import { describe, expect, test } from 'vitest';
import { carriedByTransaction } from './carried-by-transaction';
import { registrationOf } from './registration-of';
import { sameDefinition } from './same-definition';

const DEFINITION = {
  ...{ ID: 'a', Service: 'web', Tags: ['v1'], Address: '', Meta: { version: '1' }, Port: 80, EnableTagOverride: false },
  ...{ Weights: { Passing: 1, Warning: 1 }, Proxy: { MeshGateway: {}, Expose: {} }, Connect: {} },
};

describe('two definitions are the same', () => {
  test('in another order, with other indexes, and with nothing said in another way', () => {
    const { Address: _, Connect: __, ...others } = DEFINITION;
    const odd = { ModifyIndex: 9, CreateIndex: 3, ContentHash: 'x', ...others, TaggedAddresses: null, Proxy: null };
    expect(sameDefinition(DEFINITION, odd)).toBe(true);
    expect(sameDefinition({ ...DEFINITION, Tags: null }, { ...DEFINITION, Tags: [] })).toBe(true);
  });

  test.each([
    ['a weight', { Weights: { Passing: 2, Warning: 1 } }],
    ['a tag more', { Tags: ['v1', ''] }],
    ['metadata without a value', { Meta: { version: '1', empty: '' } }],
    ['a proxy', { Proxy: { MeshGateway: { Mode: 'local' } } }],
    ['a field of a later Consul', { Locality: { Region: 'eu' } }],
  ])('but not with %s', (_, other) => {
    expect(sameDefinition(DEFINITION, { ...DEFINITION, ...other })).toBe(false);
  });
});

describe('a transaction carries a definition', () => {
  test('whose other fields say nothing', () => {
    expect(carriedByTransaction(DEFINITION)).toBe(true);
    expect(carriedByTransaction({ ...DEFINITION, ModifyIndex: 9, TaggedAddresses: {}, PeerName: '' })).toBe(true);
  });

  test.each([
    ['tagged addresses', { TaggedAddresses: { lan: { Address: '10.0.0.1', Port: 1 } } }],
    ['Connect', { Connect: { Native: true } }],
    ['a kind', { Kind: 'connect-proxy' }],
    ['a proxy', { Proxy: { DestinationServiceName: 'web' } }],
    ['what a later Consul knows', { Locality: { Region: 'eu' } }],
  ])('but not one with %s', (_, other) => {
    expect(carriedByTransaction({ ...DEFINITION, ...other })).toBe(false);
  });
});

test('an agent is given the name as it takes it, and nothing that is its own', () => {
  expect(registrationOf({ ...DEFINITION, ContentHash: 'x', Datacenter: 'dc1' })).toEqual({
    ...Object.fromEntries(Object.entries(DEFINITION).filter(([name]) => name !== 'Service')),
    Name: 'web',
  });
});

import { expect, test } from 'vitest';
import type { ConsulCheck } from '@/server/consul/decode/check';
import type { HealthEntry } from '@/server/consul/decode/health-service';
import { NodeCheckVersions } from './node-check-versions';

function entry(node: string, ...checks: { id: string; at: number; service?: string }[]): HealthEntry {
  const ofConsul = ({ id, at, service = '' }: (typeof checks)[number]): ConsulCheck => ({
    ...{ Node: node, CheckID: id, ModifyIndex: at, ServiceID: service, ServiceName: service },
    ...{ Name: id, Status: 'passing', Notes: '', Output: '', Type: '' },
  });
  return {
    Node: { Node: node, Address: '', Meta: {}, ModifyIndex: 1 },
    Service: {
      ...{
        ID: 'web',
        Service: 'web',
        Kind: '',
        Proxy: null,
        Tags: [],
        Address: '',
        Meta: {},
        Port: 80,
        ModifyIndex: 1,
      },
      Weights: { Passing: 1, Warning: 1 },
    },
    Checks: checks.map(ofConsul),
  };
}

const told = (newer: Map<string, ConsulCheck[]>) =>
  [...newer].map(([node, checks]) => [node, ...checks.map(({ CheckID, ModifyIndex }) => `${CheckID}@${ModifyIndex}`)]);

test('what is newer than before is told once, by its node; what is new, older or the service own is not', () => {
  const versions = new NodeCheckVersions();
  expect(
    told(versions.take([entry('n1', { id: 'serfHealth', at: 5 }), entry('n2', { id: 'serfHealth', at: 5 })])),
  ).toEqual([]);
  const lost = [entry('n1', { id: 'serfHealth', at: 9 }, { id: 'web', at: 9, service: 'web' }, { id: 'disk', at: 9 })];
  expect(told(versions.take([...lost, ...lost]))).toEqual([['n1', 'serfHealth@9']]);
  expect(
    told(versions.take([entry('n1', { id: 'serfHealth', at: 9 }), entry('n2', { id: 'serfHealth', at: 4 })])),
  ).toEqual([]);
  // Where the index went back, what comes after counts from there.
  expect(told(versions.take([entry('n2', { id: 'serfHealth', at: 6 })]))).toEqual([['n2', 'serfHealth@6']]);
});

test('an answer from before a change is brought up to date; one from after it is left as it is, and so are checks of the service', () => {
  const versions = new NodeCheckVersions();
  versions.take([entry('n1', { id: 'serfHealth', at: 9 })]);
  const old = [
    entry('n1', { id: 'serfHealth', at: 5 }, { id: 'web', at: 3, service: 'web' }),
    entry('n2', { id: 'serfHealth', at: 5 }),
  ];
  const at = (entries: HealthEntry[]) => entries.map(({ Checks }) => Checks.map(({ ModifyIndex }) => ModifyIndex));
  expect(at(versions.update(old, 8))).toEqual([[9, 3], [5]]);
  expect(versions.update(old, 9)).toEqual(old);
  versions.clear();
  expect(versions.update(old, 8)).toEqual(old);
});

test('a node that is of no use is forgotten, and known anew when it is back', () => {
  const versions = new NodeCheckVersions();
  versions.take([entry('n1', { id: 'a', at: 1 }), entry('n2', { id: 'a', at: 1 })]);
  versions.keepOnly((node) => node === 'n2');
  expect(told(versions.take([entry('n1', { id: 'a', at: 7 }), entry('n2', { id: 'a', at: 7 })]))).toEqual([
    ['n2', 'a@7'],
  ]);
});

import { expect, test } from 'vitest';
import { answerOf } from '@/server/consul/testing/answer';
import { decodeServiceMarks } from './ui-services';

const web = {
  Name: 'web',
  Tags: ['a', 'b'],
  Nodes: ['n1', 'n2'],
  InstanceCount: 2,
  ChecksPassing: 3,
  ChecksWarning: 0,
  ChecksCritical: 1,
  ExternalSources: ['nomad', 'k8s'],
};

const markOf = (...summaries: unknown[]) => decodeServiceMarks(answerOf(summaries)).get('web');

test.each([
  ['an instance more', { InstanceCount: 3 }],
  ['another node', { Nodes: ['n1', 'n3'] }],
  ['another tag', { Tags: ['a'] }],
  ['a check more', { ChecksPassing: 4 }],
  ['a field that only a newer Consul has', { ConnectedWithGateway: true }],
])('%s makes another mark', (_what, more) => {
  expect(markOf({ ...web, ...more })).not.toBe(markOf(web));
});

test('a check that falls makes no other mark: signals tell of it; nor does the order of what Consul keeps in maps', () => {
  expect(markOf({ ...web, ChecksPassing: 1, ChecksWarning: 2 })).toBe(markOf(web));
  expect(markOf({ ...web, ExternalSources: ['k8s', 'nomad'], Nodes: ['n2', 'n1'] })).toBe(markOf(web));
});

test('summaries of one name are one service; lists that are null are none', () => {
  expect(markOf(web, { ...web, Kind: 'connect-proxy' })).not.toBe(markOf(web));
  expect(markOf({ ...web, Tags: null, Nodes: null })).toBeDefined();
  expect(decodeServiceMarks(answerOf('null'))).toEqual(new Map());
});

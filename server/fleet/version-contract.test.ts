import { beforeAll, expect, test } from 'vitest';
import { observeNode } from '@/lib/fleet/observe-node';
import { observeService } from '@/lib/fleet/observe-service';
import { decodeAgentSelf } from '@/server/consul/decode/agent-self';
import { decodeNodes } from '@/server/consul/decode/catalog-nodes';
import { decodeHealthService } from '@/server/consul/decode/health-service';
import { decodeChecks } from '@/server/consul/decode/health-state';
import { decodeMembers } from '@/server/consul/decode/members';
import { decodeServiceNodes } from '@/server/consul/decode/ui-services';
import { type FieldUse, fieldUse } from '@/server/consul/testing/field-use';
import { recorded, scripted } from '@/server/consul/testing/fixture';
import type { ConsulAnswer } from '@/server/consul/transport';
import { observedInstance, observedNode } from './observed';

/** What Lictor shows of an answer about instances. */
function shownInstances(answer: ConsulAnswer) {
  const { entries, failures } = decodeHealthService(answer);
  const seen = {
    ...{ dc: 'dc1', name: 'web', at: '2026-01-01T00:00:00.000Z', afterGap: false },
    ...{ unreadable: [], versionMetaKeys: ['version'], instances: entries.map(observedInstance) },
  };
  return { ...observeService(undefined, seen), failures };
}

function shownNodes(answer: ConsulAnswer) {
  const { entries, failures } = decodeNodes(answer);
  const sighting = { at: '2026-01-01T00:00:00.000Z', afterGap: false };
  return {
    nodes: entries.map((node) => observeNode(undefined, 'dc1', observedNode(node, []), [], sighting)),
    failures,
  };
}

const INSTANCES = [
  recorded('consul-1.8.7-health-service-consul'),
  recorded('consul-1.10.11-health-service'),
  recorded('consul-1.10.11-health-service-streaming'),
  recorded('consul-1.10.11-health-connect'),
  ...['1.10-unix-socket', '1.11-enterprise', '1.13-peer', '1.16-locality', '1.22-named-ports'].map(scripted),
];

let instances: FieldUse;
beforeAll(() => {
  instances = fieldUse(INSTANCES, shownInstances);
});

test('instances: each field that Lictor uses reaches what it shows, in the answers of every version', () => {
  const { carried, needed } = instances;
  expect(carried).toEqual([
    'Checks.CheckID',
    'Checks.Name',
    'Checks.Notes',
    'Checks.Output',
    'Checks.ServiceID',
    'Checks.Status',
    'Checks.Type',
    // Where the service has no address of its own.
    'Node.Address',
    'Node.Node',
    'Service.Address',
    'Service.ID',
    'Service.Meta.*',
    'Service.PeerName',
    'Service.Port',
    'Service.Ports.Default',
    'Service.Ports.Port',
    'Service.Tags',
    'Service.Weights.Passing',
    'Service.Weights.Warning',
  ]);
  // Used elsewhere, or to tell records apart.
  expect(needed).toEqual([
    'Checks.ModifyIndex',
    'Checks.Node',
    'Checks.PeerName',
    'Checks.ServiceName',
    'Node.Meta.*',
    'Node.ModifyIndex',
    'Node.PeerName',
    'Service.Kind',
    'Service.ModifyIndex',
    'Service.Service',
  ]);
});

test('instances: what newer versions add and Lictor has no use for may take any form', () => {
  expect(instances.passedOver).toEqual(
    expect.arrayContaining([
      'Checks.ExposedPort',
      'Checks.Interval',
      'Checks.Namespace',
      'Checks.Partition',
      'Checks.Timeout',
      'Node.Locality.Region',
      'Node.Partition',
      'Service.Connect.PeerMeta.SNI',
      'Service.Locality.Zone',
      'Service.Namespace',
      'Service.Ports.Name',
      'Service.SocketPath',
      'Service.TaggedAddresses.*.Address',
    ]),
  );
});

test('nodes: the same', () => {
  const nodes = ['consul-1.8.7-catalog-nodes', 'consul-1.10.11-catalog-nodes'].map(recorded);
  const { carried, needed } = fieldUse([...nodes, scripted('1.16-catalog-nodes')], shownNodes);
  expect(carried).toEqual(['Address', 'Meta.*', 'Node', 'PeerName']);
  expect(needed).toEqual(['ModifyIndex']);
});

test('checks of a whole datacenter: everything by which a change is found and told whose it is', () => {
  const lists = ['consul-1.8.7-health-state-any', 'consul-1.10.11-state-critical'].map(recorded);
  const { carried, needed } = fieldUse([...lists, scripted('1.13-state-critical')], decodeChecks);
  expect(carried).toEqual([
    'CheckID',
    'ModifyIndex',
    'Name',
    'Node',
    'Notes',
    'Output',
    'PeerName',
    'ServiceID',
    'ServiceName',
    'Status',
    'Type',
  ]);
  expect(needed).toEqual([]);
});

test('the summary of all services: where their instances stand', () => {
  const summaries = [recorded('consul-1.10.11-ui-services'), scripted('1.13-ui-services')];
  const { carried, needed } = fieldUse(summaries, (answer) => [...decodeServiceNodes(answer)]);
  expect(carried).toEqual(['Name', 'Nodes', 'PeerName']);
  expect(needed).toEqual([]);
});

test('the agent and its gossip: versions, limits, who is there', () => {
  const agent = fieldUse([recorded('consul-1.10.11-agent-self')], decodeAgentSelf);
  expect(agent.carried).toEqual([
    'Config.Datacenter',
    'Config.PrimaryDatacenter',
    'Config.Version',
    'DebugConfig.HTTPMaxConnsPerClient',
  ]);
  const lists = ['consul-1.8.7-agent-members', 'consul-1.8.7-agent-members-wan', 'consul-1.10.11-members'];
  const members = fieldUse(lists.map(recorded), decodeMembers);
  expect(members.carried).toEqual([
    'Addr',
    'Name',
    'Status',
    'Tags.build',
    'Tags.dc',
    'Tags.id',
    'Tags.port',
    'Tags.role',
  ]);
});

test("a peer's instance is not taken for the one here that has its node and its id", () => {
  const { service, instances: shown } = shownInstances(scripted('1.13-peer'));
  expect(shown.map(({ key, address, status }) => [key, address, status])).toEqual([
    ['dc1/n1/web-1', '10.1.0.1', 'passing'],
  ]);
  expect(service).toMatchObject({ status: 'passing', instances: 1, critical: 0 });
  expect(shownNodes(scripted('1.16-catalog-nodes')).nodes.map(({ node }) => node.address)).toEqual(['10.0.0.1']);
  expect(decodeChecks(scripted('1.13-state-critical')).entries.map(({ Output }) => Output)).toEqual([
    'connection refused',
  ]);
  expect([...decodeServiceNodes(scripted('1.13-ui-services'))]).toEqual([['web', ['n1']]]);
});

test('an instance shows its default port, and none where it listens on a Unix socket', () => {
  const ports = (name: string) => shownInstances(scripted(name)).instances.map(({ address, port }) => [address, port]);
  expect(ports('1.22-named-ports')).toEqual([
    ['10.1.0.1', 8_080],
    ['10.1.0.2', 8_080],
  ]);
  expect(ports('1.10-unix-socket')).toEqual([['10.0.0.1', 0]]);
});

import { describe, expect, it } from 'vitest';
import { ConsulError } from '@/server/consul/consul-error';
import { answerOf } from '@/server/consul/testing/answer';
import { recorded } from '@/server/consul/testing/fixture';
import { decodeAgentSelf } from './agent-self';
import { decodeNodes } from './catalog-nodes';
import { decodeServices } from './catalog-services';
import { decodeDatacenters } from './datacenters';
import { decodeHealthService } from './health-service';
import { decodeChecks } from './health-state';
import { decodeLeader } from './leader';
import { decodeMembers } from './members';

describe('what a real Consul answered', () => {
  it.each(['consul-1.10.11-health-service', 'consul-1.10.11-health-service-streaming'])('%s', (name) => {
    const { entries, failures } = decodeHealthService(recorded(name));
    expect(failures).toEqual([]);
    expect(entries.map(({ Service }) => [Service.ID, Service.Port, Service.Meta.version, Service.Tags])).toEqual([
      ['web-1', 7101, '1.1.0', ['v1']],
      ['web-2', 7102, '1.2.0', ['v2']],
    ]);
    expect(entries[1]?.Checks.map(({ CheckID, Status }) => [CheckID, Status])).toContainEqual([
      '_service_maintenance:web-2',
      'critical',
    ]);
    expect(entries[0]?.Service.Weights).toEqual({ Passing: 100, Warning: 1 });
    expect(entries[0]?.Node).toMatchObject({ Node: 'n-s1', Address: '127.0.0.1' });
  });

  it('1.8.7: an instance, a node, checks, services, members', () => {
    expect(decodeHealthService(recorded('consul-1.8.7-health-service-consul')).entries[0]?.Service.ID).toBe('consul');
    expect(decodeNodes(recorded('consul-1.8.7-catalog-nodes')).entries[0]?.Node).toBe('s1');
    expect(decodeChecks(recorded('consul-1.8.7-health-state-any')).entries[0]).toMatchObject({
      CheckID: 'serfHealth',
      ServiceID: '',
      Status: 'passing',
    });
    expect(decodeServices(recorded('consul-1.8.7-catalog-services')).entries).toEqual([{ name: 'consul', tags: [] }]);
    expect(decodeMembers(recorded('consul-1.8.7-agent-members')).entries).toEqual([
      {
        ...{ name: 's1', address: '127.0.0.1', status: 'alive', server: true, version: '1.8.7', datacenter: 'dc1' },
        ...{ id: expect.stringMatching(/^[0-9a-f-]{36}$/), rpcAddress: '127.0.0.1:23503' },
      },
    ]);
    expect(decodeDatacenters(recorded('consul-1.8.7-catalog-datacenters'))).toEqual(['dc1']);
    expect(decodeLeader(recorded('consul-1.8.7-status-leader'))).toBe('127.0.0.1:23503');
  });

  it('1.10.11: nodes, checks, services, members, the agent', () => {
    expect(decodeNodes(recorded('consul-1.10.11-catalog-nodes')).failures).toEqual([]);
    expect(
      decodeChecks(recorded('consul-1.10.11-state-critical')).entries.every((check) => check.Status === 'critical'),
    ).toBe(true);
    expect(decodeServices(recorded('consul-1.10.11-catalog-services')).entries).toContainEqual({
      name: 'web',
      tags: ['v1', 'v2'],
    });
    expect(decodeMembers(recorded('consul-1.10.11-members')).entries[0]?.version).toBe('1.10.11');
    expect(decodeAgentSelf(recorded('consul-1.10.11-agent-self'))).toEqual({
      version: '1.10.11',
      datacenter: 'dc1',
      primaryDatacenter: 'dc1',
      maxConnectionsPerClient: 4000,
    });
  });
});

const node = { Node: 'n1', Address: '10.0.0.1', Meta: null, ModifyIndex: 3 };
const service = { ID: 'web-1', Service: 'web', Tags: null, Meta: null, Port: 80, ModifyIndex: 4 };
const check = { Node: 'n1', CheckID: 'c', Name: 'c', Status: 'passing', ModifyIndex: 5 };

describe('instances of a service', () => {
  it('take null for what is empty, and pass over what they do not know', () => {
    const entry = { Node: { ...node, Locality: 7 }, Service: { ...service, Novel: {} }, Checks: null, More: [] };
    const { entries, failures } = decodeHealthService(answerOf([entry]));
    expect(failures).toEqual([]);
    expect(entries[0]).toEqual({
      Node: { ...node, Meta: {} },
      Service: {
        ...service,
        Kind: '',
        Proxy: null,
        Tags: [],
        Meta: {},
        Address: '',
        Weights: { Passing: 1, Warning: 1 },
      },
      Checks: [],
    });
  });

  it('show the default of several named ports, as Consul 1.22 gives them', () => {
    const Ports = [
      { Name: 'admin', Port: 9_000 },
      { Name: 'http', Port: 8_080, Default: true },
    ];
    const port = (fields: object) =>
      decodeHealthService(answerOf([{ Node: node, Service: { ...service, ...fields }, Checks: [] }])).entries[0]
        ?.Service.Port;
    expect(port({ Port: 0, Ports })).toBe(8_080);
    expect(port({ Port: undefined, Ports: Ports.slice(0, 1) })).toBe(9_000);
    expect(port({ Port: undefined })).toBe(0);
    expect(port({ Port: 80, Ports: null })).toBe(80);
  });

  it('cost nobody else when one of them cannot be read', () => {
    const good = { Node: node, Service: service, Checks: [check] };
    const { entries, failures } = decodeHealthService(
      answerOf([
        { ...good, Service: { ...service, ID: 'bad-port', Port: '80' } },
        good,
        { ...good, Checks: [{ ...check, Status: 'fine' }] },
        7,
        null,
        { Node: { Node: 5 } },
        { ...good, Node: { ...node, Meta: { '\u001b[31m<b>': 1 } } },
      ]),
    );
    expect(entries.map((entry) => entry.Service.ID)).toEqual(['web-1']);
    expect(failures.map(({ node: name, id }) => [name, id])).toEqual([
      ['n1', 'bad-port'],
      ['n1', 'web-1'],
      [null, null],
      [null, null],
      [null, null],
      ['n1', 'web-1'],
    ]);
    expect(failures[0]?.message).toContain('Service.Port: Invalid input: expected number, received string');
    expect(failures[1]?.message).toContain('Checks.0.Status');
    expect(failures[5]?.message).not.toContain('<b>');
  });

  it('let no key of metadata reach a prototype', () => {
    const Meta = JSON.parse('{"__proto__":"x","constructor":"y","a":"b"}');
    const { entries } = decodeHealthService(answerOf([{ Node: { ...node, Meta }, Service: service, Checks: [] }]));
    expect(Object.getPrototypeOf(entries[0]?.Node.Meta)).toBe(Object.prototype);
    expect(entries[0]?.Node.Meta).toMatchObject({ a: 'b', constructor: 'y' });
  });

  it('are none where Go writes null', () => {
    expect(decodeHealthService(answerOf('null'))).toEqual({ entries: [], failures: [] });
  });
});

describe('services of the catalog', () => {
  it('may be called anything', () => {
    const body = '{"__proto__":["a"],"a/b":null,"<script>":[],"支付":["v1"],"bad":{"x":1}}';
    const { entries, failures } = decodeServices(answerOf(body));
    expect(entries).toEqual([
      { name: '__proto__', tags: ['a'] },
      { name: 'a/b', tags: [] },
      { name: '<script>', tags: [] },
      { name: '支付', tags: ['v1'] },
    ]);
    expect(failures.map((failure) => failure.id)).toEqual(['bad']);
  });
});

describe('the agent', () => {
  it('need not say more than its version and datacenter', () => {
    const body = { Config: { Version: '1.8.7', Datacenter: 'dc1', PrimaryDatacenter: '' } };
    expect(decodeAgentSelf(answerOf(body))).toEqual({
      version: '1.8.7',
      datacenter: 'dc1',
      primaryDatacenter: null,
      maxConnectionsPerClient: null,
    });
  });
});

describe('the leader', () => {
  it('is none where the name is empty', () => {
    expect(decodeLeader(answerOf('""'))).toBeNull();
  });
});

describe('a body that is not what was asked for', () => {
  const failure = (decode: () => unknown): ConsulError => {
    try {
      decode();
    } catch (error) {
      if (error instanceof ConsulError) return error;
    }
    throw new Error('A ConsulError was expected.');
  };

  it('is shown by its beginning, in one harmless line', () => {
    const page = `<html>\n<title>\u001b[31m502\u0007 Bad Gateway</title>${'x'.repeat(5_000)}`;
    const error = failure(() => decodeHealthService(answerOf(page)));
    expect(error.kind).toBe('not-json');
    expect(error.message).toContain('<html> <title> [31m502 Bad Gateway</title>');
    expect(error.message.length).toBeLessThan(500);
  });

  it.each([
    ['an empty body', () => decodeChecks(answerOf(''))],
    ['JSON that is cut off', () => decodeNodes(answerOf('[{"Node":'))],
    ['a map for a list', () => decodeNodes(answerOf({ Node: 1 }))],
    ['a list for a map', () => decodeServices(answerOf([]))],
    ['a number for a name', () => decodeLeader(answerOf('7'))],
    ['a map for names', () => decodeDatacenters(answerOf({}))],
    ['a text for an agent', () => decodeAgentSelf(answerOf('"x"'))],
  ])('%s', (_what, decode) => {
    expect(failure(decode).kind).toBe('not-json');
  });
});

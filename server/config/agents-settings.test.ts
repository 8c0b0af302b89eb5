import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AgentSettings } from './agents-settings';
import { readConfigFile } from './config-file';
import { SettingsError } from './settings-error';

const SECRET = 'f0e1d2c3-secret-token';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lictor-agents-'));
  writeFileSync(join(folder, 'token'), `${SECRET}\n`);
  writeFileSync(join(folder, 'empty'), '\n');
  writeFileSync(join(folder, 'broken.pem'), 'no certificate');
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function read(agents: unknown): readonly AgentSettings[] {
  const path = join(folder, 'lictor.json');
  writeFileSync(path, JSON.stringify({ release: { agents } }));
  return readConfigFile({ LICTOR_CONFIG: path }).release.agents;
}

const AGENT = { datacenter: 'dc1', node: 'web "1"', address: '10.0.0.1:8500' };

test('no agent is opted in by itself', () => {
  expect(readConfigFile({}).release.agents).toEqual([]);
});

test('an agent has its address, its token and its TLS; paths count from the folder of the file', () => {
  const tls = { serverName: 'client.dc1.consul', verify: false };
  expect(
    read([
      { ...AGENT, address: 'https://10.0.0.1', tokenFile: 'token', tls },
      { ...AGENT, node: 'b' },
    ]),
  ).toEqual([
    {
      ...{ datacenter: 'dc1', node: 'web "1"', address: 'https://10.0.0.1:443', basicAuth: null },
      tokenFile: join(folder, 'token'),
      tls: {
        ...{ verify: false, serverName: 'client.dc1.consul' },
        ...{ caFile: null, caPath: null, certFile: null, keyFile: null },
      },
    },
    expect.objectContaining({ node: 'b', address: 'http://10.0.0.1:8500', tokenFile: null }),
  ]);
});

test.each([
  ['a token in the file itself', 'release.agents.0', [{ ...AGENT, token: SECRET }]],
  ['a file of a token that is not there', 'release.agents.0.tokenFile', [{ ...AGENT, tokenFile: 'nowhere' }]],
  ['a file of a token that is empty', 'release.agents.0.tokenFile', [{ ...AGENT, tokenFile: 'empty' }]],
  ['an address with a path', 'release.agents.0.address', [{ ...AGENT, address: 'http://10.0.0.1/consul' }]],
  ['no node', 'release.agents.0.node', [{ datacenter: 'dc1', address: '10.0.0.1:8500' }]],
  ['what is no datacenter', 'release.agents.0.datacenter', [{ ...AGENT, datacenter: 'DC 1' }]],
  ['an agent named twice', 'release.agents.1', [AGENT, AGENT]],
  ['an authority that is none', 'release.agents.0.tls.caFile', [{ ...AGENT, tls: { caFile: 'broken.pem' } }]],
  [
    'a key that is not there',
    'release.agents.0.tls.keyFile',
    [{ ...AGENT, tls: { certFile: 'broken.pem', keyFile: 'nowhere' } }],
  ],
])('%s is one line that names its place and holds no secret', (_, place, agents) => {
  const problem = problemWith(agents);
  expect(problem).toMatch(/^LICTOR_CONFIG .+$/);
  expect(problem).toContain(place);
  expect(problem).not.toContain('\n');
  expect(problem).not.toContain(SECRET);
});

function problemWith(agents: unknown): string {
  try {
    read(agents);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  throw new Error('It was accepted.');
}

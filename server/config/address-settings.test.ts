import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressSettings } from './address-settings';
import { SettingsError } from './settings-error';

const SECRET = 'f0e1d2c3-secret-token';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lictor-addresses-'));
  writeFileSync(join(folder, 'token'), `${SECRET}\n`);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** @param contents the file's text, or what its JSON holds */
function read(contents: unknown, env: Record<string, string> = {}) {
  const path = join(folder, 'datacenters.json');
  writeFileSync(path, typeof contents === 'string' ? contents : JSON.stringify(contents));
  return addressSettings({ ...env, LICTOR_DATACENTERS: path });
}

function problemWith(contents: unknown, env: Record<string, string> = {}): string {
  try {
    read(contents, env);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  throw new Error('It was accepted.');
}

const A = 'http://10.0.0.1:8500';

test('each datacenter has an address, a token and a budget of its own', () => {
  const addresses = read(
    { dc1: { address: '10.0.0.1:8500', token: SECRET, maxConnections: 40 }, dc2: { address: 'https://10.0.0.2' } },
    { LICTOR_CONSUL_MAX_CONNECTIONS: '60' },
  );
  expect(addresses).toHaveLength(2);
  expect(addresses[0]).toMatchObject({
    ...{ address: A, token: SECRET, maxConnections: 40 },
    datacenters: [{ name: 'dc1', token: SECRET, tokenFile: null }],
  });
  expect(addresses[1]).toMatchObject({
    ...{ address: 'https://10.0.0.2:443', token: null, maxConnections: 60 },
    tls: { verify: true, caFile: null },
    datacenters: [{ name: 'dc2', token: null }],
  });
});

test('two datacenters at one address share its budget, each with its own token', () => {
  const [shared, ...others] = read({
    dc1: { address: A, tokenFile: 'token' },
    dc2: { address: 'http://10.0.0.1:8500/', token: SECRET, maxConnections: 40 },
  });
  expect(others).toEqual([]);
  expect(shared).toMatchObject({ address: A, maxConnections: 40 });
  expect(shared?.datacenters).toEqual([
    // Paths count from the file's own folder, wherever Lictor is started.
    { name: 'dc1', token: null, tokenFile: join(folder, 'token') },
    { name: 'dc2', token: SECRET, tokenFile: null },
  ]);
});

test('an entry without an address is read at that of the CONSUL_* variables, with what belongs to it', () => {
  const env = { CONSUL_HTTP_ADDR: '10.9.9.9:8500', CONSUL_HTTP_TOKEN: SECRET };
  const [home, other] = read({ dc1: {}, dc2: { token: 'own' }, dc3: { address: A } }, env);
  expect(home).toMatchObject({ address: 'http://10.9.9.9:8500' });
  expect(home?.datacenters).toEqual([
    { name: 'dc1', token: SECRET, tokenFile: null },
    { name: 'dc2', token: 'own', tokenFile: null },
  ]);
  // The variables' token is not for strangers.
  expect(other).toMatchObject({ address: A, token: null, datacenters: [{ name: 'dc3', token: null }] });
});

test.each<[string, unknown, RegExp]>([
  ['no JSON', `{"dc1": {"token": "${SECRET}", }}`, /not JSON/],
  ['a list', [{ address: A }], /the whole: .*expected record/],
  ['no datacenter', {}, /names no datacenter/],
  ['a key that is not known', { dc1: { adress: A } }, /dc1: .*adress/],
  ['a name that Consul cannot have', { 'Dc 1': { address: A } }, /Dc 1: .*no name of a datacenter/],
  ['an address that is none', { dc1: { address: `http://u:${SECRET}@[::1` } }, /dc1\.address/],
  ['an address with a path', { dc1: { address: `${A}/v1` } }, /dc1\.address.*without a path/],
  ['a token of another kind', { dc1: { address: A, token: 7 } }, /dc1\.token/],
  ['two tokens', { dc1: { address: A, token: SECRET, tokenFile: 'token' } }, /dc1: .*both/],
  ['a token file that is not there', { dc1: { address: A, tokenFile: 'nowhere' } }, /dc1\.tokenFile.*ENOENT/],
  ['too few connections', { dc1: { address: A, maxConnections: 2 } }, /dc1\.maxConnections/],
  ['an authority that is not there', { dc1: { address: A, tls: { caFile: 'nowhere' } } }, /dc1\.tls\.caFile.*ENOENT/],
  ['an authority that is no PEM', { dc1: { address: A, tls: { caFile: 'token' } } }, /dc1\.tls\.caFile.*OpenSSL/],
  ['a certificate that is no PEM', { dc1: { address: A, tls: { certFile: 'token' } } }, /dc1\.tls\.certFile.*OpenSSL/],
  ['TLS without an address', { dc1: { tls: { verify: false } } }, /dc1: has tls without an address/],
  [
    'one address with two budgets',
    { dc1: { address: A, maxConnections: 40 }, dc2: { address: A, maxConnections: 50 } },
    /dc2\).*other maxConnections/,
  ],
  [
    'one address with and without verification',
    { dc1: { address: A }, dc2: { address: A, tls: { verify: false } } },
    /dc2\).*other tls/,
  ],
  [
    'one address with two users',
    { dc1: { address: A }, dc2: { address: `http://u:${SECRET}@10.0.0.1:8500` } },
    /dc2\).*other user information/,
  ],
])(
  'a file with %s is one line that names the variable, the file and the place, and holds no secret',
  (_, contents, place) => {
    const problem = problemWith(contents);
    expect(problem).toMatch(/^LICTOR_DATACENTERS .+\.$/);
    expect(problem).toContain(join(folder, 'datacenters.json'));
    expect(problem).toMatch(place);
    expect(problem).not.toContain(SECRET);
  },
);

test('a file that is not there is one line that names the variable', () => {
  expect(() => addressSettings({ LICTOR_DATACENTERS: '/nowhere/datacenters.json' })).toThrow(
    /^LICTOR_DATACENTERS names .*ENOENT\.$/,
  );
});

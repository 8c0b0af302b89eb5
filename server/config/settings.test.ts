import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSettings } from './settings';
import { SettingsError } from './settings-error';

const SECRET = 'f0e1d2c3-secret-token';
let folder: string;
const inFolder = (name: string, contents: string): string => {
  writeFileSync(join(folder, name), contents);
  return join(folder, name);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lictor-settings-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function problemWith(env: Record<string, string>): string {
  try {
    readSettings({ CONSUL_HTTP_TOKEN: SECRET, ...env });
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  throw new Error('It was accepted.');
}

test.each<[string, string, Record<string, string>]>([
  ['a port that is no number', 'PORT', { PORT: 'http' }],
  ['a port below zero', 'PORT', { PORT: '-1' }],
  ['a port out of range', 'PORT', { PORT: '65536' }],
  ['a host that others reach, without sign-in', 'HOST', { HOST: '0.0.0.0' }],
  ['a base URL that is none', 'LICTOR_BASE_URL', { LICTOR_BASE_URL: 'ops.example.org' }],
  ['a base URL of another scheme', 'LICTOR_BASE_URL', { LICTOR_BASE_URL: 'ftp://ops.example.org' }],
  ['an address that is none', 'CONSUL_HTTP_ADDR', { CONSUL_HTTP_ADDR: 'http://[::1' }],
  ['an address with a path', 'CONSUL_HTTP_ADDR', { CONSUL_HTTP_ADDR: 'http://127.0.0.1:8500/v1' }],
  ['an address with a broken password', 'CONSUL_HTTP_ADDR', { CONSUL_HTTP_ADDR: `http://u:${SECRET}%E0@127.0.0.1:1` }],
  ['an address with a password and no port', 'CONSUL_HTTP_ADDR', { CONSUL_HTTP_ADDR: `http://u:${SECRET}@host:99999` }],
  ['a boolean that is none', 'CONSUL_HTTP_SSL', { CONSUL_HTTP_SSL: 'yes' }],
  ['a token file that is not there', 'CONSUL_HTTP_TOKEN_FILE', { CONSUL_HTTP_TOKEN_FILE: '/nowhere/token' }],
  ['an authority that is not there', 'CONSUL_CACERT', { CONSUL_CACERT: '/nowhere/ca.pem' }],
  ['an authority that is no PEM', 'CONSUL_CACERT', { CONSUL_CACERT: 'package.json' }],
  ['a folder of authorities that is not there', 'CONSUL_CAPATH', { CONSUL_CAPATH: '/nowhere' }],
  ['a client certificate that is no PEM', 'CONSUL_CLIENT_CERT', { CONSUL_CLIENT_CERT: 'package.json' }],
  ['a client key without its certificate', 'CONSUL_CLIENT_CERT', { CONSUL_CLIENT_KEY: 'package.json' }],
  [
    'a certificate that is no PEM',
    'LICTOR_TLS_CERT',
    { LICTOR_TLS_CERT: 'package.json', LICTOR_TLS_KEY: 'package.json' },
  ],
  ['every namespace at once', 'CONSUL_NAMESPACE', { CONSUL_NAMESPACE: '*' }],
  ['a partition that is no name', 'CONSUL_PARTITION', { CONSUL_PARTITION: 'a/b' }],
  ['a client key that is a folder', 'CONSUL_CLIENT_KEY', { CONSUL_CLIENT_KEY: '/' }],
  ['too few connections', 'LICTOR_CONSUL_MAX_CONNECTIONS', { LICTOR_CONSUL_MAX_CONNECTIONS: '2' }],
  ['a way to sign in that is not known', 'LICTOR_AUTH', { LICTOR_AUTH: 'kerberos' }],
  ['a level that is not known', 'LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ['a token to write with that is not there', 'LICTOR_WRITE_TOKEN_FILE', { LICTOR_WRITE_TOKEN_FILE: '/nowhere/token' }],
  ['a home that is no datacenter', 'LICTOR_HOME_DATACENTER', { LICTOR_HOME_DATACENTER: 'Not One' }],
  ['a certificate without its key', 'LICTOR_TLS_KEY', { LICTOR_TLS_CERT: 'package.json' }],
  ['a key without its certificate', 'LICTOR_TLS_CERT', { LICTOR_TLS_KEY: 'package.json' }],
  ['a database that is none', 'LICTOR_DATABASE_URL', { LICTOR_DATABASE_URL: `mysql://lictor:${SECRET}@db/lictor` }],
  ['a database that is no URL', 'LICTOR_DATABASE_URL', { LICTOR_DATABASE_URL: `lictor:${SECRET}@db` }],
  ['a configuration that is not there', 'LICTOR_CONFIG', { LICTOR_CONFIG: '/nowhere/lictor.json' }],
  ['a setting that this version would ignore', 'LICTOR_ROLES', { LICTOR_ROLES: 'roles.json' }],
])('%s is one line that names %s and holds no secret', (_, variable, env) => {
  const problem = problemWith(env);
  expect(problem).toMatch(new RegExp(`^${variable} .+$`));
  expect(problem).not.toContain('\n');
  expect(problem).not.toContain(SECRET);
});

test.each([
  ['no JSON', '{"version": '],
  ['no JSON over several lines', '{\n"version":\n\n x}'],
  ['a key that is not known', '{"verison": {}}'],
  ['an empty list of keys', '{"version": {"metaKeys": []}}'],
  ['a share above all', '{"massDisappearance": {"share": 1.5}}'],
  ['a history that may take next to nothing', '{"history": {"maxBytes": 1000}}'],
  ['a history that is kept for no time', '{"history": {"retentionDays": {"transitions": 0}}}'],
  ['no object', '[]'],
])('a configuration file with %s is one line that names LICTOR_CONFIG and the file', (_, contents) => {
  const path = inFolder('lictor.json', contents);
  const problem = problemWith({ LICTOR_CONFIG: path });
  expect(problem).toMatch(/^LICTOR_CONFIG .+$/);
  expect(problem).not.toContain('\n');
  expect(problem).toContain(path);
});

test('without any variable it listens on loopback, port 3000, and reads Consul on its own default', () => {
  const settings = readSettings({});
  expect(settings.listen).toMatchObject({ host: '127.0.0.1', port: 3_000, basePath: '', tls: null });
  expect(settings.addresses).toHaveLength(1);
  expect(settings.addresses[0]).toMatchObject({
    ...{ address: 'http://127.0.0.1:8500', token: null, basicAuth: null },
    ...{ maxConnections: null, datacenters: null },
  });
  expect(settings.file.version.metaKeys).toEqual(['version']);
  expect(settings.file.massDisappearance).toEqual({ share: 0.3, withinMs: 5_000, least: 5 });
  expect(settings.recordPlace).toEqual({ kind: 'sqlite', folder: join(process.cwd(), 'data') });
  expect(settings.file.history.retentionDays).toEqual({ transitions: 30, minutes: 30, hours: 365, days: 365 });
});

test('the history is in the data folder, or in the shared database where one is named', () => {
  const url = 'postgresql://lictor@db/lictor';
  expect(readSettings({ LICTOR_DATA_DIR: '/srv/lictor' }).recordPlace).toEqual({
    kind: 'sqlite',
    folder: '/srv/lictor',
  });
  expect(readSettings({ LICTOR_DATA_DIR: '/srv/lictor', LICTOR_DATABASE_URL: url }).recordPlace).toEqual({
    ...{ kind: 'postgres', url },
  });
});

test.each([
  ['10.0.0.1:8500', {}, 'http://10.0.0.1:8500'],
  ['https://consul.example.org', {}, 'https://consul.example.org:443'],
  ['consul:8501', { CONSUL_HTTP_SSL: 'true' }, 'https://consul:8501'],
  ['http://[::1]:8500', {}, 'http://[::1]:8500'],
  ['unix:///run/consul.sock', {}, 'unix:///run/consul.sock'],
  ['http://user:pass@10.0.0.1:8500', {}, 'http://10.0.0.1:8500'],
])('CONSUL_HTTP_ADDR=%s is read as Consul reads it', (address, more, expected) => {
  expect(readSettings({ CONSUL_HTTP_ADDR: address, ...more }).addresses[0]?.address).toBe(expected);
});

test('a user in the address is its basic authentication, and an empty variable is none', () => {
  const { addresses, listen } = readSettings({ CONSUL_HTTP_ADDR: 'http://user:p%40ss@10.0.0.1:8500', PORT: '' });
  expect(addresses[0]?.basicAuth).toBe('user:p@ss');
  expect(listen.port).toBe(3_000);
});

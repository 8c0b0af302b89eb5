import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readSettings } from './settings';

const dir = mkdtempSync(join(tmpdir(), 'lictor-settings-'));
afterAll(() => rmSync(dir, { recursive: true }));

function file(name: string, contents: string): string {
  const path = join(dir, name);
  writeFileSync(path, contents);
  return path;
}

test('without any variable Lictor listens on loopback and asks the local agent', () => {
  const settings = readSettings({});
  expect(settings.listen).toMatchObject({ host: '127.0.0.1', port: 3000, basePath: '', tls: null });
  expect(settings.consul).toMatchObject({ address: 'http://127.0.0.1:8500', token: null, tls: { verify: true } });
  expect(settings.file).toEqual({ version: { metaKeys: ['version'] } });
});

test.each([
  ['10.0.0.7:8500', {}, 'http://10.0.0.7:8500'],
  ['consul.example.org', {}, 'http://consul.example.org:80'],
  ['https://consul.example.org', {}, 'https://consul.example.org:443'],
  ['127.0.0.1:8501', { CONSUL_HTTP_SSL: 'true' }, 'https://127.0.0.1:8501'],
  ['[::1]:8500', {}, 'http://[::1]:8500'],
  ['unix:///run/consul.sock', {}, 'unix:///run/consul.sock'],
])("Consul's address %s is read as Consul's own clients read it", (address, more, expected) => {
  expect(readSettings({ CONSUL_HTTP_ADDR: address, ...more }).consul.address).toBe(expected);
});

test('user information in the address becomes basic authentication and leaves the address that people see', () => {
  const { consul } = readSettings({ CONSUL_HTTP_ADDR: 'http://ops:s%40cret@127.0.0.1:8500' });
  expect(consul).toMatchObject({ address: 'http://127.0.0.1:8500', basicAuth: 'ops:s@cret' });
});

test('the base URL gives the path prefix', () => {
  expect(readSettings({ LICTOR_BASE_URL: 'https://ops.example.org/lictor/' }).listen.basePath).toBe('/lictor');
});

test.each<[string, Record<string, string>, RegExp]>([
  ['PORT', { PORT: 'http' }, /whole number from 0 to 65535/],
  ['PORT', { PORT: '70000' }, /70000/],
  ['HOST', { HOST: '0.0.0.0' }, /LICTOR_ALLOW_OPEN=1/],
  ['LOG_LEVEL', { LOG_LEVEL: 'loud' }, /fatal, error, warn/],
  ['LICTOR_AUTH', { LICTOR_AUTH: 'ldap' }, /none, consul, oidc/],
  ['LICTOR_BASE_URL', { LICTOR_BASE_URL: 'ops' }, /takes a URL/],
  ['LICTOR_CONSUL_MAX_CONNECTIONS', { LICTOR_CONSUL_MAX_CONNECTIONS: '3' }, /16 to 10000/],
  ['CONSUL_HTTP_ADDR', { CONSUL_HTTP_ADDR: 'http://a b' }, /host:port/],
  ['CONSUL_HTTP_ADDR', { CONSUL_HTTP_ADDR: 'http://a/v1' }, /without a path/],
  ['CONSUL_HTTP_SSL', { CONSUL_HTTP_SSL: 'maybe' }, /true or false/],
  ['CONSUL_CACERT', { CONSUL_CACERT: '/nowhere/ca.pem' }, /ENOENT/],
  ['CONSUL_HTTP_TOKEN_FILE', { CONSUL_HTTP_TOKEN_FILE: '/nowhere/token' }, /ENOENT/],
  ['LICTOR_TLS_KEY', { LICTOR_TLS_CERT: file('cert.pem', 'c') }, /goes with LICTOR_TLS_CERT/],
  ['LICTOR_CONFIG', { LICTOR_CONFIG: file('bad.json', '{') }, /not JSON/],
  ['LICTOR_CONFIG', { LICTOR_CONFIG: file('odd.json', '{"versoin":{}}') }, /versoin/],
  ['LICTOR_CONFIG', { LICTOR_CONFIG: file('keys.json', '{"version":{"metaKeys":[]}}') }, /version\.metaKeys/],
])('%s that cannot be used is one line that names it', (name, env, problem) => {
  expect(() => readSettings(env)).toThrow(problem);
  expect(() => readSettings(env)).toThrow(new RegExp(`^${name} [^\n]*$`));
});

test('an address that others reach is allowed on demand', () => {
  expect(readSettings({ HOST: '0.0.0.0', LICTOR_ALLOW_OPEN: '1' }).listen.host).toBe('0.0.0.0');
});

test('an empty variable is as good as none', () => {
  expect(readSettings({ PORT: '', CONSUL_HTTP_ADDR: ' ' }).listen.port).toBe(3000);
});

import { expect, it } from 'vitest';
import { DeclaredServices, type NamedFact } from './declared-services';

const entry = (name: string, dc = 'dc1'): NamedFact => ({ dc, subject: 'config-entry', name });
const kv = (name: string, dc = 'dc1'): NamedFact => ({ dc, subject: 'kv', name });

function declared() {
  return new DeclaredServices({
    policyPrefix: 'lictor/traffic/',
    copiesOf: (dc) => (dc === 'dc1' ? ['dc1', 'dc2'] : [dc]),
  });
}

it('a splitter is about its service wherever the entry holds, until it is gone', () => {
  const services = declared();
  expect(services.take(entry('service-splitter/a/b'), 'put')).toEqual(['dc1/a%2Fb', 'dc2/a%2Fb']);
  expect(['dc1/a%2Fb', 'dc2/a%2Fb', 'dc3/a%2Fb', 'dc1/a'].map((key) => services.declares(key))).toEqual([
    ...[true, true, false, false],
  ]);
  services.take(entry('service-splitter/a/b'), 'remove');
  expect(services.declares('dc1/a%2Fb')).toBe(false);
});

it('other entries of a service are about it and declare nothing; those of every service are about all', () => {
  const services = declared();
  expect(services.take(entry('service-router/web', 'dc3'), 'put')).toEqual(['dc3/web']);
  expect(services.declares('dc3/web')).toBe(false);
  expect(services.take(entry('proxy-defaults/global'), 'put')).toBeNull();
  expect(services.take(entry('ingress-gateway/web'), 'put')).toEqual([]);
  expect(services.take({ dc: 'dc1', subject: 'intention', name: 'a => b' }, 'put')).toEqual([]);
});

it('a policy document is about the service that its key names, in its own datacenter', () => {
  const services = declared();
  expect(services.take(kv('lictor/traffic/web%3F', 'dc2'), 'put')).toEqual(['dc2/web%3F']);
  expect([services.declares('dc2/web%3F'), services.declares('dc1/web%3F')]).toEqual([true, false]);
  expect(services.take(kv('other/web'), 'put')).toEqual([]);
  for (const key of ['', 'web/x', 'web?', '%']) {
    expect(services.take(kv(`lictor/traffic/${key}`), 'put')).toEqual([]);
  }
});

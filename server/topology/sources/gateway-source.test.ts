import { expect, test } from 'vitest';
import { gatewaySource } from './gateway-source';
import { scriptedPlace } from './testing/told-by';

/** As Consul 1.8.7 answers. */
const served = (gateway: string, GatewayKind: string, Name: string, more: object = {}) => ({
  ...{ Gateway: { Name: gateway }, Service: { Name }, GatewayKind, CreateIndex: 17, ModifyIndex: 17, ...more },
});

test('what a gateway serves, also where it names none', async () => {
  const { place, heard, pass, state, asked } = scriptedPlace(({ path }) => ({
    body: path.endsWith('/out')
      ? [served('out', 'terminating-gateway', 'legacy', { FromWildcard: true })]
      : [served('in', 'ingress-gateway', 'web', { Port: 8_080, Protocol: 'tcp' })],
  }));
  const source = gatewaySource(place);
  await pass(0);
  expect([asked(), state('gateways')?.state]).toEqual([[], 'live']);
  source.gateways(new Set(['out', 'in']));
  await pass(500);
  expect(asked()).toEqual(['/v1/catalog/gateway-services/out', '/v1/catalog/gateway-services/in']);
  const edges = [...heard.sources.values()].flatMap((told) => told.edges);
  expect(edges.map(({ from, to, detail, isGuarded }) => [from, to, detail, isGuarded])).toEqual([
    ['dc1/out', 'dc1/legacy', 'The gateway serves every service.', false],
    ['dc1/in', 'dc1/web', 'By port 8080.', true],
  ]);
  source.gateways(new Set(['in']));
  expect(heard.edges()).toEqual(['dc1/in>dc1/web']);
  source.stop();
  expect(heard.edges()).toEqual([]);
});

test('a version that has no such endpoint has none, and that is said', async () => {
  const { place, pass, state } = scriptedPlace(() => ({ status: 404, body: '' }));
  gatewaySource(place).gateways(new Set(['in']));
  await pass(500);
  expect(state('gateways')).toMatchObject({ state: 'absent', reason: expect.stringContaining('This version') });
});

test('one that may not be read takes nothing from the others', async () => {
  const { place, heard, pass, state } = scriptedPlace(({ path }) =>
    path.endsWith('/secret')
      ? { status: 403, body: 'Permission denied' }
      : { body: [served('in', 'ingress-gateway', 'web')] },
  );
  gatewaySource(place).gateways(new Set(['secret', 'in']));
  await pass(500);
  expect(heard.edges()).toEqual(['dc1/in>dc1/web']);
  expect(state('gateways')).toMatchObject({ state: 'live', reason: expect.stringContaining('403') });
});

test('a gateway of a name that Consul would redirect is not asked for', async () => {
  const { place, pass, asked, state } = scriptedPlace(() => ({ body: [] }));
  gatewaySource(place).gateways(new Set(['..']));
  await pass(500);
  expect([asked(), state('gateways')?.state]).toEqual([[], 'live']);
});

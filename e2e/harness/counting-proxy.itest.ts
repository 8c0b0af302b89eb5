import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { CountingProxy } from './counting-proxy';

test('what follows a body on the same connection is counted too', async () => {
  const server = createServer((incoming, outgoing) => incoming.resume().once('end', () => outgoing.end('true')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy = await CountingProxy.open(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (method: string, path: string, body?: string) =>
    new Promise((resolve, reject) => {
      const asked = request(`${proxy.address}${path}`, { method, agent }, (answer) =>
        answer.resume().once('end', resolve),
      );
      asked.once('error', reject).end(body);
    });
  await ask('PUT', '/v1/kv/a', '{"id":"GET /b"}');
  await ask('POST', '/v1/internal/acl/authorize', '[{"Resource":"key"}]');
  await ask('GET', '/v1/health/service/web?index=7');
  agent.destroy();
  await proxy.close();
  server.close();
  expect(proxy.requests).toEqual([
    'PUT /v1/kv/a',
    'POST /v1/internal/acl/authorize',
    'GET /v1/health/service/web?index=7',
  ]);
  expect(proxy.mostConnections).toBe(1);
});

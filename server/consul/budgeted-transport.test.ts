import { afterEach, expect, test } from 'vitest';
import { http1Transport } from './http1-transport';
import { answerJson, scriptedServer } from './testing/scripted-server';
import type { ConsulTransport } from './transport';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function limited(): Promise<{ transport: ConsulTransport; warnings: string[] }> {
  const server = await scriptedServer((request, response) => {
    if (request.url?.includes('limited') || request.url?.includes('autopilot')) response.writeHead(429).end('too many');
    else answerJson(response, []);
  });
  const warnings: string[] = [];
  const transport = http1Transport({
    address: server.address,
    maxConnections: 60,
    warn: (sentence) => warnings.push(sentence),
  });
  closing.push(server.close, () => transport.close());
  return { transport, warnings };
}

const get = (transport: ConsulTransport, path: string) => transport.request({ path, timeoutMs: 5_000 });

test('a 429 makes room for fewer waits, and says so in the statistics and in the log', async () => {
  const { transport, warnings } = await limited();
  expect([transport.waitingCapacity, transport.stats.budget, transport.stats.lowered]).toEqual([52, 60, null]);
  await get(transport, '/v1/limited');
  // One connection is open, so it is a quarter, or the least, 16, of which half may wait.
  expect([transport.waitingCapacity, transport.stats.budget]).toEqual([8, 16]);
  expect(warnings).toEqual([transport.stats.lowered]);
  expect(warnings[0]).toContain('LICTOR_CONSUL_MAX_CONNECTIONS');
});

test('the 429 by which Consul says that a server is unwell is none of that', async () => {
  const { transport, warnings } = await limited();
  await get(transport, '/v1/operator/autopilot/health');
  expect([transport.stats.budget, warnings]).toEqual([60, []]);
});

test('idle connections beyond a lowered budget are closed', async () => {
  const { transport } = await limited();
  await Promise.all(Array.from({ length: 50 }, () => get(transport, '/v1/x')));
  expect(transport.stats.openConnections).toBe(50);
  await get(transport, '/v1/limited');
  expect(transport.stats.budget).toBe(25);
  await expect.poll(() => transport.stats.openConnections, { timeout: 20_000 }).toBeLessThanOrEqual(25);
});

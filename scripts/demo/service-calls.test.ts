import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { type ServiceCall, ServiceCalls } from './service-calls';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

/** Consul in one datacenter, which knows the passing instances of it, by datacenter and name, and never has news. */
async function consulOf(dc: string, places: Record<string, readonly number[]>): Promise<string> {
  const server = createHttpServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://consul');
    if (searchParams.get('index') !== '0') return;
    const name = pathname.split('/').at(-1);
    const instances = (places[`${dc}/${name}`] ?? []).map((Port, at) => ({
      Node: { Address: '127.0.0.1' },
      Service: { ID: `${name}-${at}`, Address: '127.0.0.1', Port, Tags: [], Meta: { version: '1' } },
      Checks: [{ CheckID: 'serfHealth' }, { CheckID: 'service' }],
    }));
    response.setHeader('x-consul-index', '7');
    response.end(JSON.stringify(instances));
  });
  const port = await listening(server);
  ends.push(() => server.closeAllConnections());
  return `http://127.0.0.1:${port}`;
}

const call = (more: Partial<ServiceCall>): ServiceCall => ({
  ...{ datacenter: 'dc1', client: 'front', server: 'api', isTcp: false, connectionType: '' },
  ...{ ratePerSecond: 100, served: ['dc1'] },
  ...more,
});

async function counted(places: Record<string, readonly number[]>, calls: readonly ServiceCall[]) {
  const port = await freePort();
  const consuls = { dc1: await consulOf('dc1', places), dc2: await consulOf('dc2', places) };
  const running = new ServiceCalls({ calls, port, consulOf: (dc) => consuls[dc as keyof typeof consuls] });
  await running.start();
  ends.push(() => running.stop());
  return async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const total = (text: string, server: string, place: string, counter = 'total'): number => {
  const line = text
    .split('\n')
    .find(
      (one) =>
        one.startsWith(`traces_service_graph_request_${counter}{`) &&
        one.includes(`server="${server}",server_datacenter="${place}"`),
    );
  return Number(line?.split(' ').at(-1) ?? Number.NaN);
};

test('what is called answers really, and what answers with an error counts as failed', async () => {
  let requests = 0;
  const api = await listening(createHttpServer((_, response) => response.end(String(++requests))));
  const sick = await listening(createHttpServer((_, response) => response.writeHead(500).end()));
  const text = await counted({ 'dc1/front': [1], 'dc1/api': [api], 'dc1/sick': [sick] }, [
    call({}),
    call({ server: 'sick' }),
  ]);
  await vi.waitFor(async () => {
    const now = await text();
    expect(total(now, 'api', 'dc1')).toBeGreaterThan(2);
    expect(total(now, 'sick', 'dc1')).toBeGreaterThan(2);
  });
  const now = await text();
  expect(requests).toBeGreaterThanOrEqual(total(now, 'api', 'dc1'));
  expect(total(now, 'api', 'dc1', 'failed_total')).toBe(0);
  expect(total(now, 'sick', 'dc1', 'failed_total')).toBe(total(now, 'sick', 'dc1'));
});

test('where nobody passes, the next datacenter serves; where nobody does anywhere, calls fail', async () => {
  const far = await listening(createServer((socket) => socket.resume()));
  const text = await counted({ 'dc1/front': [1], 'dc2/database': [far] }, [
    call({ server: 'database', isTcp: true, served: ['dc1', 'dc2'] }),
    call({ server: 'ledger' }),
  ]);
  await vi.waitFor(async () => {
    const now = await text();
    expect(total(now, 'database', 'dc2')).toBeGreaterThan(2);
    expect(total(now, 'ledger', 'dc1', 'failed_total')).toBeGreaterThan(2);
  });
});

test('who has no instance that passes calls nobody', async () => {
  const api = await listening(createHttpServer((_, response) => response.end()));
  const text = await counted({ 'dc1/api': [api], 'dc1/search': [1] }, [call({}), call({ client: 'search' })]);
  await vi.waitFor(async () => expect(await text()).toContain('client="search"'));
  expect(await text()).not.toContain('client="front"');
});

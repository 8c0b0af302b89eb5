// A crowd of stream clients in a process of its own, so that what they cost is not taken for Lictor's. It obeys by IPC.
import { CrowdClient } from './crowd-client';
import type { CrowdAnswer, CrowdOrder } from './crowd-orders';

const OPENING_AT_A_TIME = 50;

const clients: CrowdClient[] = [];
let latenciesMs: number[] = [];

/** Each obeys; a few at a time, for a queue of SYNs that overflows would measure the kernel. */
async function all(act: (client: CrowdClient) => Promise<void>): Promise<void> {
  const next = clients.values();
  const workers = Array.from({ length: OPENING_AT_A_TIME }, async () => {
    for (const client of next) await act(client);
  });
  await Promise.all(workers);
}

async function obey(order: CrowdOrder): Promise<CrowdAnswer> {
  const startedAtMs = performance.now();
  if (order.what === 'open') {
    for (let n = 0; n < order.clients; n += 1) {
      clients.push(new CrowdClient(order.port, order.path, (latencyMs) => latenciesMs.push(latencyMs)));
    }
    await all((client) => client.open(null));
  }
  if (order.what === 'storm') {
    for (const client of clients) client.cut();
    await all((client) => client.open(order.resuming ? client.lastEventId : null));
  }
  if (order.what === 'report') {
    const told = latenciesMs;
    latenciesMs = [];
    return { tookMs: 0, latenciesMs: told, ...sums() };
  }
  return { tookMs: performance.now() - startedAtMs, latenciesMs: [], ...sums() };
}

const sums = () => ({
  open: clients.filter((client) => client.isOpen).length,
  snapshots: clients.reduce((sum, client) => sum + client.snapshots, 0),
  bytes: clients.reduce((sum, client) => sum + client.bytes, 0),
});

process.on('message', (order: CrowdOrder) => {
  obey(order).then(
    (answer) => process.send?.(answer),
    (error: Error) => process.send?.({ failed: error.message }),
  );
});
process.on('disconnect', () => process.exit());

import { expect, test } from 'vitest';
import { onStage } from '@/e2e/harness/stage';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { until } from '@/e2e/world/until';
import type { AlertRecord, AlertsBody } from '@/lib/alerts/alert-body';
import type { FleetBody } from '@/lib/fleet/model';
import { AlertClient } from './alert-client';

const SERVICES = 1_000;
const PATIENCE = { deadlineMs: 90_000, everyMs: 250 };
/** What an alert of one instance may take as JSON, with room to spare. */
const MOST_BYTES_EACH = 1_500;
/** What is resolved is listed up to so many. */
const MOST_RESOLVED = 500;

const DOWN = `  - alert: Down
    when: instance-critical
`;
const SHARE = `  - alert: Share
    when: datacenter-critical-share
    above: 20
    at_least: 5
    severity: critical
`;

type Status = 'passing' | 'critical';

/** Writes the check of each generated service: Consul takes 64 in one transaction. */
async function putAll(consul: ConsulHttp, status: Status): Promise<void> {
  const { body: nodes } = await consul.request<{ Node: string }[]>('GET', '/v1/catalog/nodes');
  const operations: object[] = [];
  for (const { Node } of nodes.filter((node) => node.Node.includes('-edge-'))) {
    const checks = await consul.get<{ CheckID: string; ServiceID: string; Name: string }[]>(`/v1/health/node/${Node}`);
    for (const { CheckID, ServiceID, Name } of checks.filter((check) => check.ServiceID !== '')) {
      const Check = { Node, CheckID, ServiceID, Name, Status: status, Output: 'x'.repeat(200) };
      operations.push({ Check: { Verb: 'set', Check } });
    }
  }
  expect(operations).toHaveLength(SERVICES);
  for (let at = 0; at < operations.length; at += 64) await consul.put('/v1/txn', operations.slice(at, at + 64), 60_000);
}

const inState = ({ items }: AlertsBody, rule: string, state: AlertRecord['state']): AlertRecord[] =>
  items.filter((alert) => alert.rule === rule && alert.state === state);

test(
  'a thousand services that fall at once are one alert where they have one cause, and a thousand that page and program can follow where they have none',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1, { tls: true, services: SERVICES, instancesPerService: 1 });
    const consul = world.consul('dc1');
    const { lictor } = await stage.lictorProcess(world.datacenters[0]?.serverHttps ?? '', {
      CONSUL_CACERT: world.tls?.ca ?? '',
    });
    await until(
      'everything to be read',
      async () => (await lictor.readiness()).body.datacenters[0]?.state === 'synced',
      {
        ...PATIENCE,
      },
    );
    const client = new AlertClient(lictor.url);
    await client.useRules(`rules:\n${SHARE}${DOWN}`);
    const stream = await stage.follow(lictor, ['alerts']);
    const alerts = async () => (await client.alerts()).body;

    await putAll(consul, 'critical');
    const grouped = await until(
      'all to be explained',
      async () => {
        const body = await alerts();
        return inState(body, 'Down', 'suppressed').length === SERVICES && body;
      },
      PATIENCE,
    );
    const [cause, ...others] = grouped.items.filter(({ state }) => state === 'firing');
    expect([cause?.rule, others]).toEqual(['Share', []]);
    expect(cause?.suppresses).toHaveLength(SERVICES);
    expect(inState(grouped, 'Down', 'suppressed').every(({ suppressedBy }) => suppressedBy === cause?.id)).toBe(true);

    await client.useRules(`rules:\n${DOWN}`);
    const ungrouped = await until(
      'each to fire by itself',
      async () => {
        const body = await alerts();
        return inState(body, 'Down', 'firing').length === SERVICES && body;
      },
      PATIENCE,
    );
    expect(JSON.stringify(ungrouped).length).toBeLessThan(ungrouped.items.length * MOST_BYTES_EACH);
    await until('the stream to tell the same', async () => {
      const told = stream.body('alerts') as AlertsBody | null;
      const body = await alerts();
      expect({ ...told, seq: 0, at: '' }).toEqual({ ...body, seq: 0, at: '' });
      return true;
    });
    // Many at once are few events: each client is told as fast as it can take it, not an alert at a time.
    const events = stream.reader.changes.filter(({ topic }) => topic === 'alerts');
    expect(events.length).toBeLessThan(SERVICES / 2);

    const [first] = inState(ungrouped, 'Down', 'firing');
    expect((await client.acknowledge(first?.id ?? '', first?.etag ?? '')).status).toBe(200);
    const wish = { filter: 'alert:Down', to: new Date(Date.now() + 3_600_000).toISOString(), reason: 'All of them.' };
    expect((await client.silence(wish, 'all')).status).toBe(201);
    await until(
      'all to be silenced',
      async () => inState(await alerts(), 'Down', 'silenced').length === SERVICES,
      PATIENCE,
    );

    await putAll(consul, 'passing');
    const over = await until(
      'all to be over',
      async () => {
        const body = await alerts();
        return body.items.every(({ state }) => state === 'resolved') && body;
      },
      PATIENCE,
    );
    expect(over.items).toHaveLength(MOST_RESOLVED);
    expect((await lictor.get<FleetBody>('/api/v1/fleet'))?.datacenters[0]?.freshness.state).toBe('live');
    const answered = await client.alert(over.items[0]?.id ?? '');
    expect([answered.status, answered.body.history.length > 0]).toEqual([200, true]);
  }),
  300_000,
);

import { expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import { PostgresUnderTest } from '@/e2e/harness/postgres';
import { onStage } from '@/e2e/harness/stage';
import { Alertmanager } from '@/e2e/world/alertmanager';
import { PortPool } from '@/e2e/world/port-pool';
import { Supervisor } from '@/e2e/world/supervised';
import { until } from '@/e2e/world/until';
import { AlertClient } from './alert-client';
import { inState, recordedSteps } from './alert-states';
import { FAST_FLAPPING, withRules } from './fast-rules';
import { FlappingCheck } from './flapping-check';
import { Notified } from './notified';

const RULES = `${FAST_FLAPPING}
rules:
  - { alert: Flapping, when: flapping, keep_firing_for: 30s }
  - { alert: Down, when: instance-critical, where: 'service:down OR service:late' }
`;
const FLAPS = 'Flapping:dc1/web';
const PATIENCE = { deadlineMs: 60_000 };

test(
  'the Lictor that sends is killed in mid-flap: the other goes on, and Alertmanager calls nobody twice, forgets nothing and takes nothing for over',
  onStage(async (stage) => {
    const [world, postgres] = await Promise.all([stage.bareWorld(1), stage.opened(PostgresUnderTest.open())]);
    const consul = world.consul('dc1');
    const [pool, supervisor, notified] = [new PortPool(), new Supervisor(), new Notified()];
    stage.atEnd(() => pool.release());
    stage.atEnd(() => notified.stop());
    stage.atEnd(() => supervisor.end());
    const alertmanager = new Alertmanager(supervisor, await pool.take(), { webhookUrl: await notified.start() });
    await alertmanager.start();
    const edge = (service: string) => ({ node: 'edge', service });
    for (const service of ['web', 'down', 'late']) await putInstance(consul, edge(service));
    const program = await stage.bundle();
    const env = {
      ...withRules(world.folder, RULES),
      ...{ LICTOR_DATABASE_URL: await postgres.database(), LICTOR_ALERTMANAGER_URL: alertmanager.address },
    };
    const join = () => stage.lictorProcess(consul.address, env, program);
    const replicas = await Promise.all([join(), join()]);
    for (const { lictor } of replicas) await lictor.synced();
    const leads = async ({ lictor }: (typeof replicas)[number]) => (await lictor.system()).leadership.leads;
    const leader = await until('one to lead', async () => {
      const states = await Promise.all(replicas.map(leads));
      return states.includes(true) && replicas[states.indexOf(true)];
    });
    const other = replicas.find((replica) => replica !== leader);
    if (!other) throw new Error('There is no other one.');

    const flapping = new FlappingCheck(consul, edge('web'));
    stage.atEnd(() => flapping.rest());
    await putInstance(consul, { ...edge('down'), status: 'critical' });
    await inState(leader.lictor, FLAPS, 'firing');
    await until('both to be told', () => notified.calls.length === 2, PATIENCE);
    // The other sees it for itself, by another answer of Consul.
    const seen = await inState(other.lictor, FLAPS, 'firing');
    const acknowledged = await new AlertClient(leader.lictor.url).acknowledge(
      'Down:dc1/down',
      (await inState(leader.lictor, 'Down:dc1/down', 'firing')).etag,
      'mine',
    );
    expect(acknowledged.status).toBe(200);
    await inState(other.lictor, 'Down:dc1/down', 'acknowledged');

    leader.spawned.signal('SIGKILL');
    await putInstance(consul, edge('down'));
    await putInstance(consul, { ...edge('late'), status: 'critical' });
    await until('the other to lead', () => leads(other), PATIENCE);
    await until('what came and what went meanwhile to be told', () => notified.calls.length === 4, PATIENCE);
    const changes = flapping.changes;
    await until('it to flap on', () => flapping.changes > changes + 6, PATIENCE);
    expect([...notified.calls].sort()).toEqual([
      'firing Down:dc1/down',
      'firing Down:dc1/late',
      `firing ${FLAPS}`,
      'resolved Down:dc1/down',
    ]);
    const there = (await alertmanager.alerts()).map(({ labels }) => labels.lictor_alert).sort();
    expect(there).toEqual(['Down:dc1/late', FLAPS]);
    expect((await inState(other.lictor, FLAPS, 'firing')).since).toBe(seen.since);

    await flapping.rest();
    await until('its end to be told', () => notified.calls.includes(`resolved ${FLAPS}`), PATIENCE);
    await until('it to be recorded', async () => (await recordedSteps(other.lictor, FLAPS)).length === 2, PATIENCE);
    expect(await recordedSteps(other.lictor, FLAPS)).toEqual(['null firing', 'firing resolved']);
    expect((await recordedSteps(other.lictor, 'Down:dc1/down')).at(-1)).toMatch(/ resolved$/);
  }),
  240_000,
);

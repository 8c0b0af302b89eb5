import { expect, test } from 'vitest';
import { putInstance, putNodeCheck } from '@/e2e/harness/catalog';
import { recorded } from '@/e2e/harness/recorded';
import { onStage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import { AlertClient } from './alert-client';
import { alertStates, inState } from './alert-states';
import { withRules } from './fast-rules';

const RULES = `
rules:
  - { alert: NodeDown, when: node-critical, severity: critical, for: 1s }
  - { alert: Down, when: instance-critical, for: 3s }
  - { alert: Few, when: few-healthy, least: 1, severity: critical, for: 3s }
`;
const SERVICES = ['a', 'b', 'c', 'd', 'e'];

test(
  'a lost node is one alert with its services inside; one that is down by itself as well is told apart once the node is back',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    for (const service of SERVICES) await putInstance(consul, { node: 'n1', service });
    await putInstance(consul, { node: 'n2', service: 'a', id: 'a-2' });
    await putNodeCheck(consul, 'n1', 'passing');
    const lictor = await stage.lictor(consul.address, withRules(world.folder, RULES));
    await lictor.synced();

    await putNodeCheck(consul, 'n1', 'critical', 'no route to host');
    const inside = [
      ...SERVICES.map((name) => `Down:dc1/${name}`),
      ...SERVICES.slice(1).map((name) => `Few:dc1/${name}`),
    ];
    await until('the node to tell the cause of all', async () => {
      const states = await alertStates(lictor);
      return states.length === inside.length + 1 && states.every((line) => /suppressed|NodeDown.* firing/.test(line));
    });
    const client = new AlertClient(lictor.url);
    const { body } = await client.alert('NodeDown:dc1/n1');
    expect(body.evidence).toMatchObject({ kind: 'node-critical', checks: ['node-health'], services: SERVICES });
    expect(body.suppresses.length).toBeGreaterThanOrEqual(SERVICES.length);
    const called = async () =>
      (await recorded(lictor)).filter(({ kind, to }) => kind === 'alert' && to === 'firing').map(({ item }) => item);
    expect(await called()).toEqual(['NodeDown:dc1/n1']);

    await putInstance(consul, { node: 'n1', service: 'e', status: 'critical' });
    await putNodeCheck(consul, 'n1', 'passing');
    await inState(lictor, 'NodeDown:dc1/n1', 'resolved');
    // Of two that tell of the same service the one that tells more.
    await inState(lictor, 'Few:dc1/e', 'firing');
    expect((await inState(lictor, 'Down:dc1/e', 'suppressed')).suppressedBy).toBe('Few:dc1/e');
    await inState(lictor, 'Down:dc1/d', 'resolved');
    expect(await called()).not.toContain('Down:dc1/d');
  }),
  120_000,
);

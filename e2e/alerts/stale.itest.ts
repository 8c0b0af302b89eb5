import { expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import { CuttableLink } from '@/e2e/harness/cuttable-link';
import { onStage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import { alertStates, inState, recordedSteps } from './alert-states';
import { FAST_FLAPPING, withRules } from './fast-rules';
import { FlappingCheck } from './flapping-check';

const RULES = `${FAST_FLAPPING}
rules:
  - { alert: Lost, when: datacenter-lost, severity: critical, for: 1s }
  - { alert: Down, when: instance-critical }
  - { alert: Ripens, when: instance-critical, where: 'service:slow', for: 12s }
  - { alert: Flapping, when: flapping }
`;

test(
  'of a datacenter that is cut off no alert begins, ripens or ends until it is seen again; that it is lost fires and tells their cause',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    const link = await stage.opened(CuttableLink.open(consul.address));
    for (const service of ['web', 'api', 'slow', 'flaps']) await putInstance(consul, { node: 'edge', service });
    const lictor = await stage.lictor(link.address, withRules(world.folder, RULES));
    await lictor.synced();
    const flapping = new FlappingCheck(consul, { node: 'edge', service: 'flaps' });
    stage.atEnd(() => flapping.rest());
    await inState(lictor, 'Flapping:dc1/flaps', 'firing');
    await flapping.rest();
    await putInstance(consul, { node: 'edge', service: 'web', status: 'critical' });
    const before = await inState(lictor, 'Down:dc1/web', 'firing');
    await putInstance(consul, { node: 'edge', service: 'slow', status: 'critical' });
    await inState(lictor, 'Ripens:dc1/slow', 'pending');

    link.cut();
    await putInstance(consul, { node: 'edge', service: 'web', status: 'passing' });
    await putInstance(consul, { node: 'edge', service: 'api', status: 'critical' });
    await inState(lictor, 'Lost:dc1', 'firing');
    const cutOff = await alertStates(lictor);
    expect(cutOff).toContain('Down:dc1/web suppressed');
    expect(cutOff).toContain('Ripens:dc1/slow pending');
    expect(cutOff).toContain('Flapping:dc1/flaps suppressed');
    expect(cutOff.filter((line) => line.startsWith('Down:dc1/api'))).toEqual([]);
    expect(cutOff.filter((line) => line.endsWith('resolved') && !line.startsWith('Down:dc1/flaps'))).toEqual([]);
    const frozen = await inState(lictor, 'Down:dc1/web', 'suppressed');
    expect(frozen).toMatchObject({ freshness: 'lost', since: before.since, suppressedBy: 'Lost:dc1' });

    link.mend();
    await inState(lictor, 'Lost:dc1', 'resolved');
    await inState(lictor, 'Down:dc1/web', 'resolved');
    await inState(lictor, 'Down:dc1/api', 'firing');
    await inState(lictor, 'Ripens:dc1/slow', 'firing');
    await until('it to be recorded', async () => (await recordedSteps(lictor, 'Lost:dc1')).length === 2);
    expect(await recordedSteps(lictor, 'Lost:dc1')).toEqual(['pending firing', 'firing resolved']);
  }),
  180_000,
);

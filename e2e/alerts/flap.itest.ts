import { expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import { onStage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import type { AlertsBody } from '@/lib/alerts/alert-body';
import type { FleetBody, ServiceBody } from '@/lib/fleet/model';
import { AlertClient } from './alert-client';
import { FAST_FLAPPING, withRules } from './fast-rules';
import { FlappingCheck } from './flapping-check';

const RULES = `${FAST_FLAPPING}
rules:
  - { alert: Flapping, when: flapping }
`;
const ID = 'Flapping:dc1/web';
const PATIENCE = { deadlineMs: 60_000 };

test(
  'a check that flips is found: it fires in API and stream with its strip, its service counts it, and it ends when it rests',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    const web = (n: number) => ({ node: 'edge', service: 'web', id: `web-${n}` });
    for (const n of [1, 2, 3]) await putInstance(consul, web(n));
    const lictor = await stage.lictor(consul.address, withRules(world.folder, RULES));
    await lictor.synced();
    const client = new AlertClient(lictor.url);
    const followed = await stage.follow(lictor, ['alerts', 'fleet', 'service:dc1/web']);
    const counted = () => {
      const fleet = followed.body('fleet') as FleetBody | null;
      return fleet?.datacenters[0]?.services.find(({ name }) => name === 'web')?.flapping;
    };
    await until('somebody to look for flapping', () => counted() === 0);

    const flapping = new FlappingCheck(consul, web(2));
    stage.atEnd(() => flapping.rest());
    const streamed = () => (followed.body('alerts') as AlertsBody | null)?.items.find(({ id }) => id === ID);
    await until('the alert in the stream', () => streamed()?.state === 'firing', PATIENCE);
    await until('the count in the stream', () => counted() === 1);
    const { body } = await client.alert(ID);
    expect(body).toMatchObject({ state: 'firing', rule: 'Flapping', key: 'dc1/web', severity: 'warning' });
    expect(body.evidence).toMatchObject({
      ...{ kind: 'flapping', flapping: 1, all: 3 },
      members: [{ key: 'dc1/edge/web-2', check: 'web-2:health', node: 'edge', name: 'web-2' }],
    });
    if (body.evidence.kind !== 'flapping') throw new Error('It is no alert of flapping.');
    const { scales, changes } = body.evidence;
    expect(scales.map(({ slotMs }) => slotMs)).toEqual([1_000, 5_000]);
    expect(scales[0]?.slots).toMatch(/x.*x.*x/);
    expect(changes).toBeLessThanOrEqual(flapping.changes);
    expect(body.flap?.member).toBe('dc1/edge/web-2');
    expect(body.flap?.transitions.length).toBeGreaterThanOrEqual(6);
    const service = await lictor.get<ServiceBody>('/api/v1/services/dc1/web');
    expect(service?.service.flapping).toBe(1);
    const ofService = followed.body('service:dc1/web') as ServiceBody | null;
    expect(ofService?.service.flapping).toBe(1);
    await until('more changes in its evidence', async () => {
      const { evidence } = (await client.alert(ID)).body;
      return evidence.kind === 'flapping' && evidence.changes > changes;
    });

    await flapping.rest();
    await until('the end', () => streamed()?.state === 'resolved', PATIENCE);
    await until('the count to be none', () => counted() === 0);
    const states = async () => (await client.alert(ID)).body.history.map(({ to }) => to);
    await until('both steps to be written', async () => (await states()).length === 2);
    expect(await states()).toEqual(['firing', 'resolved']);
    const metrics = await (await fetch(`${lictor.url}/metrics`)).text();
    expect(metrics).toContain('lictor_flapping_checks{dc="dc1"} 0');
    expect(metrics).toContain('lictor_alerts{rule="Flapping",severity="warning",state="resolved"} 1');
    expect(metrics).not.toMatch(/web-2|dc1.web|"web"/);
  }),
  180_000,
);

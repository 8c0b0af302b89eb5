import { expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import { dataFolder } from '@/e2e/harness/data-folder';
import { onStage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import { AlertClient } from './alert-client';
import { alertStates, inState, recordedSteps } from './alert-states';
import { FAST_FLAPPING, withRules } from './fast-rules';
import { FlappingCheck } from './flapping-check';

const RULES = `${FAST_FLAPPING}
rules:
  - { alert: Flapping, when: flapping }
  - { alert: Down, when: instance-critical, where: 'service:down OR service:back' }
`;

test(
  'Lictor is restarted in mid-flap: it flaps since the same moment, nobody is called twice, and who sees to what and what is silenced still stands',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    const data = dataFolder();
    stage.atEnd(() => data.remove());
    const env = { ...withRules(world.folder, RULES), LICTOR_DATA_DIR: data.path };
    const edge = (service: string) => ({ node: 'edge', service });
    for (const service of ['web', 'down', 'back']) await putInstance(consul, edge(service));
    const first = await stage.lictor(consul.address, env);
    await first.synced();
    const flapping = new FlappingCheck(consul, edge('web'));
    stage.atEnd(() => flapping.rest());
    for (const service of ['down', 'back']) await putInstance(consul, { ...edge(service), status: 'critical' });
    const flaps = await inState(first, 'Flapping:dc1/web', 'firing');
    const down = await inState(first, 'Down:dc1/down', 'firing');
    await inState(first, 'Down:dc1/back', 'firing');
    const client = new AlertClient(first.url);
    expect((await client.acknowledge('Flapping:dc1/web', flaps.etag, 'I see to it')).status).toBe(200);
    const to = new Date(Date.now() + 600_000).toISOString();
    expect((await client.silence({ filter: 'service:down', to, reason: 'known' }, 'once')).status).toBe(201);
    await inState(first, 'Down:dc1/down', 'silenced');
    await until('its changes to be written down', async () => (await recordedSteps(first, down.id)).length === 2);
    await first.close();
    await putInstance(consul, edge('back'));

    const second = await stage.lictor(consul.address, env);
    await second.synced();
    await inState(second, 'Down:dc1/back', 'resolved');
    const again = await inState(second, 'Flapping:dc1/web', 'acknowledged');
    expect(again).toMatchObject({ since: flaps.since, firedAt: flaps.firedAt, acknowledged: { note: 'I see to it' } });
    const silenced = await inState(second, 'Down:dc1/down', 'silenced');
    expect(silenced).toMatchObject({ since: down.since, firedAt: down.firedAt });
    const changes = flapping.changes;
    await until('it to flap on', () => flapping.changes > changes + 6, { deadlineMs: 30_000 });
    expect(await alertStates(second)).toEqual([
      'Down:dc1/back resolved',
      'Down:dc1/down silenced',
      'Flapping:dc1/web acknowledged',
    ]);
    expect(await recordedSteps(second, 'Flapping:dc1/web')).toEqual(['null firing', 'firing acknowledged']);
    expect(await recordedSteps(second, 'Down:dc1/down')).toEqual(['null firing', 'firing silenced']);
    expect(await recordedSteps(second, 'Down:dc1/back')).toEqual(['null firing', 'firing resolved']);
    const { evidence } = again;
    expect(evidence.kind === 'flapping' && evidence.changes).toBeGreaterThan(6);

    await flapping.rest();
    await inState(second, 'Flapping:dc1/web', 'resolved');
  }),
  180_000,
);

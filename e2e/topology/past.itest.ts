import { expect, test } from 'vitest';
import { dataFolder } from '@/e2e/harness/data-folder';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import { onStage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import type { TopologyBody } from '@/lib/topology/topology-body';
import { putProxy, putServices } from './registered';

const LONG_MS = 60_000;

const nowIso = () => new Date().toISOString();

async function edgesAt(lictor: LictorUnderTest, at: string | null): Promise<string[]> {
  const body = await lictor.get<TopologyBody>(`/api/v1/topology${at === null ? '' : `?at=${at}`}`);
  return (body?.edges ?? []).map(({ key, kinds }) => `${key} ${kinds.join()}`);
}

/** Resolves with a moment at which the record shows exactly these edges. */
function recorded(lictor: LictorUnderTest, ...edges: string[]): Promise<string> {
  return until(`${edges.join(', ') || 'no edge'} in the record`, async () => {
    const at = nowIso();
    const found = await edgesAt(lictor, at);
    if (found.join() !== edges.join()) throw new Error(`it has ${found.join(', ') || 'none'}`);
    return at;
  });
}

test(
  'who depended on whom is shown as it was at each moment, also of what changed while nobody watched',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    const folder = dataFolder();
    stage.atEnd(() => folder.remove());
    const env = { LICTOR_DATA_DIR: folder.path };
    await putServices(consul, 'front', 'cart', 'users');
    await putProxy(consul, { service: 'front-sidecar-proxy', of: 'front', upstreams: ['cart'] });
    const first = await stage.lictor(consul.address, env);
    await first.synced();
    const cart = 'dc1/front>dc1/cart upstream';
    const users = 'dc1/front>dc1/users upstream';
    const then = await recorded(first, cart);
    await putProxy(consul, { service: 'front-sidecar-proxy', of: 'front', upstreams: ['cart', 'users'] });
    const both = await recorded(first, cart, users);
    expect(await edgesAt(first, then)).toEqual([cart]);
    const body = await first.get<TopologyBody>(`/api/v1/topology?at=${both}`);
    expect(body?.nodes.map(({ key, kind, status }) => `${key} ${kind} ${status}`)).toEqual([
      'dc1/cart service passing',
      'dc1/consul service passing',
      'dc1/front service passing',
      'dc1/users service passing',
    ]);
    await first.close();
    await putProxy(consul, { service: 'front-sidecar-proxy', of: 'front', upstreams: ['users'] });
    const second = await stage.lictor(consul.address, env);
    await second.synced();
    const later = await recorded(second, users);
    expect(await edgesAt(second, then)).toEqual([cart]);
    expect(await edgesAt(second, both)).toEqual([cart, users]);
    expect(await edgesAt(second, later)).toEqual([users]);
    const { items } = (await second.get<{ items: { item: string; to: string | null }[] }>(
      '/api/v1/transitions?filter=kind:edge',
    )) ?? { items: [] };
    expect(items.map(({ item, to }) => `${item} ${to === null ? 'gone' : 'there'}`)).toEqual([
      'dc1/front>dc1/cart gone',
      'dc1/front>dc1/users there',
      'dc1/front>dc1/cart there',
    ]);
  }),
  LONG_MS,
);

import { expect, test } from 'vitest';
import { onStage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import type { SplitRecord, SplitsBody } from '@/lib/release/split-body';
import { putVersions, writableSplits } from './writable';

const OLD = '1.4.2';
const NEW = '1.5.0';
const shares = { [OLD]: 90, [NEW]: 10 };

interface Chain {
  Chain: { Nodes: Record<string, { Type: string; Splits?: { Weight: number }[] }> };
}

test(
  'in a federation a splitter moved on the page of one datacenter is moved in each, and so is one that somebody else moves at the primary',
  onStage(async (stage) => {
    const world = await stage.bareWorld(2);
    const names = ['dc1', 'dc2'];
    for (const dc of names) await putVersions(world.consul(dc), 'web', [OLD, OLD, OLD, NEW]);
    const lictor = await stage.lictor(world.consul('dc2').address);
    const client = await writableSplits(lictor, { dc: 'dc1', name: 'web' }, { dc: 'dc2', name: 'web' });
    const page = await stage.follow(lictor, ['splits']);
    const both = (what: string, isSo: (split: SplitRecord) => boolean) =>
      until(what, () => {
        const { splits } = page.body('splits') as SplitsBody;
        const found = names.flatMap((dc) => splits.find((one) => one.dc === dc && one.name === 'web') ?? []);
        return found.length === 2 && found.every(isSo) && found;
      });

    await until('the primary to be known', async () => {
      const { body } = await client.split('dc2', 'web');
      return body.mechanisms.find(({ mechanism }) => mechanism === 'mesh')?.can;
    });
    const preview = await client.preview('dc2', 'web', { mechanism: 'mesh', shares });
    expect(preview.body.writes.every(({ target }) => target.startsWith('dc1 config '))).toBe(true);
    expect(preview.body.warnings.map(({ code }) => code)).toContain('every-datacenter');
    const moved = await client.write('dc2', 'web', { mechanism: 'mesh', shares }, preview.etag);
    expect(moved.body).toMatchObject({ dc: 'dc2', declared: shares });
    await both('both pages to show it', ({ declared }) => declared?.[NEW] === 10);
    for (const dc of names) {
      await until(`the chain of ${dc}`, async () => {
        const { Chain } = await world.consul(dc).get<Chain>(`/v1/discovery-chain/web?dc=${dc}`);
        const splitter = Object.values(Chain.Nodes).find(({ Type }) => Type === 'splitter');
        return JSON.stringify(splitter?.Splits?.map(({ Weight }) => Weight)) === '[90,10]';
      });
    }

    const entry = await world.consul('dc1').get<{ Splits: object[] }>('/v1/config/service-splitter/web');
    const Splits = entry.Splits.map((split) => ({ ...split, Weight: 50 }));
    await world.consul('dc1').put('/v1/config', { Kind: 'service-splitter', Name: 'web', Splits });
    const seen = await both('both pages to show what somebody else wrote', ({ declared }) => declared?.[NEW] === 50);
    expect(seen.map(({ wish, wished }) => [wish, wished?.mechanism])).toEqual([
      [shares, 'mesh'],
      [shares, 'mesh'],
    ]);
    await both('both pages to show the drift', ({ drift }) => drift !== null);
    const { etag } = await client.split('dc1', 'web');
    expect((await client.verb('dc1', 'web', 'put-back', etag)).body).toMatchObject({ declared: shares, drift: null });
    await both(
      'both pages to show that it is put back',
      ({ drift, declared }) => drift === null && declared?.[NEW] === 10,
    );

    // Weights are each datacenter's own, and a wish by them is no business of the other's.
    const { body } = await client.move('dc1', 'web', { mechanism: 'weights', shares });
    expect(body).toMatchObject({ mechanism: 'weights', drift: null });
    expect((await client.split('dc2', 'web')).body).toMatchObject({ mechanism: 'mesh', wish: shares, drift: null });
  }),
);

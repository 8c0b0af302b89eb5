import { expect, test } from 'vitest';
import { onStage } from '@/e2e/harness/stage';
import type { Shares } from '@/lib/release/split-body';
import { putVersions, writableSplits } from './writable';

const OLD = '1.4.2';
const NEW = '1.5.0';

test(
  'an old version that is too small to take everything back: said before it gives its share away, and again when it gets it back',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    await putVersions(world.consul('dc1'), 'web', [OLD, ...Array.from({ length: 8 }, () => NEW)]);
    const lictor = await stage.lictor(world.consul('dc1').address);
    const client = await writableSplits(lictor, { dc: 'dc1', name: 'web' });
    const warnings = async (shares: Shares) => {
      const { body } = await client.preview('dc1', 'web', { mechanism: 'policy', shares });
      return body.warnings.filter(({ code }) => code === 'old-too-small').map(({ sentence }) => sentence);
    };
    const move = async (shares: Shares) => {
      const { etag } = await client.split('dc1', 'web');
      const { status } = await client.write('dc1', 'web', { mechanism: 'policy', shares }, etag);
      expect(status).toBe(200);
    };

    await move({ [OLD]: 20, [NEW]: 80 });
    expect(await warnings({ [OLD]: 0, [NEW]: 100 })).toEqual([
      `If all had to go back to "${OLD}", 1 instance in traffic would each carry 5 times what any instance carries now. Keep more of them until this is over.`,
    ]);
    await move({ [OLD]: 0, [NEW]: 100 });
    expect(await warnings({ [OLD]: 100, [NEW]: 0 })).toEqual([
      `100% goes back to 1 instance of "${OLD}": each carries 8 times what any instance carries now. Start more of them first, or give back in steps.`,
    ]);
    // As many as before can carry what they carried before.
    await putVersions(world.consul('dc1'), 'api', [OLD, OLD, OLD, NEW]);
    const enough = await writableSplits(lictor, { dc: 'dc1', name: 'api' });
    const { body } = await enough.preview('dc1', 'api', { mechanism: 'policy', shares: { [OLD]: 90, [NEW]: 10 } });
    expect(body.warnings.map(({ code }) => code)).not.toContain('old-too-small');
  }),
);

import { expect, test } from 'vitest';
import { recorded } from '@/e2e/harness/recorded';
import { onStage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import type { SplitsBody } from '@/lib/release/split-body';
import { putVersions, writableSplits } from './writable';

const OLD = '1.4.2';
const NEW = '1.5.0';

test(
  'of two people who move one slider at once, at two Lictors, one does and the other is told; both see the same then',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    await putVersions(consul, 'web', [OLD, OLD, OLD, NEW]);
    // Under one name in one process each would take the other for its own former life, and go on with its plans.
    const lictors = [
      await stage.lictor(consul.address, { LICTOR_BASE_URL: 'http://one.example' }),
      await stage.lictor(consul.address, { LICTOR_BASE_URL: 'http://two.example' }),
    ];
    const pages = await Promise.all(lictors.map((lictor) => stage.follow(lictor, ['splits'])));
    const people = await Promise.all(lictors.map((lictor) => writableSplits(lictor, { dc: 'dc1', name: 'web' })));
    for (const [round, mechanism] of (['mesh', 'policy', 'weights', 'mesh', 'policy', 'weights'] as const).entries()) {
      const { etag } = await (people[0] as (typeof people)[number]).split('dc1', 'web');
      const answers = await Promise.all(
        people.map((person, at) => {
          const percent = 10 + 5 * (2 * round + at);
          return person.write('dc1', 'web', { mechanism, shares: { [OLD]: 100 - percent, [NEW]: percent } }, etag);
        }),
      );
      const won = answers.filter(({ status }) => status === 200);
      const told = answers.filter(({ status }) => status === 409 || status === 412);
      expect([won.length, told.length], JSON.stringify(answers)).toEqual([1, 1]);
      const wish = won[0]?.body.wish;
      for (const { status, body } of told) if (status === 412) expect(body.present).toBeDefined();
      await until('both pages to show what won, and no drift', () =>
        pages.every((page) => {
          const split = (page.body('splits') as SplitsBody | null)?.splits.find(({ name }) => name === 'web');
          const shows = split?.mechanism === mechanism && split.drift === null && split.unfinished === null;
          return shows && JSON.stringify(split.wish) === JSON.stringify(wish) && split.declared?.[NEW] !== undefined;
        }),
      );
      const [one, other] = await Promise.all(people.map((person) => person.split('dc1', 'web')));
      expect(one?.etag).toBe(other?.etag);
      expect(one?.body.declared?.[NEW]).toBeCloseTo(wish?.[NEW] ?? 0, 0);
    }
    const drifts = pages.flatMap((page) =>
      page.reader.changesOf('splits').filter(({ change }) => (change.value as { drift: unknown } | null)?.drift),
    );
    expect(drifts).toEqual([]);
    await until('each of the two to have recorded what both have written', async () => {
      const told = await Promise.all(lictors.map((lictor) => recorded(lictor, 'service=web')));
      const writes = told.map((items) => items.flatMap(({ kind, to }) => (kind === 'write' ? [to] : [])));
      return writes.every((sentences) => sentences.length === 6) && writes[0]?.join() === writes[1]?.join();
    });
  }),
);

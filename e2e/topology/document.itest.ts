import { expect, test } from 'vitest';
import { onStage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import { putServices } from './registered';
import { sourcesBench } from './sources-bench';

const SLOWLY = { deadlineMs: 40_000 };

test(
  'a document declares edges beside the mesh; an error in it is told with line and reason, and costs itself alone',
  onStage(async (stage) => {
    const world = await stage.bareWorld(2);
    const write = async (dc: string, text: string) => {
      const answer = await fetch(`${world.consul(dc).address}/v1/kv/lictor/topology`, { method: 'PUT', body: text });
      expect(answer.status).toBe(200);
    };
    await putServices(world.consul('dc1'), 'shop');
    await write(
      'dc1',
      [
        '{"edges": [',
        '  {"from": "shop", "to": "billing@dc2", "detail": "nightly"},',
        '  {"from": "shop", "too": "mail"},',
        '  {"from": "shop", "to": "mail"}',
        '], "nodes": [{"service": "mail", "kind": "queue"}]}',
      ].join('\n'),
    );
    const bench = await sourcesBench(stage, world.consul('dc1').address);
    await until('its edges', () => bench.edges('shop').length === 2, SLOWLY);
    expect(bench.edges('shop')).toEqual(['dc1/shop>dc1/mail declared', 'dc1/shop>dc2/billing declared']);
    expect(bench.node('dc1/mail')?.kind).toBe('queue');
    expect(bench.state('documents')).toMatch(/^live: .*lictor\/topology in dc1.*line 3: /);
    expect(bench.state('documents', 'dc2')).toBe('live');

    await write('dc1', '{"edges": [{"from": "shop", "to": "mail"}]}');
    await until('the mended one', () => bench.state('documents') === 'live', SLOWLY);
    expect(bench.edges('shop')).toEqual(['dc1/shop>dc1/mail declared']);

    await write('dc1', 'not json at all');
    await until('what is wrong with it', () => bench.state('documents')?.includes('not JSON'), SLOWLY);
    expect(bench.edges('shop')).toEqual([]);
  }),
  120_000,
);

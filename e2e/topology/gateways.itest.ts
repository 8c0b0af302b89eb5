import { expect, test } from 'vitest';
import { onStage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import { putEntry, putProxy, putServices } from './registered';
import { sourcesBench } from './sources-bench';

test(
  'gateways are nodes of their kind; what they serve is told, also by one that serves every service',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    await putServices(consul, 'web', 'legacy');
    for (const kind of ['mesh-gateway', 'ingress-gateway', 'terminating-gateway'] as const) {
      await putProxy(consul, { service: `the-${kind}`, kind });
    }
    const bench = await sourcesBench(stage, consul.address);
    for (const kind of ['mesh', 'ingress', 'terminating']) {
      await until(`the ${kind} gateway`, () => bench.node(`dc1/the-${kind}-gateway`)?.kind === 'gateway');
    }
    expect(bench.edges('the-')).toEqual([]);

    await putEntry(consul, {
      ...{ Kind: 'ingress-gateway', Name: 'the-ingress-gateway' },
      Listeners: [{ Port: 8_080, Protocol: 'tcp', Services: [{ Name: 'web' }] }],
    });
    await until('what comes in', () => bench.edges('the-ingress').join() === 'dc1/the-ingress-gateway>dc1/web gateway');
    await until('both that say so', () => {
      const sources = bench.book.edge('dc1/the-ingress-gateway>dc1/web')?.sources.map(({ source }) => source);
      return sources?.join() === 'gateway the-ingress-gateway,ingress-gateway/the-ingress-gateway';
    });

    await putEntry(consul, {
      ...{ Kind: 'terminating-gateway', Name: 'the-terminating-gateway', Services: [{ Name: '*' }] },
    });
    await until('every service behind the wildcard', () => {
      const edges = bench.edges('the-terminating');
      return ['web', 'legacy'].every((name) => edges.includes(`dc1/the-terminating-gateway>dc1/${name} gateway`));
    });
    expect(bench.book.edge('dc1/the-terminating-gateway>dc1/legacy')?.sources[0]?.detail).toBe(
      'The gateway serves every service.',
    );

    await consul.put('/v1/catalog/deregister', { Node: 'node-of-proxies', ServiceID: 'the-terminating-gateway' });
    await consul.delete('/v1/config/terminating-gateway/the-terminating-gateway');
    await until('nothing behind it', () => bench.edges('the-terminating').length === 0);
    expect(bench.node('dc1/the-terminating-gateway')).toBeNull();
  }),
);

import { expect, test } from 'vitest';
import { recorded } from '@/e2e/harness/recorded';
import { onStage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import type { Intent } from '@/lib/release/journal/intent';
import { intentKey } from '@/lib/release/journal/journal-keys';
import type { PlannedWrite } from '@/lib/release/planned-write';
import type { SplitRecord } from '@/lib/release/split-body';
import { type WishRecord, wishKey } from '@/lib/release/wish-record';
import { beginPlan } from '@/server/release/journal/begin-plan';
import { IntentStore } from '@/server/release/journal/intent-store';
import { planParts } from '@/server/release/journal/plan-parts';
import { releaseConsulAt } from './release-consul-at';
import { SplitClient } from './split-client';
import { putVersions, writableSplits } from './writable';

const shares = { '1': 90, '2': 10 };
const document = JSON.stringify({ format: 1, service: 'web', version: 1, shares, routes: [] });
const wish: WishRecord = {
  ...{
    format: 1,
    mechanism: 'policy',
    shares,
    declares: shares,
    weights: null,
    exceptions: {},
    routes: [],
    failover: [],
  },
  ...{ stages: {}, how: 'moved', by: 'anna', process: 'gone', at: '2026-01-01T00:00:00.000Z' },
  before: { shares: null, routes: [], failover: [], stages: {} },
};
const kv = (key: string, after: string): PlannedWrite => ({
  ...{ kind: 'kv', dc: 'dc1', target: `dc1 kv ${key}`, stage: 0, key, before: null, after, index: 0, flags: 0 },
});

/** As a Lictor that is no more left it: the first of two writes is done. */
const left = (deadlineAt: string): Intent => ({
  ...{
    format: 1,
    id: '9d3f2a10-0000-4000-8000-000000000000',
    dc: 'dc1',
    service: 'web',
    mechanism: 'policy',
    by: 'anna',
  },
  holder: { replica: 'http://gone.example', host: 'gone', pid: 7, process: 'gone' },
  ...{ startedAt: '2026-01-01T00:00:00.000Z', deadlineAt, phase: 'writing', done: [0], lost: [], restored: [] },
  ...{ parts: 1, signature: null, trouble: null },
});

test(
  'a plan that a Lictor left is nobody’s to write over, is no drift, and is completed with its wish by the one that leads',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    await putVersions(consul, 'web', ['1', '1', '2']);
    const { consul: release, close } = releaseConsulAt(consul.address);
    stage.atEnd(close);
    const writes = [kv('app/web', 'new'), kv('lictor/traffic/web', document)];
    const parts = await planParts({
      format: 1,
      writes,
      wish: { key: wishKey('dc1', 'web'), value: JSON.stringify(wish) },
    });
    // Its holder may live on for some seconds yet.
    const deadlineAt = new Date(Date.now() - 5_000).toISOString();
    await beginPlan(new IntentStore(release), left(deadlineAt), parts, new AbortController().signal);
    await release.transportOf('dc1').request({ path: '/v1/kv/app/web', method: 'PUT', body: 'new', timeoutMs: 5_000 });

    const lictor = await stage.lictor(consul.address);
    await lictor.synced();
    const reader = new SplitClient(lictor.url);
    const unfinished = await until<SplitRecord>('the plan to be shown', async () => {
      const { body } = await reader.split('dc1', 'web');
      return body.unfinished !== null && body.writeRefusal === null && body;
    });
    expect(unfinished).toMatchObject({ drift: null, wish: null });
    expect(unfinished.unfinished).toContain('anna');
    const busy = await reader.write('dc1', 'web', { mechanism: 'weights', shares }, unfinished.etag);
    expect([busy.status, busy.body.type]).toEqual([409, 'urn:lictor:problem:split-busy']);

    const done = await until<SplitRecord>('it to be completed', async () => {
      const { splits } = (await reader.splits()).body;
      const split = splits.find(({ name }) => name === 'web');
      return split?.wish != null && split.declared !== null && split.unfinished === null && split;
    });
    expect(done).toMatchObject({ wish: shares, declared: shares, drift: null, wished: { by: 'anna' } });
    expect(await consul.get<string[]>('/v1/kv/lictor/release/?keys')).toEqual([wishKey('dc1', 'web')]);
    expect(intentKey('dc1', 'web')).toBe('lictor/release/intents/dc1/web');
    await until('the record of both', async () => {
      const told = (await recorded(lictor, 'service=web')).flatMap(({ kind, to }) => (kind === 'write' ? [to] : []));
      return /anna .* completed/.test(told.join()) && told.includes('anna moved traffic by policy: 1 90 %, 2 10 %.');
    });
    const client = await writableSplits(lictor, { dc: 'dc1', name: 'web' });
    const undone = await client.verb('dc1', 'web', 'undo', (await client.split('dc1', 'web')).etag);
    expect(undone.body.declared).toEqual({ '1': 66.67, '2': 33.33 });
  }),
);

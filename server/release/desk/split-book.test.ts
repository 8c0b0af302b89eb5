import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Observation } from '@/lib/release/split-body';
import { wishKey } from '@/lib/release/wish-record';
import { ScriptedDesk } from './testing/scripted-desk';

let scripted: ScriptedDesk;
beforeEach(async () => {
  scripted = new ScriptedDesk();
  await scripted.start();
});
afterEach(() => scripted.stop());

const entry = { dc: 'dc1', subject: 'config-entry', name: 'service-splitter/web' } as const;
const wish = (over: object = {}) => ({
  ...{ format: 1, mechanism: 'mesh', shares: { a: 90, b: 10 }, declares: { a: 90, b: 10 }, weights: null },
  ...{ routes: [], failover: [], stages: {}, by: 'x', at: '2025-12-31T00:00:00.000Z' },
  before: { shares: null, routes: [], failover: [], stages: {} },
  ...over,
});
const putWish = async (text: string) => {
  scripted.keys.put(wishKey('dc1', 'web'), text);
  await scripted.clock.advance(1_000);
};

describe('in the book is', () => {
  it('a service with more than one version, until it has one', async () => {
    await scripted.see('web', 'a', 'b');
    expect(scripted.split('web')?.versions.map(({ version }) => version)).toEqual(['a', 'b']);
    await scripted.see('web', 'b');
    expect(scripted.split('web')).toBeUndefined();
    expect(scripted.published.map(({ op, key }) => `${op} ${key}`)).toEqual(['put dc1/web', 'remove dc1/web']);
  });

  it('one for which a splitter or a policy document stands, until that is gone', async () => {
    await scripted.see('web', 'a');
    scripted.book.onConfigured(entry, 'put');
    await scripted.clock.advance(1_000);
    expect(scripted.split('web')).toBeDefined();
    scripted.book.onConfigured(entry, 'remove');
    expect(scripted.split('web')).toBeUndefined();
  });

  it('one that somebody wished something for, also where it has no instance any more', async () => {
    await putWish(JSON.stringify(wish()));
    expect(scripted.split('web')).toMatchObject({ wish: { a: 90, b: 10 }, wished: { by: 'x' }, versions: [] });
    scripted.keys.delete(wishKey('dc1', 'web'));
    await scripted.clock.advance(1_000);
    expect(scripted.split('web')).toBeUndefined();
  });
});

describe('the proxy beside a service', () => {
  it('is not in the book for its versions, and can be read', async () => {
    await scripted.see('web', 'a', 'b');
    await scripted.see('web-sidecar-proxy', 'a', 'b');
    expect(scripted.book.body().splits.map(({ name }) => name)).toEqual(['web']);
    expect((await scripted.desk.split('dc1', 'web-sidecar-proxy')).versions).toHaveLength(2);
    expect(scripted.split('web-sidecar-proxy')).toBeUndefined();
  });

  it('is in it where something declares a split of it', async () => {
    await scripted.see('web', 'a', 'b');
    await scripted.see('web-sidecar-proxy', 'a', 'b');
    scripted.book.onConfigured({ ...entry, name: 'service-splitter/web-sidecar-proxy' }, 'put');
    await scripted.clock.advance(1_000);
    expect(scripted.split('web-sidecar-proxy')).toBeDefined();
  });

  it('is a service like any other as long as there is none by its name', async () => {
    await scripted.see('web-sidecar-proxy', 'a', 'b');
    expect(scripted.split('web-sidecar-proxy')).toBeDefined();
    await scripted.see('web', 'a');
    expect(scripted.split('web-sidecar-proxy')).toBeUndefined();
    await scripted.see('web');
    expect(scripted.split('web-sidecar-proxy')).toBeDefined();
  });
});

it('an entry that its reading has seen is not read again, a newer one is, and in its own mechanism alone', async () => {
  scripted.mesh.indexes = { 'service-splitter/web': 7 };
  await scripted.see('web', 'a', 'b');
  const reads = async (modifyIndex: number) => {
    const before = [scripted.mesh.reads, scripted.policy.reads];
    scripted.book.onConfigured({ ...entry, modifyIndex }, 'put');
    await scripted.clock.advance(1_000);
    return [scripted.mesh.reads - (before[0] ?? 0), scripted.policy.reads - (before[1] ?? 0)];
  };
  expect([await reads(7), await reads(8)]).toEqual([
    [0, 0],
    [1, 0],
  ]);
});

it('a thousand services with one version each cost no read and no event', async () => {
  for (let at = 0; at < 1_000; at += 1) {
    scripted.versions.set(`dc1/s${at}`, ['a']);
    scripted.book.onService('dc1', `s${at}`);
  }
  await scripted.clock.advance(10_000);
  expect([scripted.mesh.reads, scripted.published.length]).toEqual([0, 0]);
});

it('at rest nothing is read and nothing published', async () => {
  await scripted.see('web', 'a', 'b');
  const { reads } = scripted.mesh;
  const events = scripted.published.length;
  const asked = scripted.keys.requests.length;
  for (let at = 0; at < 100; at += 1) scripted.book.onService('dc1', 'web');
  // Rights are asked for now and then; a waiting query stands for ever here.
  await scripted.clock.advance(20_000);
  expect([scripted.mesh.reads, scripted.published.length]).toEqual([reads, events]);
  expect(scripted.keys.requests.slice(asked).filter(({ path }) => path.startsWith('/v1/kv/'))).toEqual([]);
});

it('what nothing divides is read when somebody looks at it; until then its record says what the fleet shows', async () => {
  scripted.looked = [];
  for (let at = 0; at < 1_000; at += 1) {
    scripted.versions.set(`dc1/s${at}`, ['a', 'b']);
    scripted.book.onService('dc1', `s${at}`);
  }
  await scripted.see('web', 'a', 'b');
  await scripted.clock.advance(10_000);
  expect(scripted.mesh.reads).toBe(0);
  expect(scripted.split('web')).toMatchObject({ mechanism: null, declared: null, mechanisms: [] });
  expect(scripted.split('web')?.versions.map(({ version }) => version)).toEqual(['a', 'b']);
  scripted.looked = ['dc1/web'];
  scripted.book.look();
  await scripted.clock.advance(0);
  expect(scripted.mesh.reads).toBe(1);
  expect(scripted.split('web')?.mechanisms).not.toEqual([]);
  scripted.looked = [];
  await scripted.see('web', 'a', 'a', 'b');
  expect(scripted.mesh.reads).toBe(1);
  expect(scripted.split('web'), 'what nobody keeps up with is not said').toMatchObject({ mechanisms: [] });
});

it('a mechanism that cannot be read keeps what was known of it, says so, and is read again', async () => {
  scripted.mesh.declared = { a: 90, b: 10 };
  await scripted.see('web', 'a', 'b');
  scripted.mesh.trouble = 'Consul did not answer.';
  await scripted.see('web', 'a', 'b', 'b');
  const mesh = () => scripted.split('web')?.mechanisms[0];
  expect(mesh()).toMatchObject({ can: false, reason: 'Consul did not answer.', declared: { a: 90, b: 10 } });
  scripted.mesh.trouble = null;
  await scripted.clock.advance(5_000);
  expect(mesh()).toMatchObject({ can: true, reason: null });
});

it('of a datacenter that does not answer nothing is read until it does', async () => {
  scripted.freshness = 'lost';
  await scripted.see('web', 'a', 'b');
  scripted.book.onConfigured(entry, 'put');
  await scripted.clock.advance(60_000);
  expect(scripted.mesh.reads).toBe(0);
  scripted.freshness = 'live';
  await scripted.clock.advance(2_000);
  expect([scripted.mesh.reads, scripted.split('web')?.name]).toEqual([1, 'web']);
});

describe('what stands and was not wished', () => {
  it('is drift since it was seen, until it stands as wished again', async () => {
    scripted.mesh.declared = { a: 90, b: 10 };
    await scripted.see('web', 'a', 'b');
    await putWish(JSON.stringify(wish()));
    expect(scripted.split('web')).toMatchObject({ drift: null, declaredSince: '2026-01-01T00:00:01.000Z' });
    scripted.mesh.declared = { a: 50, b: 50 };
    scripted.book.onConfigured(entry, 'put');
    await scripted.clock.advance(1_000);
    const since = scripted.split('web')?.drift?.since;
    expect(since).toBe(scripted.split('web')?.declaredSince);
    scripted.book.onConfigured(entry, 'put');
    await scripted.clock.advance(5_000);
    expect(scripted.split('web')?.drift?.since).toBe(since);
    scripted.mesh.declared = { a: 90, b: 10 };
    scripted.book.onConfigured(entry, 'put');
    await scripted.clock.advance(1_000);
    expect(scripted.split('web')?.drift).toBeNull();
  });

  it('is no drift while a plan is under way', async () => {
    await scripted.see('web', 'a', 'b');
    await putWish(JSON.stringify(wish({ declares: null })));
    scripted.isUnderWay = true;
    scripted.mesh.declared = { a: 50, b: 50 };
    scripted.book.onConfigured(entry, 'put');
    await scripted.clock.advance(3_000);
    expect(scripted.split('web')).toMatchObject({ declared: { a: 50, b: 50 }, drift: null });
    scripted.isUnderWay = false;
    await scripted.clock.advance(1_000);
    expect(scripted.split('web')?.drift).not.toBeNull();
  });

  it('is what it was where it cannot be read', async () => {
    await scripted.see('web', 'a', 'b');
    await putWish(JSON.stringify(wish()));
    expect(scripted.split('web')?.drift).not.toBeNull();
    scripted.mesh.trouble = 'Consul did not answer.';
    scripted.book.onConfigured(entry, 'put');
    await scripted.clock.advance(1_000);
    expect(scripted.split('web')?.drift).not.toBeNull();
  });
});

it('what another Lictor wrote is told, what this one wrote the desk has told', async () => {
  await scripted.see('web', 'a', 'b');
  await putWish(JSON.stringify(wish({ process: 'another' })));
  await putWish(JSON.stringify(wish({ process: 'this one' })));
  expect(scripted.recorded).toEqual(['x moved traffic by mesh: a 90 %, b 10 %.']);
});

it('what was declared as it was wished began with the wish, also for a Lictor that started later', async () => {
  scripted.mesh.declared = { a: 90, b: 10 };
  await putWish(JSON.stringify(wish()));
  expect(scripted.split('web')?.declaredSince).toBe('2025-12-31T00:00:00.000Z');
});

it.each(['{', '{"format":2}', '[]'])(
  'a wish that cannot be read (%s) closes writes, and is no end of the book',
  async (text) => {
    await scripted.see('web', 'a', 'b');
    await putWish(text);
    expect(scripted.split('web')).toMatchObject({ wish: null, drift: null });
    expect(scripted.split('web')?.writeRefusal).toContain('another version of Lictor');
  },
);

it('that nothing moves is published when it is so, without anything being read again', async () => {
  scripted.mesh.declared = { a: 90, b: 10 };
  scripted.observation = {
    ...{ state: 'observed', source: 'HAProxy', shares: { a: 50, b: 50 }, requests: { a: 500, b: 500 } },
    ...{ ratePerSecond: {}, windowMs: 10_000, at: '2026-01-01T00:00:00.000Z', lagMs: 0 },
  };
  await scripted.see('web', 'a', 'b');
  expect(scripted.split('web')?.verdict.state).toBe('moving');
  const { reads } = scripted.mesh;
  await scripted.clock.advance(58_000);
  expect(scripted.split('web')?.verdict.state).toBe('not-moving');
  expect(scripted.mesh.reads).toBe(reads);
});

it('counts of what somebody looks at are told with each reading, others every ten seconds', async () => {
  await scripted.see('web', 'a', 'b');
  await scripted.see('other', 'a', 'b');
  scripted.looked = ['dc1/web'];
  const counted = (percent: number): Observation => ({
    ...{ state: 'observed', source: 'HAProxy', shares: { a: percent, b: 100 - percent }, requests: { a: 1, b: 1 } },
    ...{ ratePerSecond: {}, windowMs: 10_000, at: '2026-01-01T00:00:00.000Z', lagMs: 0 },
  });
  scripted.count(counted(0));
  scripted.published.length = 0;
  for (let reading = 1; reading <= 10; reading += 1) {
    await scripted.clock.advance(2_000);
    scripted.count(counted(reading));
  }
  const told = (key: string) => scripted.published.filter((change) => change.key === key).length;
  expect([told('dc1/web'), told('dc1/other')]).toEqual([10, 2]);
});

it('asks for counts of services whose traffic is divided', async () => {
  scripted.looked = [];
  await scripted.see('web', 'a', 'b');
  expect(scripted.followed.at(-1)).toEqual([]);
  scripted.mesh.declared = { a: 90, b: 10 };
  scripted.book.onConfigured(entry, 'put');
  await scripted.clock.advance(2_000);
  expect(scripted.followed.at(-1)).toEqual(['dc1/web']);
});

it('says why nothing can be written as soon as it is so, and no longer', async () => {
  await scripted.see('web', 'a', 'b');
  expect(scripted.split('web')?.writeRefusal).toBeNull();
  scripted.freshness = 'stale';
  await scripted.clock.advance(1_000);
  expect(scripted.split('web')?.writeRefusal).toContain('dc1 is stale');
  scripted.freshness = 'live';
  scripted.unfinished = 'A plan was left.';
  await scripted.clock.advance(1_000);
  expect(scripted.split('web')).toMatchObject({ writeRefusal: null, unfinished: 'A plan was left.' });
});

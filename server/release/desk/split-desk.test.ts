import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wishKey } from '@/lib/release/wish-record';
import type { Outcome } from '@/server/release/journal/outcome';
import type { SplitRefusal } from './split-refusal';
import { ScriptedDesk } from './testing/scripted-desk';

const wish = { mechanism: 'mesh', shares: { a: 90, b: 10 } } as const;

let scripted: ScriptedDesk;
beforeEach(async () => {
  scripted = new ScriptedDesk();
  await scripted.start();
  await scripted.see('web', 'a', 'a', 'a', 'b');
});
afterEach(() => scripted.stop());

const seen = async () => ({ dc: 'dc1', name: 'web', etag: (await scripted.desk.split('dc1', 'web')).etag });
const move = async (question: Parameters<typeof scripted.desk.write>[1] = wish) =>
  scripted.desk.write(await seen(), question, 'x');
const refusal = (asked: Promise<unknown>): Promise<SplitRefusal> =>
  asked.then(
    () => {
      throw new Error('It was not refused.');
    },
    (error: SplitRefusal) => error,
  );
const kept = () => JSON.parse(scripted.keys.text(wishKey('dc1', 'web')) ?? 'null');

it('a plan takes along what is to be kept of it: what was wished, what then stands, and what stood before', async () => {
  const body = await move({ ...wish, stages: { b: 'active' } });
  expect(scripted.executed[0]).toMatchObject({ dc: 'dc1', service: 'web', mechanism: 'mesh', by: 'x' });
  expect(kept()).toMatchObject({
    ...{ format: 1, mechanism: 'mesh', shares: wish.shares, declares: wish.shares, by: 'x', stages: { b: 'active' } },
    before: { shares: null, stages: {} },
  });
  expect(body).toMatchObject({ wish: wish.shares, declared: wish.shares, drift: null });
  expect(scripted.recorded).toEqual(['x moved traffic by mesh: a 90 %, b 10 %.']);
  expect(scripted.counted).toEqual(['mesh written']);
});

it('what is wished already is written by nobody', async () => {
  await move();
  await move();
  expect(scripted.executed).toHaveLength(1);
  await move({ mechanism: 'mesh', stages: { b: 'preparing' } });
  expect(scripted.executed[1]?.writes).toEqual([]);
  expect(kept()).toMatchObject({ shares: wish.shares, stages: { b: 'preparing' } });
});

it('an undo puts back what stood before the last write, and another undo that write', async () => {
  await move();
  await move({ ...wish, shares: { a: 50, b: 50 } });
  expect((await move({ undo: true })).declared).toEqual(wish.shares);
  expect((await move({ undo: true })).declared).toEqual({ a: 50, b: 50 });
  expect(scripted.recorded.at(-1)).toContain('undid');
});

it('where nothing was declared before, an undo gives each version the share of its instances, and says so', async () => {
  await move();
  const preview = await scripted.desk.preview({ ...(await seen()), etag: null }, { undo: true });
  expect(preview.declares).toEqual({ a: 75, b: 25 });
  expect(preview.warnings.map(({ code }) => code)).toContain('nothing-before');
});

it('a preview warns of what the shares would do to instances, each thing once', async () => {
  const { warnings } = await scripted.desk.preview(
    { ...(await seen()), etag: null },
    { ...wish, shares: { a: 10, b: 90 } },
  );
  expect(warnings.map(({ code }) => code)).toContain('over-capacity');
  expect(new Set(warnings.map(({ code }) => code)).size).toBe(warnings.length);
});

describe('what becomes of a plan becomes an answer', () => {
  const outcomes: [Outcome, string][] = [
    [{ kind: 'busy', sentence: 'Somebody is at it.', by: 'y', replica: 'z' }, 'split-busy'],
    [{ kind: 'lost', sentence: 'Somebody wrote it.', target: 't', restored: true }, 'precondition-failed'],
    [{ kind: 'failed', sentence: 'It failed.', state: 'restored' }, 'plan-failed'],
    [{ kind: 'failed', sentence: 'It hangs.', state: 'unfinished' }, 'plan-unfinished'],
  ];
  it.each(outcomes)('%o', async (outcome, code) => {
    scripted.outcome = outcome;
    const refused = await refusal(move());
    expect(refused.code).toBe(code);
    expect(refused.message).toContain('sentence' in outcome ? outcome.sentence : '');
    expect(refused.details.present?.key).toBe(code === 'precondition-failed' ? 'dc1/web' : undefined);
    expect(scripted.counted).toEqual([`mesh ${outcome.kind}`]);
    expect(kept()).toBeNull();
  });
});

describe('nothing is begun', () => {
  it.each([
    [
      'while a plan is unfinished',
      () => void Object.assign(scripted, { unfinished: 'A plan was left.' }),
      'split-busy',
    ],
    ['while the datacenter is not live', () => void Object.assign(scripted, { freshness: 'lost' }), 'writes-closed'],
    ['on a wish that cannot be read', () => scripted.keys.put(wishKey('dc1', 'web'), '{}'), 'writes-closed'],
    [
      'while the mechanism cannot be read',
      () => void Object.assign(scripted.mesh, { trouble: 'No answer.' }),
      'consul-unavailable',
    ],
    ['where the mechanism cannot move it', () => void Object.assign(scripted.mesh, { can: false }), 'plan-refused'],
    ['where the plan is refused', () => void Object.assign(scripted.mesh, { refusal: 'No.' }), 'plan-refused'],
  ])('%s', async (_, act, code) => {
    const address = await seen();
    act();
    const { etag } = await scripted.desk.split('dc1', 'web');
    expect((await refusal(scripted.desk.write({ ...address, etag }, wish, 'x'))).code).toBe(code);
    expect(scripted.executed).toEqual([]);
  });

  it('of a mechanism that there is not', async () => {
    const refused = await refusal(move({ mechanism: 'weights', shares: { a: 100 } }));
    expect(refused.details.reason).toBe('no-such-mechanism');
  });

  it('for a service of which nothing is known', async () => {
    expect((await refusal(scripted.desk.split('dc1', 'nobody'))).code).toBe('unknown-service');
  });
});

describe('a change costs Consul no more than it needs:', () => {
  const reads = () => [scripted.mesh.reads, scripted.policy.reads];
  const since = ([mesh = 0, policy = 0]: number[]) => [scripted.mesh.reads - mesh, scripted.policy.reads - policy];

  it('what it moves is read before it and after it, and the book takes that over', async () => {
    const address = await seen();
    const before = reads();
    await scripted.desk.write(address, wish, 'x');
    await scripted.clock.advance(10_000);
    expect(since(before)).toEqual([2, 0]);
    expect(scripted.split('web')).toMatchObject({ wish: wish.shares, declared: wish.shares, drift: null });
    const undo = await seen();
    const between = reads();
    await scripted.desk.write(undo, { undo: true }, 'x');
    await scripted.clock.advance(10_000);
    expect(since(between)).toEqual([2, 0]);
  });

  it('what is told of it while it is written is read by nobody before its end, and then where its answer has not seen it', async () => {
    const address = await seen();
    const before = reads();
    scripted.afterExecuting = async () => {
      scripted.book.onConfigured({ dc: 'dc1', subject: 'config-entry', name: 'service-splitter/web' }, 'put');
      scripted.book.onConfigured({ dc: 'dc1', subject: 'kv', name: 'lictor/traffic/web' }, 'put');
      await scripted.clock.advance(1_000);
      expect(since(before)).toEqual([1, 0]);
    };
    await scripted.desk.write(address, wish, 'x');
    await scripted.clock.advance(10_000);
    expect(since(before)).toEqual([2, 1]);
  });

  it('what was told while it failed is read after it', async () => {
    const address = await seen();
    const before = reads();
    scripted.outcome = { kind: 'failed', sentence: 'It failed.', state: 'restored' };
    scripted.afterExecuting = async () => {
      scripted.book.onConfigured({ dc: 'dc1', subject: 'kv', name: 'lictor/traffic/web' }, 'put');
      await scripted.clock.advance(1_000);
      expect(since(before)).toEqual([1, 0]);
    };
    await refusal(scripted.desk.write(address, wish, 'x'));
    await scripted.clock.advance(10_000);
    expect(since(before)).toEqual([1, 1]);
  });
});

describe('a change is made on what was seen of its own mechanism', () => {
  it('what stands instead is told whole, as it is now', async () => {
    const address = await seen();
    scripted.mesh.declared = { a: 1, b: 99 };
    scripted.policy.declared = { a: 2, b: 98 };
    const { present } = (await refusal(scripted.desk.write(address, wish, 'x'))).details;
    expect(present?.mechanisms.map(({ declared }) => declared)).toEqual([
      { a: 1, b: 99 },
      { a: 2, b: 98 },
    ]);
  });

  it('what another one shows meanwhile keeps nobody from it', async () => {
    const address = await seen();
    scripted.policy.declared = { a: 1, b: 99 };
    expect((await scripted.desk.write(address, wish, 'x')).declared).toEqual(wish.shares);
  });

  it('what its own shows, or somebody wished, does', async () => {
    const address = await seen();
    scripted.mesh.declared = { a: 1, b: 99 };
    expect((await refusal(scripted.desk.write(address, wish, 'x'))).code).toBe('precondition-failed');
    const now = await seen();
    await move({ mechanism: 'policy', shares: { a: 50, b: 50 } });
    expect((await refusal(scripted.desk.write(now, wish, 'x'))).code).toBe('precondition-failed');
  });

  it.each(['"', '""', '*', '"a.b"', 'W/"x"', '"....."'])('%s is no sight of it', async (etag) => {
    expect((await refusal(scripted.desk.write({ ...(await seen()), etag }, wish, 'x'))).code).toBe(
      'precondition-failed',
    );
  });
});

it('what has not arrived yet is said in the verdict, until it has', async () => {
  scripted.observation = {
    ...{ state: 'observed', source: 'HAProxy', shares: { a: 50, b: 50 }, requests: { a: 500, b: 500 } },
    ...{ ratePerSecond: {}, windowMs: 10_000, at: '2026-01-01T00:00:00.000Z', lagMs: 0 },
  };
  scripted.mesh.missing.push('dc2 has it not yet.', 'dc2 has it not yet.');
  await move();
  await scripted.clock.advance(50);
  expect(scripted.split('web')?.verdict.reason).toBe('dc2 has it not yet.');
  await scripted.clock.advance(2_000);
  expect(scripted.split('web')?.verdict.reason).not.toContain('dc2');
});

it('that what was written cannot be read after it is no reason to say that nothing was', async () => {
  const address = await seen();
  scripted.afterExecuting = () => scripted.keys.close();
  const refused = await refusal(scripted.desk.write(address, wish, 'x'));
  expect([refused.code, scripted.mesh.declared]).toEqual(['consul-unavailable', wish.shares]);
  expect(refused.message).toContain('The change is written');
});

it('where wishes may not be read all else is shown, with what is missing, and nothing is written', async () => {
  scripted.mesh.declared = { a: 90, b: 10 };
  scripted.keys.isDenied = true;
  const shown = await scripted.desk.split('dc1', 'web');
  expect(shown).toMatchObject({ declared: { a: 90, b: 10 }, wish: null });
  expect(shown.writeRefusal).toContain('key_prefix "lictor/release/" { policy = "read" }');
  expect((await refusal(move())).code).toBe('writes-closed');
  expect(scripted.executed).toEqual([]);
  scripted.keys.isDenied = false;
  expect((await scripted.desk.split('dc1', 'web')).writeRefusal).toBeNull();
});

it('adopting writes nothing but the wish, and is undone to what stood before Lictor wrote', async () => {
  await move();
  scripted.mesh.declared = { a: 20, b: 80 };
  const adopted = await scripted.desk.adopt(await seen(), 'y');
  expect(scripted.executed.at(-1)).toMatchObject({ writes: [], by: 'y' });
  expect(adopted).toMatchObject({ wish: { a: 20, b: 80 }, drift: null, wished: { by: 'y' } });
  expect(kept().before).toEqual({ shares: null, routes: [], failover: [], stages: {} });
  expect(scripted.recorded.at(-1)).toBe('y adopted what stands by mesh: a 20 %, b 80 %.');
});

it('a process that never writes says why, and previews all the same', async () => {
  const readOnly = new ScriptedDesk('It is read-only.');
  await readOnly.start();
  await readOnly.see('web', 'a', 'b');
  const { etag, writeRefusal } = await readOnly.desk.split('dc1', 'web');
  const address = { dc: 'dc1', name: 'web', etag };
  expect(writeRefusal).toBe('It is read-only.');
  expect((await refusal(readOnly.desk.write(address, wish, 'x'))).message).toBe('It is read-only.');
  expect((await readOnly.desk.preview(address, wish)).writes).toHaveLength(1);
  readOnly.stop();
});

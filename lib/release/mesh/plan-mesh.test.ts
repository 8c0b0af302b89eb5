import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shareOf } from '@/lib/release/shares/normalize-shares';
import { anyShares } from '@/lib/release/shares/testing/any-shares';
import type { SplitWish } from '@/lib/release/split-body';
import type { MeshKind } from './mesh-entries';
import { MeshRefusal } from './mesh-refusal';
import type { MeshScene } from './mesh-scene';
import { type MeshPlan, planMesh } from './plan-mesh';
import { exampleInstance, examplePlace, exampleScene } from './testing/example-scene';

type Wish = Omit<SplitWish, 'mechanism' | 'stages'>;

const HTTP = { Protocol: 'http' };
const SUBSETS = {
  old: { Filter: 'Service.Meta.version == "1.0"' },
  canary: { Filter: 'Service.Meta.version=="2.0"', OnlyPassing: true },
};
const SPLITS = [
  { Weight: 90, ServiceSubset: 'old' },
  { Weight: 10, ServiceSubset: 'canary' },
];
const STANDING = {
  'service-defaults': HTTP,
  'service-resolver': { Subsets: SUBSETS },
  'service-splitter': { Splits: SPLITS },
};

const written = ({ writes }: MeshPlan) => writes.map(({ stage, entryKind }) => [stage, entryKind]);
const codes = ({ warnings }: MeshPlan) => warnings.map(({ severity, code }) => `${severity} ${code}`);
const after = ({ writes }: MeshPlan, kind: MeshKind) => writes.find(({ entryKind }) => entryKind === kind)?.after;

function refusal(scene: MeshScene, wish: Wish): string {
  try {
    planMesh(scene, wish);
  } catch (error) {
    if (!(error instanceof MeshRefusal)) throw error;
    expect(error.message).toMatch(/^[^\n]{20,}\.$/);
    return error.code;
  }
  throw new Error('It was planned.');
}

/** The scene once the plan is written. */
function carriedOut(scene: MeshScene, plan: MeshPlan): MeshScene {
  const entries = Object.fromEntries(
    Object.entries(scene.entries).map(([kind, entry]) => [
      kind,
      after(plan, kind as MeshKind) ?? entry.image ?? undefined,
    ]),
  );
  return exampleScene(entries, { places: scene.places, copies: scene.copies, dc: scene.dc });
}

test('where nothing stands the protocol comes first, then the subsets, then the splitter, each only if there is none', () => {
  const plan = planMesh(exampleScene(), { shares: { '1.0': 90, '2.0': 10 } });
  expect(plan.writes).toEqual([
    {
      ...{ kind: 'config-entry', dc: 'dc1', target: 'dc1 config service-defaults/pay', stage: 0 },
      ...{ entryKind: 'service-defaults', name: 'pay', before: null, index: 0 },
      after: { Kind: 'service-defaults', Name: 'pay', Protocol: 'http' },
    },
    {
      ...{ kind: 'config-entry', dc: 'dc1', target: 'dc1 config service-resolver/pay', stage: 1 },
      ...{ entryKind: 'service-resolver', name: 'pay', before: null, index: 0 },
      after: {
        ...{ Kind: 'service-resolver', Name: 'pay' },
        Subsets: {
          '1-0': { Filter: 'Service.Meta.version == "1.0"' },
          '2-0': { Filter: 'Service.Meta.version == "2.0"' },
        },
      },
    },
    {
      ...{ kind: 'config-entry', dc: 'dc1', target: 'dc1 config service-splitter/pay', stage: 2 },
      ...{ entryKind: 'service-splitter', name: 'pay', before: null, index: 0 },
      after: {
        ...{ Kind: 'service-splitter', Name: 'pay' },
        Splits: [
          { Weight: 90, ServiceSubset: '1-0' },
          { Weight: 10, ServiceSubset: '2-0' },
        ],
      },
    },
  ]);
  expect(plan.declares).toEqual({ '1.0': 90, '2.0': 10 });
  expect(codes(plan)).toEqual(['warning protocol-http']);
});

test('shares that move between subsets that stand, whatever these are called, are one write', () => {
  const plan = planMesh(exampleScene(STANDING), { shares: { '1.0': 75, '2.0': 25 } });
  expect(written(plan)).toEqual([[0, 'service-splitter']]);
  expect(after(plan, 'service-splitter')?.Splits).toEqual([
    { Weight: 75, ServiceSubset: 'old' },
    { Weight: 25, ServiceSubset: 'canary' },
  ]);
  expect(plan.writes[0]).toMatchObject({ index: 12, before: { Splits: SPLITS } });
  expect(codes(plan)).toEqual([]);
});

test('what stands so already is no write', () => {
  expect(planMesh(exampleScene(STANDING), { shares: { '1.0': 90, '2.0': 10 } }).writes).toEqual([]);
});

test('everything else in the entries stays: other subsets, failover, unknown fields, fields of a split', () => {
  const resolver = {
    ...{ DefaultSubset: 'old', ConnectTimeout: '7s', Unknown: { a: [1, { b: 2 }] }, Meta: { owner: 'me' } },
    Subsets: { old: SUBSETS.old, other: { Filter: '"blue" in Service.Tags', New: true } },
    Failover: { '*': { Datacenters: ['dc2'] }, old: { Service: 'pay-old' } },
    LoadBalancer: { Policy: 'maglev' },
  };
  const splitter = {
    Meta: { a: 'b' },
    Splits: [{ Weight: 100, ServiceSubset: 'old', RequestHeaders: { Set: { x: 'y' } } }],
  };
  const scene = exampleScene({
    ...{ 'service-defaults': HTTP, 'service-resolver': resolver, 'service-splitter': splitter },
  });
  const plan = planMesh(scene, { shares: { '1.0': 0, '2.0': 100 } });
  expect(after(plan, 'service-resolver')).toEqual({
    ...{ Kind: 'service-resolver', Name: 'pay', ...resolver },
    Subsets: { ...resolver.Subsets, '2-0': { Filter: 'Service.Meta.version == "2.0"' } },
  });
  expect(after(plan, 'service-splitter')).toEqual({
    ...{ Kind: 'service-splitter', Name: 'pay', Meta: { a: 'b' } },
    Splits: [
      { Weight: 0, ServiceSubset: 'old', RequestHeaders: { Set: { x: 'y' } } },
      { Weight: 100, ServiceSubset: '2-0' },
    ],
  });
});

test('a name that another subset has is not taken from it', () => {
  const scene = exampleScene({ 'service-defaults': HTTP, 'service-resolver': { Subsets: { '2-0': { Filter: '' } } } });
  const subsets = after(planMesh(scene, { shares: { '1.0': 0, '2.0': 100 } }), 'service-resolver')?.Subsets ?? {};
  expect(Object.keys(subsets)).toEqual(['2-0', expect.stringMatching(/^2-0-[0-9a-f]{8}$/)]);
});

test('a split of a version that is gone leaves with its weight, unless more stands in it', () => {
  const splits = [
    { Weight: 50, ServiceSubset: 'old' },
    { Weight: 30, ServiceSubset: 'gone' },
    { Weight: 20, ServiceSubset: 'kept', ResponseHeaders: { Add: { a: 'b' } } },
  ];
  const subsets = {
    ...SUBSETS,
    gone: { Filter: 'Service.Meta.version == "0.8"' },
    kept: { Filter: 'Service.Meta.version == "0.9"' },
  };
  const scene = exampleScene({
    ...STANDING,
    'service-resolver': { Subsets: subsets },
    'service-splitter': { Splits: splits },
  });
  expect(after(planMesh(scene, { shares: { '1.0': 60, '2.0': 40 } }), 'service-splitter')?.Splits).toEqual([
    { Weight: 60, ServiceSubset: 'old' },
    { Weight: 0, ServiceSubset: 'kept', ResponseHeaders: { Add: { a: 'b' } } },
    { Weight: 40, ServiceSubset: 'canary' },
  ]);
});

test('whatever versions are called and whatever shares they get: it is read back as wished, and then nothing is left to write', () => {
  fc.assert(
    fc.property(anyShares(), anyShares(), (first, second) => {
      const names = [...new Set([...Object.keys(first), ...Object.keys(second)])].filter(
        (name) => name !== 'unversioned',
      );
      const instances = names.map((name, at) => exampleInstance('dc1', `i${at}`, name));
      let scene = exampleScene({}, { places: [{ dc: 'dc1', isLive: true, instances }] });
      for (const shares of [first, second]) {
        const plan = planMesh(scene, { shares });
        scene = carriedOut(scene, plan);
        for (const name of names) expect(shareOf(plan.declares ?? {}, name)).toBe(shareOf(shares, name));
        expect(scene.standing.declared).toEqual(plan.declares);
        expect(planMesh(scene, { shares }).writes).toEqual([]);
        const subsets = [...scene.standing.subsets.keys()];
        for (const subset of subsets) expect(subset).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
      }
    }),
    { numRuns: 300 },
  );
});

test('shares that are none are refused', () => {
  expect(refusal(exampleScene(STANDING), { shares: { '1.0': 90, '2.0': 20 } })).toBe('shares');
  expect(refusal(exampleScene(STANDING), { shares: { '1.0': 90, '3.0': 10 } })).toBe('shares');
});

test('a protocol that is not HTTP is refused wherever it is said, one that is stays', () => {
  const wish = { shares: { '1.0': 90, '2.0': 10 } };
  expect(refusal(exampleScene({ 'service-defaults': { Protocol: 'tcp' } }), wish)).toBe('protocol-tcp');
  expect(refusal(exampleScene({}, { globalProtocol: 'mongo' }), wish)).toBe('protocol-tcp');
  expect(written(planMesh(exampleScene({}, { globalProtocol: 'grpc' }), wish))).toEqual([
    [0, 'service-resolver'],
    [1, 'service-splitter'],
  ]);
  const unset = planMesh(exampleScene({ 'service-defaults': { MeshGateway: { Mode: 'local' } } }), wish);
  expect(after(unset, 'service-defaults')).toEqual({
    ...{ Kind: 'service-defaults', Name: 'pay', MeshGateway: { Mode: 'local' }, Protocol: 'http' },
  });
});

test('a splitter that also sends to another service, and a resolver that redirects, are left alone', () => {
  const splits = [{ Weight: 90 }, { Weight: 10, Service: 'pay-v2' }];
  const wish = { shares: { '1.0': 90, '2.0': 10 } };
  expect(refusal(exampleScene({ ...STANDING, 'service-splitter': { Splits: splits } }), wish)).toBe('splits-elsewhere');
  const redirected = { 'service-resolver': { Redirect: { Service: 'other' } } };
  expect(refusal(exampleScene(redirected), wish)).toBe('redirected');
});

test('never to nothing: a version without an instance in traffic gets no share and no route, whatever is wrong with it', () => {
  for (const instance of [
    exampleInstance('dc1', 'a', '2.0', { status: 'critical' }),
    exampleInstance('dc1', 'a', '2.0', { status: 'maintenance' }),
    { ...exampleInstance('dc1', 'a', '2.0'), checks: [] },
    { ...exampleInstance('dc1', 'a', '2.0'), unconfirmed: true },
  ]) {
    const instances = [...examplePlace('dc1', { '1.0': 2 }).instances, instance];
    const scene = exampleScene(STANDING, { places: [{ dc: 'dc1', isLive: true, instances }] });
    expect(refusal(scene, { shares: { '1.0': 99.99, '2.0': 0.01 } })).toBe('no-healthy-target');
    expect(refusal(scene, { routes: [{ header: 'gray-tag', value: 'v2', version: '2.0' }] })).toBe('no-healthy-target');
    expect(planMesh(scene, { shares: { '1.0': 100, '2.0': 0 } }).declares).toEqual({ '1.0': 100, '2.0': 0 });
  }
});

test('what already goes to nothing refuses no other edit, and is said', () => {
  const places = [examplePlace('dc1', { '1.0': 2 })];
  const plan = planMesh(exampleScene(STANDING, { places }), { failover: ['dc2'] });
  expect(written(plan)).toEqual([[0, 'service-resolver']]);
  expect(codes(plan)).toEqual(['danger no-healthy-target', 'warning failover-empty']);
});

const TWO = { copies: ['dc1', 'dc2'], places: [examplePlace('dc1'), examplePlace('dc2', { '1.0': 2 })] };

test('in a federation it is said where else the shares hold, and where nothing serves them', () => {
  const plan = planMesh(exampleScene(STANDING, TWO), { shares: { '1.0': 80, '2.0': 20 } });
  expect(codes(plan)).toEqual(['warning every-datacenter', 'danger no-target-elsewhere']);
  expect(plan.warnings[1]?.sentence).toContain('dc2');
  const without = planMesh(exampleScene(STANDING, TWO), { shares: { '1.0': 100, '2.0': 0 } });
  expect(codes(without)).toEqual(['warning every-datacenter']);
});

test('a failover to where the version runs makes the danger a warning, in the same plan', () => {
  const plan = planMesh(exampleScene(STANDING, TWO), { shares: { '1.0': 80, '2.0': 20 }, failover: ['dc1', 'dc2'] });
  expect(codes(plan)).toEqual(['warning every-datacenter', 'warning served-by-failover']);
  const [dc1, dc2] = TWO.places;
  const fromTheOther = exampleScene(STANDING, {
    ...TWO,
    dc: 'dc2',
    places: [dc2, dc1].flatMap((place) => place ?? []),
  });
  expect(refusal(fromTheOther, { shares: { '1.0': 80, '2.0': 20 } })).toBe('no-healthy-target');
  expect(codes(planMesh(fromTheOther, { shares: { '1.0': 80, '2.0': 20 }, failover: ['dc1'] }))).toContain(
    'warning served-by-failover',
  );
});

test("where nothing is federated another datacenter is nobody's business", () => {
  const plan = planMesh(exampleScene(STANDING, { ...TWO, copies: ['dc1'] }), { shares: { '1.0': 80, '2.0': 20 } });
  expect(codes(plan)).toEqual([]);
});

test('a datacenter of which nothing fresh is known is named', () => {
  const places = TWO.places.map((place) => ({ ...place, isLive: place.dc === 'dc1' }));
  const plan = planMesh(exampleScene(STANDING, { ...TWO, places }), { shares: { '1.0': 100, '2.0': 0 } });
  expect(codes(plan)).toEqual(['warning every-datacenter', 'warning datacenter-not-live']);
});

test('a failover order keeps what else stands there, and an empty one leaves nothing of itself', () => {
  const Failover = {
    old: { Datacenters: ['dc9'] },
    '*': { Datacenters: ['dc2'], Policy: { Mode: 'order-by-locality' } },
  };
  const scene = exampleScene({ ...STANDING, 'service-resolver': { Subsets: SUBSETS, Failover } }, TWO);
  const ordered = planMesh(scene, { failover: ['dc2', 'dc1'] });
  expect(after(ordered, 'service-resolver')?.Failover).toEqual({
    old: { Datacenters: ['dc9'] },
    '*': { Policy: { Mode: 'order-by-locality' }, Datacenters: ['dc2', 'dc1'] },
  });
  expect(codes(ordered)).toContain('note failover-own');
  const plain = exampleScene({ ...STANDING, 'service-resolver': { Failover: { '*': { Datacenters: ['dc2'] } } } }, TWO);
  expect(after(planMesh(plain, { failover: [] }), 'service-resolver')?.Failover).toEqual({});
  expect(planMesh(exampleScene({}, TWO), { failover: [] }).writes).toEqual([]);
  const targets = { 'service-resolver': { Failover: { '*': { Targets: [{ Peer: 'a' }] } } } };
  expect(refusal(exampleScene(targets), { failover: ['dc2'] })).toBe('failover-targets');
});

const GRAY = { header: 'gray-tag', value: 'v2', version: '2.0' };

test('routes go before those of others, which stay, and to the subset of their version', () => {
  const foreign = { Match: { HTTP: { PathPrefix: '/a' } }, Destination: { Service: 'other', NumRetries: 3 } };
  const scene = exampleScene({ ...STANDING, 'service-router': { Routes: [foreign], Meta: { a: 'b' } } });
  const plan = planMesh(scene, { routes: [GRAY] });
  expect(written(plan)).toEqual([[0, 'service-router']]);
  const gray = {
    Match: { HTTP: { Header: [{ Name: 'gray-tag', Exact: 'v2' }] } },
    Destination: { ServiceSubset: 'canary' },
  };
  expect(after(plan, 'service-router')).toEqual({
    ...{ Kind: 'service-router', Name: 'pay', Meta: { a: 'b' } },
    Routes: [gray, foreign],
  });
  const again = carriedOut(scene, plan);
  expect(planMesh(again, { routes: [GRAY] }).writes).toEqual([]);
  expect(after(planMesh(again, { routes: [] }), 'service-router')?.Routes).toEqual([foreign]);
});

test("a route that asks for more than one exact header is somebody else's", () => {
  const header = { Name: 'gray-tag', Exact: 'v2' };
  for (const route of [
    { Match: { HTTP: { Header: [header], Methods: ['GET'] } }, Destination: { ServiceSubset: 'canary' } },
    { Match: { HTTP: { Header: [{ ...header, Invert: true }] } }, Destination: { ServiceSubset: 'canary' } },
    { Match: { HTTP: { Header: [header, header] } }, Destination: { ServiceSubset: 'canary' } },
    { Match: { HTTP: { Header: [header] } }, Destination: { ServiceSubset: 'canary', RequestTimeout: '3s' } },
    { Match: { HTTP: { Header: [header] } }, Destination: { Service: 'other', ServiceSubset: 'canary' } },
  ]) {
    const scene = exampleScene({ ...STANDING, 'service-router': { Routes: [route] } });
    expect(planMesh(scene, { routes: [] }).writes).toEqual([]);
  }
});

test('a header that no proxy would take is refused before Consul takes it', () => {
  expect(refusal(exampleScene(STANDING), { routes: [{ ...GRAY, header: 'gray tag' }] })).toBe('route-header');
  expect(refusal(exampleScene(STANDING), { routes: [{ ...GRAY, value: 'a\r\nb: c' }] })).toBe('route-header');
});

test('a subset whose filter lets another version through is named', () => {
  const instances = [
    exampleInstance('dc1', 'a', '1.0', { tags: ['v2'] }),
    exampleInstance('dc1', 'b', 'v2', { meta: {}, tags: ['v2'] }),
  ];
  const Subsets = { ...SUBSETS, canary: { Filter: '"v2" in Service.Tags' } };
  const scene = exampleScene(
    { ...STANDING, 'service-resolver': { Subsets } },
    { places: [{ dc: 'dc1', isLive: true, instances }] },
  );
  expect(codes(planMesh(scene, { shares: { '1.0': 80, v2: 20 } }))).toEqual(['warning subset-leaks']);
});

test('a subset that is not understood keeps its name, and may keep or lose its share', () => {
  const Subsets = { ...SUBSETS, odd: { Filter: 'Service.Meta.version matches "^2"' } };
  const Splits = [
    { Weight: 90, ServiceSubset: 'old' },
    { Weight: 10, ServiceSubset: 'odd' },
  ];
  const scene = exampleScene({ ...STANDING, 'service-resolver': { Subsets }, 'service-splitter': { Splits } });
  expect(scene.standing.declared).toEqual({ '1.0': 90, odd: 10 });
  const plan = planMesh(scene, { shares: { '1.0': 80, odd: 20 } });
  expect(plan.declares).toEqual({ '1.0': 80, odd: 20 });
  expect(codes(plan)).toEqual(['warning subset-unknown']);
  expect(planMesh(scene, { shares: { '1.0': 80, '2.0': 20 } }).declares).toEqual({ '1.0': 80, '2.0': 20 });
});

test('what went to all instances can leave, and come back', () => {
  const Splits = [{ Weight: 60 }, { Weight: 40, ServiceSubset: 'canary' }];
  const scene = exampleScene({ ...STANDING, 'service-splitter': { Splits } });
  expect(scene.standing.declared).toEqual({ 'all instances': 60, '2.0': 40 });
  const whole = planMesh(scene, { shares: { '2.0': 100 } });
  expect(after(whole, 'service-splitter')?.Splits).toEqual([{ Weight: 100, ServiceSubset: 'canary' }]);
  const back = planMesh(carriedOut(scene, whole), { shares: { 'all instances': 60, '2.0': 40 } });
  expect(back.declares).toEqual({ 'all instances': 60, '2.0': 40 });
  expect(codes(back)).toEqual([]);
});

test('a version that is called like what goes to all instances is a version', () => {
  const name = 'all instances';
  const scene = exampleScene({}, { places: [examplePlace('dc1', { [name]: 1, '2.0': 1 })] });
  const plan = planMesh(scene, { shares: { [name]: 100 } });
  expect(plan.declares).toEqual({ [name]: 100 });
  const ill = [exampleInstance('dc1', 'a', name, { status: 'critical' }), exampleInstance('dc1', 'b', '2.0')];
  const places = [{ dc: 'dc1', isLive: true, instances: ill }];
  expect(refusal(exampleScene({}, { places }), { shares: { [name]: 100 } })).toBe('no-healthy-target');
});

import { expect, test } from 'vitest';
import type { Instance, Status } from '@/lib/fleet/model';
import { parsePolicy } from '@/lib/release/policy/parse-policy';
import type { SplitWish } from '@/lib/release/split-body';
import { PlanRefused } from '@/server/release/actuator';
import type { ReleaseConsul } from '@/server/release/release-consul';
import { PolicyActuator } from './policy-actuator';
import type { PolicyStanding } from './policy-standing';

const consul: ReleaseConsul = {
  transportOf: () => {
    throw new Error('A plan asks nobody.');
  },
  primaryOf: (dc) => dc,
  copiesOf: (dc) => [dc],
  home: () => 'dc1',
};
const actuator = new PolicyActuator({ consul, prefix: 'lictor/traffic/' });

const since = { since: '2026-01-01T00:00:00.000Z', sinceAtLeast: false };
const instance = (version: string, status: Status = 'passing', checked = true): Instance => ({
  ...{ key: `dc1/n/${version}`, id: version, node: 'n', address: '127.0.0.1', port: 80, version, tags: [], meta: {} },
  ...{ weights: { passing: 1, warning: 1 }, status, ...since, unconfirmed: false },
  checks: checked
    ? [{ id: 'c', name: 'c', type: '', status: 'passing', output: '', notes: '', scope: 'service', ...since }]
    : [],
});

const document = {
  ...{ format: 1, service: 'web', version: 1, shares: { v1: 100 }, routes: [], stages: { v2: 'preparing' } },
  updatedBy: 'lictor',
};

function standing(found: object | null): PolicyStanding {
  const text = found && JSON.stringify(found);
  const policy = parsePolicy(text, 'web');
  const target = 'dc1 kv lictor/traffic/web';
  return {
    ...{ mechanism: 'policy', can: true, reason: null, refusal: null, key: 'lictor/traffic/web', target, policy, text },
    declared: policy.state === 'readable' ? policy.document.shares : null,
    ...{ source: found && target, index: found && 7, flags: 42, routes: [], failover: [], images: {} },
  };
}

function plan(found: object | null, wish: Partial<SplitWish>, instances = [instance('v1'), instance('v2')]) {
  const subject = { dc: 'dc1', name: 'web', instances, stages: {}, versionMetaKeys: ['version'] };
  return actuator.plan(subject, standing(found), { mechanism: 'policy', ...wish });
}

function refusal(...asked: Parameters<typeof plan>): string {
  try {
    plan(...asked);
  } catch (error) {
    if (error instanceof PlanRefused) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error('It was not refused.');
}

test('a wish is one write of the whole document, compared with what was found', () => {
  const { writes, declares, roundingError } = plan(document, { shares: { v1: 90, v2: 10 } });
  expect(writes).toEqual([
    {
      ...{ kind: 'kv', dc: 'dc1', target: 'dc1 kv lictor/traffic/web', stage: 0, key: 'lictor/traffic/web' },
      ...{ before: JSON.stringify(document), after: expect.any(String), index: 7, flags: 42 },
    },
  ]);
  const [write] = writes;
  const after = write?.kind === 'kv' ? JSON.parse(write.after) : null;
  expect(after).toEqual({ ...document, version: 2, shares: { v1: 90, v2: 10 } });
  expect({ declares, roundingError }).toEqual({ declares: { v1: 90, v2: 10 }, roundingError: 0 });
});

test('where nothing stands the write is to find nothing', () => {
  expect(plan(null, { shares: { v1: 100 } }).writes).toMatchObject([{ before: null, index: 0 }]);
});

test('what stands so already is no write, and a stage of a service without a document makes none', () => {
  expect(plan(document, { shares: { v1: 100 } })).toMatchObject({ writes: [], declares: { v1: 100 } });
  expect(plan(null, { stages: { v1: 'decommissioning' } })).toMatchObject({ writes: [], declares: null });
});

test('routes and stages are written without touching the shares', () => {
  const routes = [{ header: 'gray-tag', value: 'v2', version: 'v2' }];
  const { writes, declares } = plan(document, { routes, stages: { v2: 'active' } });
  const [write] = writes;
  expect(write?.kind === 'kv' && JSON.parse(write.after)).toEqual({ ...document, version: 2, routes, stages: {} });
  expect(declares).toEqual({ v1: 100 });
});

test.each<[string, RegExp, Parameters<typeof plan>]>([
  ['shares that are none', /^shares: The shares sum to 110%/, [document, { shares: { v1: 100, v2: 10 } }]],
  ['a version that nobody runs', /^shares: No instance of "v3"/, [document, { shares: { v1: 90, v3: 10 } }]],
  [
    'a version that only has critical instances',
    /^no-healthy-target: 10% would go to "v2"/,
    [document, { shares: { v1: 90, v2: 10 } }, [instance('v1'), instance('v2', 'critical')]],
  ],
  [
    'a version that was never verified',
    /^no-healthy-target: 10% would go to "v2"/,
    [document, { shares: { v1: 90, v2: 10 } }, [instance('v1'), instance('v2', 'passing', false)]],
  ],
  ['a failover order', /^no-failover: /, [document, { failover: ['dc2'] }]],
  ['routes without a document', /^no-shares: /, [null, { routes: [] }]],
  [
    'a route to nobody',
    /^unknown-version: A route leads to "<v3>"/,
    [document, { routes: [{ header: 'a', value: 'b', version: '<v3>' }] }],
  ],
])('%s is refused', (_, sentence, asked) => {
  expect(refusal(...asked)).toMatch(sentence);
});

test('a route to what cannot take traffic now is a warning', () => {
  const routes = [{ header: 'gray-tag', value: 'v2', version: 'v2' }];
  const { warnings } = plan(document, { routes }, [instance('v1'), instance('v2', 'critical')]);
  expect(warnings).toMatchObject([{ severity: 'warning', code: 'route-without-target' }]);
  expect(plan(document, { routes }).warnings).toEqual([]);
});

test('a document that must not be written over is not, and the refusal says why', () => {
  const reason = 'It was written by something newer.';
  const subject = { dc: 'dc1', name: 'web', instances: [instance('v1')], stages: {}, versionMetaKeys: [] };
  const found = { ...standing(null), can: false, reason, refusal: 'policy-newer-format' as const };
  expect(() => actuator.plan(subject, found, { mechanism: 'policy', shares: { v1: 100 } })).toThrow(
    new PlanRefused('policy-newer-format', reason),
  );
});

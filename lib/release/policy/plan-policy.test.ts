import { expect, test } from 'vitest';
import { parsePolicy } from './parse-policy';
import { type PolicyChange, planPolicy } from './plan-policy';

const document = {
  ...{ format: 1, service: 'web', version: 3, shares: { v1: 90, v2: 10 } },
  ...{ routes: [{ header: 'gray-tag', value: 'v2', version: 'v2' }], stages: {}, updatedBy: 'lictor' },
};

function plan(standing: object | string | null, change: Partial<PolicyChange>) {
  const text = standing === null || typeof standing === 'string' ? standing : JSON.stringify(standing);
  const parsed = parsePolicy(text, 'web');
  if (parsed.state !== 'none' && parsed.state !== 'readable') throw new Error(parsed.reason);
  return planPolicy(parsed.state === 'none' ? null : parsed, { service: 'web', stages: {}, ...change });
}

test('the first document counts 1 and holds what was wished', () => {
  const planned = plan(null, { shares: { v1: 100 }, stages: { v2: 'preparing', v1: 'active' } });
  expect(planned?.json).toEqual({
    ...{ format: 1, service: 'web', version: 1, shares: { v1: 100 }, routes: [] },
    ...{ stages: { v2: 'preparing' }, updatedBy: 'lictor' },
  });
  expect(JSON.parse(planned?.text ?? '')).toEqual(planned?.json);
});

test('a change counts one further and leaves what was not wished', () => {
  expect(plan(document, { shares: { v1: 75, v2: 25 } })?.json).toEqual({
    ...document,
    version: 4,
    shares: { v1: 75, v2: 25 },
  });
  expect(plan(document, { routes: [] })?.json).toEqual({ ...document, version: 4, routes: [] });
  expect(plan(document, { stages: { v1: 'decommissioning' } })?.json).toEqual({
    ...document,
    version: 4,
    stages: { v1: 'decommissioning' },
  });
});

test('what others wrote into it is kept, whatever it is called; when they wrote it is not, for now it is another time', () => {
  const text = `{"__proto__":{"x":1},"constructor":"c","format":1,"service":"web","owner":{"team":"a"},"version":3,"updatedAt":"2026-01-01T00:00:00Z","updatedBy":"ops",
    "shares":{"v1":100},"routes":[{"header":"a","value":"b","version":"v1","note":"kept"}]}`;
  const planned = plan(text, {
    shares: { v1: 50, v2: 50 },
    routes: [
      { header: 'c', value: 'd', version: 'v2' },
      { header: 'a', value: 'b', version: 'v1' },
    ],
  });
  expect(planned?.text).toContain('"__proto__": {\n    "x": 1\n  }');
  const { ['__proto__']: _, ...rest } = JSON.parse(planned?.text ?? '');
  expect(rest).toEqual({
    ...{ constructor: 'c', format: 1, service: 'web', owner: { team: 'a' }, version: 4, updatedBy: 'lictor' },
    ...{ shares: { v1: 50, v2: 50 }, stages: {} },
    routes: [
      { header: 'c', value: 'd', version: 'v2' },
      { header: 'a', value: 'b', version: 'v1', note: 'kept' },
    ],
  });
});

test('what stands so already is not written', () => {
  expect(plan(document, {})).toBeNull();
  expect(plan(document, { shares: { v2: 10, v1: 90 } })).toBeNull();
  expect(plan(document, { shares: { v1: 90, v2: 10, v3: 0 } })).toBeNull();
  expect(plan(document, { stages: { v1: 'active' } })).toBeNull();
  expect(plan({ ...document, stages: { v1: 'active' } }, {})).toBeNull();
  expect(plan({ ...document, updatedAt: '2026-01-01T00:00:00Z' }, {})).toBeNull();
});

test('routes in another order are another policy, for the first that fits wins', () => {
  const two = [...document.routes, { header: 'gray-tag', value: 'v1', version: 'v1' }];
  expect(plan({ ...document, routes: two }, { routes: two.toReversed() })?.json.routes).toEqual(two.toReversed());
});

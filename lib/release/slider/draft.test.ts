import { describe, expect, it } from 'vitest';
import { emptyDraft, isWholeRoute, shownMechanism, wishOf } from './draft';
import { splitRecord } from './fixtures/split-record';

const shares = { '1.5.0': 10, '1.4.2': 90 };
const route = { header: 'gray-tag', value: 'v2', version: '1.5.0' };

describe('wishOf', () => {
  it('is nothing where nothing was touched, or all was put back', () => {
    expect(wishOf(emptyDraft, splitRecord())).toBeNull();
    const back = { ...emptyDraft, shares: { '1.5.0': 5, '1.4.2': 95 }, routes: [], failover: [] };
    expect(wishOf({ ...back, stages: { '1.5.0': 'active' } }, splitRecord())).toBeNull();
  });

  it('holds only what was touched', () => {
    expect(wishOf({ ...emptyDraft, shares }, splitRecord())).toEqual({ mechanism: 'mesh', shares });
    expect(wishOf({ ...emptyDraft, stages: { '1.5.0': 'preparing' } }, splitRecord())).toEqual({
      mechanism: 'mesh',
      stages: { '1.5.0': 'preparing' },
    });
    expect(wishOf({ ...emptyDraft, routes: [{ ...route, header: ' gray-tag ' }] }, splitRecord())).toEqual({
      mechanism: 'mesh',
      routes: [route],
    });
  });

  it('asks a mechanism that declares nothing also for the shares that another one declares', () => {
    const same = { '1.5.0': 5, '1.4.2': 95 };
    expect(wishOf({ ...emptyDraft, mechanism: 'policy', shares: same }, splitRecord())).toEqual({
      mechanism: 'policy',
      shares: same,
    });
  });

  it('gives a policy document that is not there yet the shares that it begins with', () => {
    const draft = { ...emptyDraft, mechanism: 'policy', routes: [route] } as const;
    expect(wishOf(draft, splitRecord())).toEqual({
      ...{ mechanism: 'policy', routes: [route], shares: { '1.5.0': 5, '1.4.2': 95 } },
    });
    expect(wishOf({ ...emptyDraft, mechanism: 'policy' }, splitRecord())).toBeNull();
  });

  it('takes no header route of one mechanism for another one’s', () => {
    const split = splitRecord({ routes: [route] });
    expect(wishOf({ ...emptyDraft, routes: [route] }, split)).toBeNull();
    expect(wishOf({ ...emptyDraft, mechanism: 'policy', routes: [route] }, split)?.routes).toEqual([route]);
  });

  it('holds an order that was changed', () => {
    const split = splitRecord({ failover: ['dc2', 'dc3'] });
    expect(wishOf({ ...emptyDraft, failover: ['dc3', 'dc2'] }, split)?.failover).toEqual(['dc3', 'dc2']);
    expect(wishOf({ ...emptyDraft, failover: ['dc2', 'dc3'] }, split)).toBeNull();
  });
});

describe('shownMechanism', () => {
  it('is the chosen one, else what divides the traffic, else what was wished last', () => {
    expect(shownMechanism({ ...emptyDraft, mechanism: 'weights' }, splitRecord())).toBe('weights');
    expect(shownMechanism(emptyDraft, splitRecord({ mechanism: 'policy' }))).toBe('policy');
    expect(shownMechanism(emptyDraft, splitRecord({ mechanism: null }))).toBe('mesh');
  });

  it('is else what is obeyed by whatever is seen to carry the traffic, and can, else the first that can', () => {
    const undivided = splitRecord({ mechanism: null, wished: null });
    const [mesh, policy, weights] = undivided.mechanisms;
    if (!mesh || !policy || !weights) throw new Error('The fixture has all of them.');
    const able = { ...undivided, mechanisms: [mesh, policy, { ...weights, can: true }] };
    expect(shownMechanism(emptyDraft, able)).toBe('weights');
    expect(shownMechanism(emptyDraft, undivided)).toBe('mesh');
    expect(shownMechanism(emptyDraft, { ...undivided, mechanisms: [{ ...mesh, can: false }, policy] })).toBe('policy');
  });
});

it('knows a route that lacks a part', () => {
  expect(isWholeRoute(route)).toBe(true);
  for (const part of ['header', 'value', 'version']) expect(isWholeRoute({ ...route, [part]: '' })).toBe(false);
});

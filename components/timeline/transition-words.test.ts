import { describe, expect, it } from 'vitest';
import type { TransitionItem } from '@/lib/history/transition-item';
import { nameOfTransition, otherOfTransition, stepOfTransition } from './transition-words';

const item = (over: Partial<TransitionItem>): TransitionItem => ({
  id: 1,
  observedAt: '2026-11-24T12:16:40.000Z',
  index: 7,
  dc: 'dc1',
  subject: 'dc1/web',
  subjectKind: 'service',
  service: 'web',
  node: null,
  kind: 'status',
  item: null,
  from: 'passing',
  to: 'critical',
  merged: false,
  unwatchedFrom: null,
  ...over,
});

describe('a transition in words', () => {
  it('goes from status to status, from word to word, or is told by its kind alone', () => {
    expect(stepOfTransition(item({}))).toEqual({ as: 'status', from: 'passing', to: 'critical' });
    expect(stepOfTransition(item({ kind: 'check', from: null }))).toEqual({ as: 'status', from: null, to: 'critical' });
    expect(stepOfTransition(item({ kind: 'deployment', from: '1.0', to: '1.1' }))).toEqual({
      as: 'words',
      from: '1.0',
      to: '1.1',
    });
    // A whole record is no word to show.
    expect(stepOfTransition(item({ kind: 'registered', from: null, to: '{"tags":["a"]}' }))).toEqual({ as: 'kind' });
  });

  it('names its subject by the names that Consul gives, decoded', () => {
    expect(nameOfTransition(item({}))).toEqual({ dc: 'dc1', name: 'web', id: null });
    const instance = item({ subjectKind: 'instance', subject: 'dc1/n%2F1/web%201', node: 'n/1' });
    expect(nameOfTransition(instance)).toEqual({ dc: 'dc1', name: 'web', id: 'web 1' });
    expect(nameOfTransition(item({ subjectKind: 'datacenter', subject: 'dc1', service: null }))).toEqual({
      dc: 'dc1',
      name: '',
      id: null,
    });
    expect(nameOfTransition(item({ subjectKind: 'kv', subject: 'dc1/app%2Fkey', service: null })).name).toBe('app/key');
    expect(nameOfTransition(item({ subjectKind: 'lictor', subject: 'host-1', dc: '', service: null }))).toEqual({
      dc: '',
      name: 'host-1',
      id: null,
    });
  });

  it('survives a key that is no percent-encoded text', () => {
    expect(nameOfTransition(item({ subjectKind: 'kv', subject: 'dc1/%zz' })).name).toBe('%zz');
  });

  it('names whom a service calls, and who serves in its place', () => {
    const edge = item({ kind: 'edge', item: 'dc1/web>dc2/a%2Fb', from: null, to: '{"kinds":["upstream"]}' });
    expect(otherOfTransition(edge)).toBe('dc2 a/b');
    expect(otherOfTransition({ ...edge, to: null })).toBe('dc2 a/b');
    const to = JSON.stringify({ lostAt: '2026-11-24T12:16:40.000Z', to: 'dc3/web' });
    expect(otherOfTransition(item({ kind: 'failover', item: '', from: null, to }))).toBe('dc3 web');
    expect([item({}), item({ kind: 'failover', to: 'no record' })].map(otherOfTransition)).toEqual([null, null]);
  });
});

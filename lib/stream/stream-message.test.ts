import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessage, STREAM_EVENTS } from './stream-message';

const AT = '2026-01-01T00:00:00.000Z';
const consul = { reachable: true };
const fleet = { epoch: 9, seq: 3, at: AT, consul, datacenters: [{ name: 'dc1', services: [{ key: 'dc1/web' }] }] };
const change = {
  topic: 'fleet',
  seq: 4,
  at: AT,
  observedAt: AT,
  index: 1,
  changes: [{ key: 'dc1/web', op: 'remove', value: null }],
};
const decode = (name: (typeof STREAM_EVENTS)[number], data: unknown, id = '9:4') =>
  decodeMessage(name, JSON.stringify(data), id);

describe('decoding an event of the stream', () => {
  it('takes a snapshot, a change, a heartbeat and a bye', () => {
    expect(decode('snapshot', { topic: 'fleet', seq: 3, at: AT, data: fleet })).toEqual({
      kind: 'snapshot',
      topic: 'fleet',
      body: fleet,
    });
    expect(decode('change', change)).toEqual({ kind: 'change', topic: 'fleet', epoch: 9, event: change });
    const heartbeat = {
      at: AT,
      seq: 4,
      freshness: [{ dc: 'dc1', state: 'live', lastContactMs: 1 }],
      consul,
    };
    expect(decode('heartbeat', heartbeat)).toEqual({ kind: 'heartbeat', epoch: 9, event: heartbeat });
    expect(decode('bye', { reason: 'restart', retryMs: 5 })).toMatchObject({ kind: 'bye', event: { retryMs: 5 } });
  });

  it('passes fields that it does not know', () => {
    expect(decode('change', { ...change, later: true })).toMatchObject({ kind: 'change' });
  });

  it.each([
    ['a list', 'change', []],
    ['no topic', 'change', { ...change, topic: undefined }],
    ['an unknown topic', 'change', { ...change, topic: 'weather' }],
    ['a seq that is text', 'change', { ...change, seq: '4' }],
    ['a time that is none', 'heartbeat', { at: 'yesterday', seq: 1, freshness: [], consul }],
    ['a heartbeat without Consul', 'heartbeat', { at: AT, seq: 1, freshness: [] }],
    ['a put without a record', 'change', { ...change, changes: [{ key: 'dc1/web', op: 'put', value: null }] }],
    ['an op that is none', 'change', { ...change, changes: [{ key: 'dc1/web', op: 'patch', value: {} }] }],
    ['the body of another topic', 'snapshot', { topic: 'nodes', seq: 3, at: AT, data: fleet }],
    [
      'a record without a key',
      'snapshot',
      { topic: 'service:dc1/web', seq: 3, at: AT, data: { ...fleet, service: {}, instances: [] } },
    ],
    ['a bye without a time', 'bye', { reason: 'restart' }],
  ] as const)('refuses %s', (_, name, data) => {
    expect(() => decode(name, data)).toThrow();
  });

  it('takes a change that comes before the first id', () => {
    expect(decode('change', change, '')).toEqual({ kind: 'change', topic: 'fleet', epoch: null, event: change });
  });

  it('gives a message or an Error, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...STREAM_EVENTS),
        fc.oneof(fc.json(), fc.string()),
        fc.string(),
        (name, data, id) => {
          try {
            expect(decodeMessage(name, data, id)).toHaveProperty('kind', name);
          } catch (error) {
            expect(error).toBeInstanceOf(Error);
          }
        },
      ),
    );
  });
});

import { afterEach, expect, test } from 'vitest';
import { exampleArrival, exampleInstance, exampleService } from '@/lib/history/example-transition';
import { serviceSubject } from '@/lib/history/subjects';
import type { Transition } from '@/lib/history/transition';
import { switchRecord } from '@/lib/topology/recorded-switch';
import type { TopologyBody } from '@/lib/topology/topology-body';
import { PastEdges } from '@/server/history/queries/past-edges';
import { MemoryRecord } from '@/server/history/testing/memory-record';
import { APP_AT, appWith } from './testing/app-with';

const NOW = Date.parse(APP_AT);
const MINUTE = 60_000;
const ago = (minutes: number) => NOW - minutes * MINUTE;
const iso = (ms: number) => new Date(ms).toISOString();

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function changed(atMs: number, kind: 'edge' | 'failover', item: string, to: string | null): Transition {
  const subject = serviceSubject('dc1', kind === 'edge' ? 'front' : 'cart');
  const origin = { observedAtMs: atMs, index: null, merged: false, unwatchedFromMs: null };
  return { subject, kind, item, from: null, to, ...origin };
}

const EDGE = 'dc1/front>dc1/cart';
const switched = { key: 'dc1/cart', lostAt: iso(ago(30)), to: 'dc2/cart', tookMs: null, seenBy: 'declared' as const };
const hour: Transition[] = [
  ...['front', 'cart', 'front-sidecar-proxy'].flatMap((name) => [
    exampleService(ago(60), name),
    exampleArrival(ago(60), name, exampleInstance('n1', name)),
  ]),
  changed(ago(50), 'edge', EDGE, '{"kinds":["upstream"]}'),
  changed(ago(40), 'edge', EDGE, '{"kinds":["upstream","intention"],"allowed":false}'),
  changed(ago(30), 'failover', switched.lostAt, switchRecord({ ...switched, endedAt: null })),
  changed(ago(20), 'failover', switched.lostAt, switchRecord({ ...switched, endedAt: iso(ago(20)) })),
  changed(ago(10), 'edge', EDGE, null),
];

async function asking(transitions: readonly Transition[] | null) {
  const reader = new MemoryRecord(transitions ?? []);
  const record = transitions && { reader, body: () => Promise.reject(new Error('not asked here')) };
  const body = { epoch: 1, seq: 1, at: APP_AT, datacenters: [], nodes: [], edges: [], sources: [], switches: [] };
  const topology = {
    body: (): TopologyBody => body,
    past: new PastEdges(reader, () => NOW),
    sidecars: () => new Set(['dc1/front-sidecar-proxy']),
  };
  const { app, close } = await appWith({ record, topology });
  closing.push(close);
  return async (minutes: number | null) => {
    const answer = await app.inject(`/api/v1/topology${minutes === null ? '' : `?at=${iso(ago(minutes))}`}`);
    return { status: answer.statusCode, body: answer.json() };
  };
}

test('without a moment it is as it is now', async () => {
  expect(await (await asking(null))(null)).toMatchObject({ status: 200, body: { seq: 1, nodes: [] } });
});

test('at a moment it is what the record has of it: edges as they were known then, services as they fared, switches as far as they had come', async () => {
  const ask = await asking(hour);
  const at = async (minutes: number) => {
    const { edges, nodes, switches } = (await ask(minutes)).body as TopologyBody;
    return {
      edges: edges.map(({ key, kinds, allowed }) => `${key} ${kinds.join()} ${allowed}`),
      nodes: nodes.map(({ key, status }) => `${key} ${status}`),
      switches: switches.map(({ key, endedAt }) => `${key} ${endedAt}`),
    };
  };
  const nodes = ['dc1/cart passing', 'dc1/front passing'];
  expect(await at(55)).toEqual({ edges: [], nodes, switches: [] });
  expect(await at(50)).toMatchObject({ edges: [`${EDGE} upstream null`], nodes });
  expect(await at(25)).toEqual({ edges: [`${EDGE} upstream,intention false`], nodes, switches: ['dc1/cart null'] });
  expect(await at(5)).toEqual({ edges: [], nodes, switches: [`dc1/cart ${iso(ago(20))}`] });
});

test('what is to come, what was before the record, and no record at all are problems', async () => {
  const ask = await asking(hour);
  const typeOf = async (answer: ReturnType<typeof ask>) => {
    const { status, body } = await answer;
    return `${status} ${body.type}`;
  };
  expect(await typeOf(ask(-1))).toBe('400 urn:lictor:problem:invalid-request');
  expect(await typeOf(ask(61))).toBe('404 urn:lictor:problem:not-recorded');
  expect(await typeOf((await asking(null))(5))).toBe('503 urn:lictor:problem:history-unavailable');
});

import { expect, test } from 'vitest';
import type { JsonObject } from '@/lib/release/json';
import { answerOf } from '@/server/consul/testing/answer';
import { consulFailure } from '@/server/consul/testing/consul-failure';
import { HeldTransport } from '@/server/consul/testing/held-transport';
import { CatalogServiceWriter } from './catalog-service-writer';

/** What a real Consul of today cannot be made to answer. */
const BEFORE = { ID: 'a', Service: 'web', Tags: ['v1'], Meta: { version: '1' }, Weights: { Passing: 1, Warning: 1 } };
const AFTER = { ...BEFORE, Weights: { Passing: 256, Warning: 256 } };
const signal = new AbortController().signal;

const writeOf = (before: JsonObject, after: JsonObject) => ({
  ...({ kind: 'catalog-service', dc: 'dc1', target: 'dc1 catalog n, service a', stage: 0 } as const),
  ...{ node: 'n', id: 'a', before, after, index: 7 },
});

function writing(before: JsonObject = BEFORE, after: JsonObject = AFTER) {
  const transport = new HeldTransport();
  const consul = { transportOf: () => transport, primaryOf: () => null, copiesOf: () => [], home: () => null };
  return { transport, result: new CatalogServiceWriter(consul).write(writeOf(before, after), signal) };
}

const service = (Service: JsonObject) => answerOf({ Results: [{ Service }], Errors: null });

test('a Consul whose transaction drops a field has the definition written whole after it', async () => {
  const { transport, result } = writing();
  const { Meta: _, ...dropped } = AFTER;
  await transport.answer(service({ ...dropped, ModifyIndex: 8 }));
  expect(transport.requests[1]).toMatchObject({ path: '/v1/catalog/register', query: { dc: 'dc1' } });
  expect(JSON.parse(transport.requests[1]?.body ?? '')).toEqual({ Node: 'n', SkipNodeUpdate: true, Service: AFTER });
  await transport.answer(answerOf(true));
  await transport.answer(service({ ...AFTER, ModifyIndex: 9 }));
  expect(await result).toBe('written');
});

test('a missing right is an error, and not a comparison that was lost', async () => {
  const { transport, result } = writing();
  const failing = consulFailure(result, 'secret');
  await transport.answer(
    answerOf({ Results: null, Errors: [{ OpIndex: 0, What: 'Permission denied' }] }, { status: 409 }),
  );
  const failure = await failing;
  expect(failure).toMatchObject({ kind: 'status', status: 409, denied: true });
  expect(failure.sentence).toMatch(/was refused \("Permission denied"\): .* give it service:write/);
});

test('a definition that comes out with other fields than were written is said to', async () => {
  const native = { Connect: { Native: true } };
  const { transport, result } = writing({ ...BEFORE, ...native }, { ...AFTER, ...native });
  await transport.answer(service({ ...BEFORE, ...native, ModifyIndex: 7 }));
  await transport.answer(answerOf(true));
  const failing = consulFailure(result, 'secret');
  await transport.answer(service({ ...AFTER, ModifyIndex: 8 }));
  expect((await failing).sentence).toMatch(/shows fields that nobody asked for/);
});

test('where only the weight is another, somebody wrote it in the same moment: it is lost', async () => {
  const native = { Connect: { Native: true } };
  const { transport, result } = writing({ ...BEFORE, ...native }, { ...AFTER, ...native });
  await transport.answer(service({ ...BEFORE, ...native, ModifyIndex: 7 }));
  await transport.answer(answerOf(true));
  await transport.answer(service({ ...BEFORE, ...native, ModifyIndex: 9 }));
  expect(await result).toBe('lost');
});

import { expect, test } from 'vitest';
import { exampleInstance } from '@/lib/history/example-transition';
import { instanceSubject } from '@/lib/history/subjects';
import { answerOf } from '@/server/consul/testing/answer';
import { HeldTransport } from '@/server/consul/testing/held-transport';
import { settled } from '@/server/consul/testing/manual-clock';
import { CheckDefinitions, durationMs } from './check-definitions';

const subject = instanceSubject('dc1', 'web', exampleInstance('a b', 'web-1'));

test('durations as Consul writes them', () => {
  const given = ['10s', '1m30s', '1.5s', '500ms', '1h0m0s', '', '0s', 'soon', null, undefined];
  expect(given.map(durationMs)).toEqual([10_000, 90_000, 1_500, 500, 3_600_000, null, null, null, null, null]);
});

function asking() {
  const transport = new HeldTransport();
  const known: string[] = [];
  const definitions = new CheckDefinitions({
    ...{ transportOf: () => transport, nowMs: () => 0, onKnown: (dc, node) => known.push(`${dc} ${node}`) },
  });
  return { transport, known, definitions };
}

test('a node is asked once, when something on it flaps; what Consul says is known from then on, in either form', async () => {
  const { transport, known, definitions } = asking();
  expect(definitions.of(subject, 'http')).toBeNull();
  expect(definitions.of(subject, 'tcp')).toBeNull();
  expect(transport.requests.map(({ path, query }) => [path, query?.dc])).toEqual([['/v1/health/node/a%20b', 'dc1']]);
  await transport.answer(
    answerOf([
      { CheckID: 'http', ServiceID: 'web-1', Definition: { Interval: '10s', Timeout: '15s' } },
      { CheckID: 'tcp', ServiceID: 'web-1', Interval: '5s', Timeout: '', Definition: {} },
      { CheckID: 'ttl', ServiceID: 'web-1', Definition: {} },
    ]),
  );
  expect(definitions.of(subject, 'http')).toEqual({ intervalMs: 10_000, timeoutMs: 15_000 });
  expect(definitions.of(subject, 'tcp')).toEqual({ intervalMs: 5_000, timeoutMs: null });
  expect([definitions.of(subject, 'ttl'), known]).toEqual([null, ['dc1 a b']]);
});

test('what cannot be read is not known, and is not asked again at once', async () => {
  const { transport, known, definitions } = asking();
  definitions.of(subject, 'http');
  await transport.answer(answerOf('<html>'));
  definitions.of(subject, 'http');
  await settled();
  expect([transport.requests.length, known]).toEqual([1, []]);
});

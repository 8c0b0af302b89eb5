import { expect, test } from 'vitest';
import type { AlertSubject } from '@/lib/alerts/alert-body';
import { serviceSubject } from '@/lib/history/subjects';
import type { RecordedTransition } from '@/lib/history/transition';
import { AlertHistory, MOST_TOLD } from './alert-history';
import { previewSilence } from './silence-preview';

const NOW_MS = Date.parse('2026-01-15T03:00:00.000Z');
const web: AlertSubject = { kind: 'service', key: 'dc1/web', dc: 'dc1', name: 'web' };

const step = (id: number, service: string, from: string | null, to: string): RecordedTransition => ({
  ...{ id, subject: serviceSubject('dc1', service), kind: 'alert', item: `Down:dc1/${service}`, from, to },
  ...{ observedAtMs: NOW_MS - 60_000 + id * 1_000, index: null, merged: false, unwatchedFromMs: null },
});

/** The newest first. */
const history = (...steps: readonly RecordedTransition[]) =>
  new AlertHistory({ alerts: async () => [...steps].reverse() }, () => NOW_MS);

test('what happened is told in order: its own steps by the record, and where it was sent', async () => {
  const told = history(
    step(1, 'web', null, 'firing'),
    step(2, 'api', null, 'firing'),
    step(3, 'web', 'firing', 'resolved'),
  );
  told.noteSent('Down:dc1/web', new Date(NOW_MS - 58_000).toISOString(), 'alertmanager 127.0.0.1:9093');
  const words = (await told.of('Down:dc1/web', web)).map(({ from, to }) => `${from} ${to}`);
  expect(words).toEqual(['null firing', 'null alertmanager 127.0.0.1:9093', 'firing resolved']);
});

test('without a record it is what this process knows, and of much the newest', async () => {
  const told = new AlertHistory({ alerts: () => Promise.reject(new Error('The disk is gone.')) }, () => NOW_MS);
  for (let n = 0; n < 1_000; n += 1) told.noteSent('Down:dc1/web', new Date(NOW_MS + n).toISOString(), `${n}`);
  const all = await told.of('Down:dc1/web', web);
  expect(all.length).toBeLessThanOrEqual(MOST_TOLD);
  expect(all.at(-1)?.to).toBe('999');
});

test('a silence would have held for what fired lately, once for each time', async () => {
  const told = history(
    ...[step(1, 'web', 'pending', 'firing'), step(2, 'web', 'firing', 'acknowledged')],
    ...[step(3, 'web', 'acknowledged', 'firing'), step(4, 'web', 'firing', 'resolved')],
    ...[step(5, 'web', null, 'firing'), step(6, 'api', null, 'firing')],
  );
  const firedWithin = (ms: number) => told.firedWithin(ms);
  const parts = { records: [], rules: [], nowMs: NOW_MS, firedWithin };
  expect(await previewSilence('service:web', parts)).toMatchObject({ lately: 2, alerts: 0, matchesAll: false });
  expect(await previewSilence('', parts)).toMatchObject({ lately: 3, matchesAll: true });
  await expect(previewSilence('(', parts)).rejects.toMatchObject({ code: 'invalid-filter' });
});

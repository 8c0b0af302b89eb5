// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { alertsBody } from '@/components/live/fixtures/alerts-body';
import { AT } from '@/components/live/fixtures/bodies';
import { sendSnapshot } from '@/components/live/fixtures/scripted-core';
import { ScriptedRequests } from '@/components/live/fixtures/scripted-requests';
import { TextProvider } from '@/components/ui/text-provider';
import type { DeadLetter, Outlet } from '@/lib/alerts/alert-body';
import { DeliveryTab } from './delivery-tab';

const webhook: Outlet = {
  ...{ name: 'chat', kind: 'webhook', url: 'https://hooks.example/x', state: 'failing', lastOkAt: null, waiting: 2 },
  ...{ reason: 'It answered 500.', deadLetters: 1, silences: [] },
};
const alertmanager: Outlet = {
  ...{ name: 'alertmanager a', kind: 'alertmanager', url: 'http://a:9093', state: 'ok', reason: null, lastOkAt: AT },
  ...{ waiting: 0, deadLetters: 0, silences: [] },
};
const letter: DeadLetter = {
  ...{ id: 'd/1', outlet: 'chat', firstTriedAt: AT, givenUpAt: AT, tries: 8, reason: 'It answered 500.', etag: '"3"' },
  ...{ alerts: ['Flapping:dc2/search'], alertCount: 5 },
};

let requests: ScriptedRequests;
beforeEach(() => {
  requests = new ScriptedRequests();
});
afterEach(() => {
  cleanup();
  requests.scripted.live.core.stop();
});

async function show(outlets: Outlet[], items: DeadLetter[]): Promise<void> {
  render(<TextProvider initial="en">{requests.wrapper({ children: <DeliveryTab /> })}</TextProvider>);
  await requests.last('GET', '/api/v1/dead-letters').answer(200, { items });
  await requests.scripted.connect();
  await requests.scripted.run(() => sendSnapshot(requests.scripted.tab.source, 'alerts', alertsBody({ outlets })));
  await requests.scripted.advance(200);
  await requests.last('GET', '/api/v1/dead-letters').answer(200, { items });
}

const click = (name: string) => act(async () => void fireEvent.click(screen.getByRole('button', { name })));

it('tells how it goes at each place, and opens an Alertmanager', async () => {
  await show([alertmanager, webhook], [letter]);
  expect(screen.getByText('delivers')).toBeTruthy();
  expect(screen.getByText('2 waiting')).toBeTruthy();
  expect(screen.getAllByText('It answered 500.')).toHaveLength(2);
  expect(screen.getAllByRole('link', { name: /^Open/ }).map((link) => link.getAttribute('href'))).toEqual([
    'http://a:9093',
  ]);
  expect(screen.getByRole('link', { name: 'Flapping:dc2/search' }).getAttribute('href')).toBe(
    '/alerts?alert=Flapping%3Adc2%2Fsearch',
  );
});

it('makes no link of an address that is none of the web', async () => {
  await show([{ ...alertmanager, url: 'javascript:alert(1)' }], []);
  expect(screen.queryByRole('link')).toBeNull();
});

it('sends a delivery again, and reads what stands then', async () => {
  await show([webhook], [letter]);
  await click('Send again to chat');
  const request = requests.last('POST', '/api/v1/dead-letters/d%2F1/send');
  expect(request.headers.get('if-match')).toBe('"3"');
  const reads = requests.count('GET', '/api/v1/dead-letters');
  await request.answer(204);
  expect(requests.count('GET', '/api/v1/dead-letters')).toBe(reads + 1);
  await requests.last('GET', '/api/v1/dead-letters').answer(200, { items: [] });
  expect(screen.getByText('No delivery was given up')).toBeTruthy();
});

it('discards one only when that is said twice', async () => {
  await show([webhook], [letter]);
  await click('Discard the delivery to chat');
  expect(requests.count('DELETE', '/api/v1/dead-letters/d%2F1')).toBe(0);
  await click('Discard for good');
  await requests.last('DELETE', '/api/v1/dead-letters/d%2F1').fail();
  expect(screen.getByText(/so it may have been done or not/)).toBeTruthy();
});

it('says where alerts would be sent from where nothing is set', async () => {
  await show([], []);
  expect(screen.getByText('Alerts are sent nowhere')).toBeTruthy();
  expect(screen.queryByText('Given up')).toBeNull();
});

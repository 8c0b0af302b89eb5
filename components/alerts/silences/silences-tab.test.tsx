// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { alertsBody } from '@/components/live/fixtures/alerts-body';
import { sendSnapshot } from '@/components/live/fixtures/scripted-core';
import { ScriptedRequests } from '@/components/live/fixtures/scripted-requests';
import { TextProvider } from '@/components/ui/text-provider';
import type { AlertsBody, Outlet, Silence } from '@/lib/alerts/alert-body';
import { SilencesTab } from './silences-tab';

let requests: ScriptedRequests;
beforeEach(() => {
  requests = new ScriptedRequests();
});
afterEach(() => {
  cleanup();
  requests.scripted.live.core.stop();
});

const iso = (fromNowMs: number) => new Date(requests.scripted.tab.clock.wallMs() + fromNowMs).toISOString();
const silence = (over: Partial<Silence> = {}): Silence => ({
  ...{ id: 's 1', filter: 'service=search', from: iso(-60_000), to: iso(3_600_000), reason: 'kernel update' },
  ...{ by: 'anonymous', createdAt: iso(-60_000), state: 'active', matches: 2, etag: '"7"', ...over },
});

async function show(body: Partial<AlertsBody>): Promise<void> {
  render(<TextProvider initial="en">{requests.wrapper({ children: <SilencesTab /> })}</TextProvider>);
  await requests.scripted.connect();
  await requests.scripted.run(() => sendSnapshot(requests.scripted.tab.source, 'alerts', alertsBody(body)));
}

it('tells silences that hold, will hold and held, and whose they are', async () => {
  const outlet: Outlet = {
    ...{ name: 'alertmanager a', kind: 'alertmanager', url: 'http://a', state: 'ok', reason: null, lastOkAt: null },
    ...{ waiting: 0, deadLetters: 0 },
    silences: [
      { id: 'x', matchers: 'dc="dc2"', from: iso(-1), to: iso(60_000), by: 'maya', comment: 'carrier\u202Etold' },
    ],
  };
  const later = silence({ id: 's 2', filter: 'dc:dc3', state: 'scheduled', from: iso(60_000) });
  const over = silence({ id: 's 3', filter: '', state: 'expired', to: iso(-1_000) });
  await show({ silences: [silence(), later, over], outlets: [outlet] });
  const groups = screen.getAllByRole('region').map((region) => region.textContent ?? '');
  expect(groups).toHaveLength(3);
  expect(groups[0]).toContain('service=search');
  expect(groups[0]).toContain('2 alerts');
  expect(groups[0]).toContain('alertmanager a');
  expect(groups[0]).toContain('carrier⟨U+202E⟩told · by maya');
  expect(groups[1]).toContain('dc:dc3');
  expect(groups[2]).toContain('every alert');
  expect(screen.getAllByRole('button', { name: /^End now/ })).toHaveLength(2);
});

it('ends one as it is shown, and says so where it is another one by now', async () => {
  await show({ silences: [silence()] });
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'End now: service=search' })));
  const request = requests.last('DELETE', '/api/v1/silences/s%201');
  expect(request.headers.get('if-match')).toBe('"7"');
  await request.answer(412, { type: 'urn:lictor:problem:precondition-failed', title: 'Changed', detail: 'Changed.' });
  expect(screen.getByText('It was changed meanwhile. What stands now is shown.')).toBeTruthy();
});

it('says what a silence is where there is none, and makes one', async () => {
  await show({});
  expect(screen.getByText('Nothing is silenced')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'New silence' }));
  expect(within(screen.getByRole('dialog')).getByLabelText('Reason')).toBeTruthy();
});

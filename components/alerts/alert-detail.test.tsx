// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { alertsBody } from '@/components/live/fixtures/alerts-body';
import { EPOCH } from '@/components/live/fixtures/bodies';
import { sendSnapshot } from '@/components/live/fixtures/scripted-core';
import { ScriptedRequests } from '@/components/live/fixtures/scripted-requests';
import { TextProvider } from '@/components/ui/text-provider';
import type { AlertBody, AlertRecord, AlertsBody } from '@/lib/alerts/alert-body';
import { exampleAlert, exampleConditions, exampleRecords } from '@/lib/alerts/example-alerts';
import type { Language } from '@/lib/text/language';
import { AlertDetail } from './alert-detail';
import { Unmeasured } from './fixtures/unmeasured';

vi.mock('next/navigation', () => ({ usePathname: () => '/alerts', useSearchParams: () => new URLSearchParams() }));

const stamp = { epoch: EPOCH, seq: 11, at: '2026-01-15T03:10:00.000Z' };
const bodyOf = (alert: AlertRecord, over: Partial<AlertBody> = {}): AlertBody => ({
  ...{ ...alert, ...stamp, flap: null },
  history: [
    { at: alert.since, from: null, to: 'pending' },
    { at: alert.since, from: 'pending', to: 'firing' },
    { at: alert.since, from: null, to: 'sent to chat\u202e' },
  ],
  ...over,
});

let requests: ScriptedRequests;
beforeEach(() => {
  vi.stubGlobal('ResizeObserver', Unmeasured);
  requests = new ScriptedRequests();
});
afterEach(() => {
  cleanup();
  requests.scripted.live.core.stop();
});

async function show(alert: AlertRecord, over: Partial<AlertsBody> = {}, language: Language = 'en'): Promise<void> {
  const { outlets = [], silences = [] } = over;
  const detail = <AlertDetail id={alert.id} silences={silences} outlets={outlets} back={() => {}} />;
  render(
    <NuqsTestingAdapter>
      <TextProvider initial={language}>{requests.wrapper({ children: detail })}</TextProvider>
    </NuqsTestingAdapter>,
  );
  await requests.scripted.connect();
  const items = [...exampleRecords().filter(({ id }) => id !== alert.id), alert];
  await requests.scripted.run(() =>
    sendSnapshot(requests.scripted.tab.source, 'alerts', alertsBody({ items: items.sort(byId), ...over })),
  );
}

const byId = (a: AlertRecord, b: AlertRecord): number => (a.id < b.id ? -1 : 1);
const path = (alert: AlertRecord, verb = '') => `/api/v1/alerts/${encodeURIComponent(alert.id)}${verb}`;
const click = (name: string | RegExp) => act(async () => void fireEvent.click(screen.getByRole('button', { name })));
const state = () => document.querySelector('article')?.getAttribute('data-alert-state');
const form = () => screen.queryByLabelText('Note');

async function acknowledge(note: string): Promise<void> {
  await click('Acknowledge');
  const input = form();
  if (!(input instanceof HTMLInputElement) || !input.form) throw new Error('No note is asked for.');
  const { form: whole } = input;
  fireEvent.change(input, { target: { value: note } });
  await act(async () => void fireEvent.submit(whole));
}

it('says that nothing can be done here, and offers nothing, where this Lictor is read-only', async () => {
  await show(exampleAlert('noHealthyInstance'), { writeRefusal: 'LICTOR_READ_ONLY is set.' });
  expect(screen.getByText(/read-only/)).toBeTruthy();
  for (const name of [/Acknowledge/, /Silence/]) expect(screen.queryByRole('button', { name })).toBeNull();
});

describe('acknowledging an alert', () => {
  it('shows nothing as done before the server has done it', async () => {
    const alert = exampleAlert('flapping');
    await show(alert);
    await acknowledge('mine');
    expect(state()).toBe('firing');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Acknowledging' }).disabled).toBe(true);
    const request = requests.last('POST', path(alert, '/ack'));
    expect([request.headers.get('if-match'), request.body]).toEqual([alert.etag, { note: 'mine' }]);
    const acknowledged = { by: 'anonymous', at: alert.since, note: 'mine' };
    await request.answer(200, bodyOf({ ...alert, state: 'acknowledged', acknowledged, etag: '"2"' }));
    expect(requests.count('POST', path(alert, '/ack'))).toBe(1);
    expect(form()).toBeNull();
    expect(state()).toBe('acknowledged');
    // What the stream brings later is what counts.
    const fires = alertsBody({ seq: 12, items: [alert] });
    await requests.scripted.run(() => sendSnapshot(requests.scripted.tab.source, 'alerts', fires));
    expect(state()).toBe('firing');
  });

  it('shows what stands where it is another one than was seen', async () => {
    const alert = exampleAlert('flapping');
    await show(alert);
    await acknowledge('mine');
    await requests.last('POST', path(alert, '/ack')).answer(412, {
      type: 'urn:lictor:problem:precondition-failed',
      title: 'What is to be changed is not as it was seen',
      present: bodyOf({ ...alert, state: 'resolved', resolvedAt: stamp.at }),
    });
    expect(screen.getByRole('alert').textContent).toMatch(/^It is not as you saw it any more/);
    expect(state()).toBe('resolved');
  });

  it('keeps what was written while nobody answers, and says so', async () => {
    const alert = exampleAlert('flapping');
    await show(alert);
    await acknowledge('mine');
    await requests.last('POST', path(alert, '/ack')).fail();
    expect(screen.getByRole('alert').textContent).toMatch(/^Lictor cannot be reached, so nothing was changed/);
    expect((form() as HTMLInputElement).value).toBe('mine');
    expect(state()).toBe('firing');
  });

  it.each([
    [404, 'not-found', /^This Lictor is read-only/],
    [409, 'not-firing', /^It fires no longer/],
    [503, 'not-kept', /^Lictor cannot keep it now/],
    [500, 'internal', /^Nothing was changed\. The disk is full\.$/],
  ])('says what a refusal means: %i %s', async (status, code, sentence) => {
    const alert = exampleAlert('flapping');
    await show(alert);
    await acknowledge('');
    const problem = { type: `urn:lictor:problem:${code}`, title: 'No', detail: 'The disk is full.' };
    await requests.last('POST', path(alert, '/ack')).answer(status, problem);
    expect(screen.getByRole('alert').textContent).toMatch(sentence);
  });

  it('is there for what fires alone, and taken back where it was done', async () => {
    const acknowledged = { by: 'ines', at: stamp.at, note: '<b>\u202e' };
    const alert = exampleAlert('flapping', { state: 'acknowledged', acknowledged });
    await show(alert);
    expect(screen.queryByRole('button', { name: 'Acknowledge' })).toBeNull();
    expect(screen.getByText('<b>⟨U+202E⟩')).toBeTruthy();
    await click('Take back');
    expect(requests.last('DELETE', path(alert, '/ack')).headers.get('if-match')).toBe(alert.etag);
  });
});

describe('an alert', () => {
  it('tells what happened to it by what that means, and others’ words as text', async () => {
    const alert = exampleAlert('flapping');
    await show(alert);
    await requests.last('GET', path(alert)).answer(200, bodyOf(alert));
    expect(screen.getByText('it began, not yet long enough to fire')).toBeTruthy();
    expect(screen.getByText('it fires')).toBeTruthy();
    expect(screen.getByText('sent to chat⟨U+202E⟩')).toBeTruthy();
  });

  it('that flaps has a strip for each width, with what nobody watched, and says so when it has stopped', async () => {
    const alert = exampleAlert('flapping');
    await show(alert);
    const strip = screen.getByRole('img', { name: '30 s slots: 14 of 20 changed, 2 not watched, score 77.' });
    expect([...strip.querySelectorAll('i')].slice(0, 5).map((slot) => slot.getAttribute('data-slot'))).toEqual([
      'unknown',
      'unknown',
      'calm',
      'calm',
      'changed',
    ]);
    expect(screen.getByText('The score over time has not been read yet.')).toBeTruthy();
    await requests.last('GET', path(alert)).answer(200, bodyOf(alert));
    expect(screen.getByText('It flaps no longer; its score over time is not kept.')).toBeTruthy();
  });

  it('names those that it explains, and leads to them', async () => {
    await show(exampleAlert('lostNode'));
    expect(screen.getByText('1 cause: 1 alert inside')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'api: 2 of 5 critical' }).getAttribute('href')).toBe(
      '/alerts?alert=InstanceCritical%3Adc1%2Fapi',
    );
  });

  it('is opened in an Alertmanager, unless its address is none of the web', async () => {
    const outlet = {
      ...{ name: 'am', kind: 'alertmanager' as const, url: 'javascript:alert(1)', state: 'ok' as const, reason: null },
      ...{ lastOkAt: null, waiting: 0, deadLetters: 0, silences: [] },
    };
    await show(exampleAlert('flapping'), { outlets: [outlet] });
    expect(screen.queryByRole('link', { name: 'Open in Alertmanager' })).toBeNull();
    cleanup();
    await show(exampleAlert('flapping'), { outlets: [{ ...outlet, url: 'http://am.example:9093/' }] });
    expect(screen.getByRole('link', { name: 'Open in Alertmanager' }).getAttribute('href')).toBe(
      'http://am.example:9093/#/alerts?filter=%7Blictor_alert%3D%22Flapping%3Adc2%2Fsearch%22%7D',
    );
  });

  it('that nobody knows is said to be over', async () => {
    const alert = exampleAlert('flapping', { id: 'None:dc9' });
    render(
      <NuqsTestingAdapter>
        <TextProvider initial="en">
          {requests.wrapper({ children: <AlertDetail id={alert.id} silences={[]} outlets={[]} back={() => {}} /> })}
        </TextProvider>
      </NuqsTestingAdapter>,
    );
    await requests.last('GET', path(alert)).answer(404, { type: 'urn:lictor:problem:unknown-alert', title: 'None' });
    expect(screen.getByText('This alert is over and forgotten')).toBeTruthy();
  });

  it.each(Object.keys(exampleConditions) as (keyof typeof exampleConditions)[])(
    'is shown with its evidence in both languages: %s',
    async (name) => {
      for (const language of ['en', 'zh'] as const) {
        await show(exampleAlert(name), {}, language);
        const article = document.querySelector('article');
        expect(article?.querySelectorAll('section').length).toBeGreaterThan(2);
        expect(article?.textContent).not.toMatch(/undefined|null|NaN/);
        cleanup();
      }
    },
  );
});

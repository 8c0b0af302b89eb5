// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ScriptedRequests } from '@/components/live/fixtures/scripted-requests';
import { TextProvider } from '@/components/ui/text-provider';
import type { Silence } from '@/lib/alerts/alert-body';
import { exampleAlert } from '@/lib/alerts/example-alerts';
import type { Language } from '@/lib/text/language';
import { silenceFilterOf } from './silence-filter-of';
import { SilenceForm } from './silence-form';

const PREVIEW = { matches: ['a'], alerts: 3, matchesAll: false, lately: 4 };
const PAUSE_MS = 250;

let requests: ScriptedRequests;
let made: Silence[];
beforeEach(() => {
  requests = new ScriptedRequests();
  made = [];
});
afterEach(() => {
  cleanup();
  requests.scripted.live.core.stop();
});

function show(filter = 'service=search', language: Language = 'en') {
  const form = <SilenceForm filter={filter} onMade={(silence) => made.push(silence)} />;
  render(<TextProvider initial={language}>{requests.wrapper({ children: form })}</TextProvider>);
}

const type = (name: string, value: string) => fireEvent.change(screen.getByLabelText(name), { target: { value } });
const submit = () => act(async () => void fireEvent.click(screen.getByRole('button', { name: /^Silence|^Silencing/ })));
const previews = () => requests.count('POST', '/silences/preview');
const creations = () => requests.count('POST', '/silences');

async function previewed(preview: object = PREVIEW): Promise<void> {
  await requests.scripted.advance(PAUSE_MS);
  await requests.last('POST', '/silences/preview').answer(200, preview);
}

describe('what a silence would hold for', () => {
  it('is asked once whoever types pauses, and what was asked of another text is taken back', async () => {
    show();
    await requests.scripted.advance(PAUSE_MS);
    const first = requests.last('POST', '/silences/preview');
    expect(first.body).toEqual({ filter: 'service=search' });
    type('Which alerts are silenced', 'service=searc');
    type('Which alerts are silenced', 'service=sear');
    expect(first.signal?.aborted).toBe(true);
    expect(previews()).toBe(1);
    await previewed({ ...PREVIEW, matches: [], lately: 0 });
    expect(requests.last('POST', '/silences/preview').body).toEqual({ filter: 'service=sear' });
    expect(screen.getByText('Matches no alert now, and none of the last 7 d.')).toBeTruthy();
  });

  it('is said of the present and of the last days', async () => {
    show();
    await previewed();
    expect(screen.getByText('Matches 1 present alert, 4 in the last 7 d.')).toBeTruthy();
  });

  it('is not asked of what cannot be read, which is said in its place', async () => {
    show('nobody:x');
    await requests.scripted.advance(PAUSE_MS);
    expect(previews()).toBe(0);
    expect(screen.getByText(/^No field is called “nobody”/)).toBeTruthy();
    type('Reason', 'why');
    await submit();
    expect(creations()).toBe(0);
  });
});

describe('a silence', () => {
  it('is made of an alert, for a while and with a reason, and by a double click once', async () => {
    show(silenceFilterOf(exampleAlert('flapping')));
    await previewed();
    type('Reason', ' Check timeout goes back ');
    const button = screen.getByRole('button', { name: /^Silence until/ });
    await act(async () => {
      fireEvent.click(button);
      fireEvent.click(button);
    });
    expect(creations()).toBe(1);
    const creation = requests.last('POST', '/silences');
    const toMs = requests.scripted.tab.clock.wallMs() + 2 * 3_600_000;
    expect(creation.body).toEqual({
      ...{ filter: 'alert=Flapping dc:dc2 service=search', reason: 'Check timeout goes back' },
      to: new Date(toMs).toISOString(),
    });
    expect(creation.headers.get('idempotency-key')).toMatch(/^[0-9a-f]{32}$/);
    await creation.answer(201, { id: 's1' });
    expect(made).toEqual([{ id: 's1' }]);
  });

  it('is the same one where nobody answered and it is asked for again, its end included', async () => {
    show();
    type('Reason', 'why');
    await submit();
    const first = requests.last('POST', '/silences');
    await first.fail();
    expect(screen.getByText(/so it may be silenced or not/)).toBeTruthy();
    await requests.scripted.advance(60_000);
    await submit();
    const again = requests.last('POST', '/silences');
    expect(creations()).toBe(2);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-key')).toBe(first.headers.get('idempotency-key'));
  });

  it('is another one once the form says something else', async () => {
    show();
    type('Reason', 'why');
    await submit();
    const first = requests.last('POST', '/silences');
    await first.fail();
    type('Reason', 'why indeed');
    await submit();
    expect(requests.last('POST', '/silences').headers.get('idempotency-key')).not.toBe(
      first.headers.get('idempotency-key'),
    );
  });

  it('without a reason is not asked for: the field says so, and has the focus', async () => {
    show();
    await submit();
    expect(creations()).toBe(0);
    expect(screen.getByText('A silence has a reason: whoever finds it asks why.')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText('Reason'));
  });

  it('in the past is refused in words before it is asked for', async () => {
    show();
    type('Reason', 'why');
    fireEvent.click(screen.getByRole('button', { name: 'Until …' }));
    type('Until, in your zone', '2001-01-01T00:00');
    expect(screen.getByText('That is in the past: a silence ends later than now.')).toBeTruthy();
    await submit();
    expect(creations()).toBe(0);
    type('Until, in your zone', '2999-01-01T00:00');
    expect(screen.getByText(/^That is 299[89]-.* UTC\.$/)).toBeTruthy();
    await submit();
    expect(creations()).toBe(1);
  });

  it('begins later where that is wished, and lasts from then', async () => {
    show();
    type('Reason', 'kernel update');
    fireEvent.click(screen.getByRole('button', { name: 'Later …' }));
    type('Begins, in your zone', '2999-01-01T02:00');
    expect(screen.getByText(/^That is 299[89]-.* UTC\.$/)).toBeTruthy();
    await submit();
    const { from, to } = requests.last('POST', '/silences').body as { from: string; to: string };
    expect(from).toMatch(/^299[89]-/);
    expect(Date.parse(to) - Date.parse(from)).toBe(2 * 3_600_000);
  });

  it('is not asked for while it would begin at no moment, or end before it begins', async () => {
    show();
    type('Reason', 'why');
    fireEvent.click(screen.getByRole('button', { name: 'Later …' }));
    type('Begins, in your zone', '');
    await submit();
    expect(screen.getByText('When it begins is not said: a date and a time.')).toBeTruthy();
    type('Begins, in your zone', '2999-01-02T00:00');
    fireEvent.click(screen.getByRole('button', { name: 'Until …' }));
    type('Until, in your zone', '2999-01-01T00:00');
    expect(screen.getByText('It would end before it begins.')).toBeTruthy();
    await submit();
    expect(creations()).toBe(0);
    fireEvent.click(screen.getByRole('button', { name: 'Now' }));
    await submit();
    expect(creations()).toBe(1);
    expect(requests.last('POST', '/silences').body).not.toHaveProperty('from');
  });

  it('for everything is asked once more by typing', async () => {
    show('');
    await previewed({ ...PREVIEW, matchesAll: true });
    type('Reason', 'why');
    await submit();
    expect(creations()).toBe(0);
    type('Type everything to silence everything.', 'Everything');
    await submit();
    expect(requests.last('POST', '/silences').body).toMatchObject({ filter: '', confirmAll: true });
  });

  it('that the server refuses leaves what was written, and says why in the server’s words', async () => {
    show();
    type('Reason', 'why');
    await submit();
    const first = requests.last('POST', '/silences');
    const document = { type: 'urn:lictor:problem:not-kept', title: 'Not kept', detail: 'The disk is full.' };
    await first.answer(503, document);
    expect(screen.getByRole('alert').textContent).toContain('The disk is full.');
    expect((screen.getByLabelText('Reason') as HTMLInputElement).value).toBe('why');
  });

  it('cannot be made where Lictor is read-only, which is said', async () => {
    show();
    await requests.scripted.advance(PAUSE_MS);
    const document = { type: 'urn:lictor:problem:not-found', title: 'No such page or resource' };
    await requests.last('POST', '/silences/preview').answer(404, document);
    expect(screen.getByText('This Lictor is read-only: nothing is silenced from here.')).toBeTruthy();
    expect(screen.getByRole('button', { name: /^Silence until/ }).hasAttribute('disabled')).toBe(true);
  });

  it('is asked for in Chinese too', async () => {
    show('service=search', 'zh');
    await previewed();
    expect(screen.getByText('匹配当前 1 个告警，最近 7 天 4 个。')).toBeTruthy();
    expect(screen.getByRole('button', { name: /^静默至/ })).toBeTruthy();
  });
});

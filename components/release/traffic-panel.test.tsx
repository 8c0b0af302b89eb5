// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveContext } from '@/components/live/context';
import { ScriptedLive } from '@/components/live/fixtures/scripted-live';
import { TextProvider } from '@/components/ui/text-provider';
import type { FreshnessState } from '@/lib/fleet/model';
import { splitRecord } from '@/lib/release/slider/fixtures/split-record';
import type { SplitPreview, SplitRecord } from '@/lib/release/split-body';
import type { Language } from '@/lib/text/language';
import { Unmeasured } from './fixtures/unmeasured';
import { TrafficPanel } from './traffic-panel';

const PREVIEW: SplitPreview = {
  mechanism: 'mesh',
  writes: [{ target: 'dc1 config service-splitter/payment', before: { Weight: 5 }, after: { Weight: 6 } }],
  warnings: [],
  declares: { '1.5.0': 6, '1.4.2': 94 },
  roundingError: 0,
  etag: '"a"',
};
const stamp = { epoch: 1, seq: 2, at: '2026-01-01T00:00:00.000Z' };

let scripted: ScriptedLive;
let asked: { path: string; init: RequestInit | undefined }[];
let answers: ((status: number, body: unknown) => Promise<void>)[];
beforeEach(() => {
  vi.stubGlobal('ResizeObserver', Unmeasured);
  scripted = new ScriptedLive();
  asked = [];
  answers = [];
});
afterEach(cleanup);

function show(split: SplitRecord, { freshness = 'live' as FreshnessState, language = 'en' as Language } = {}) {
  const { reader } = scripted.live;
  const fetch: typeof reader.fetch = (input, init) => {
    asked.push({ path: String(input), init });
    const answer = reader.fetch(input, init);
    const ask = scripted.asks.at(-1);
    if (ask) answers.push(ask.answer);
    return answer;
  };
  const live = { ...scripted.live, reader: { ...reader, fetch } };
  const page = (record: SplitRecord) => (
    <TextProvider initial={language}>
      <LiveContext value={live}>
        <QueryClientProvider client={live.queryClient}>
          <TrafficPanel streamed={record} instances={[]} freshness={freshness} />
        </QueryClientProvider>
      </LiveContext>
    </TextProvider>
  );
  const { rerender } = render(page(split));
  return { streamed: (record: SplitRecord) => rerender(page(record)) };
}

const handle = () => screen.getByRole('slider');
const press = (...keys: string[]) => {
  for (const key of keys) fireEvent.keyDown(handle(), { key });
};
const click = (name: string | RegExp) => act(async () => void fireEvent.click(screen.getByRole('button', { name })));
const sent = (n: number): unknown => JSON.parse(String(asked[n]?.init?.body));
const header = (n: number, name: string) => new Headers(asked[n]?.init?.headers).get(name);

async function previewed(preview: SplitPreview = PREVIEW): Promise<void> {
  await click('Preview');
  await answers[0]?.(200, preview);
}

describe('the slider', () => {
  it('moves by keyboard, says its value in words, and asks nobody', () => {
    show(splitRecord());
    expect(handle().getAttribute('aria-valuenow')).toBe('5');
    press('ArrowRight', 'PageUp');
    fireEvent.keyDown(handle(), { key: 'ArrowLeft', shiftKey: true });
    expect(handle().getAttribute('aria-valuenow')).toBe('15.9');
    expect(handle().getAttribute('aria-valuetext')).toBe('1.5.0: 15.9 %, 1.4.2: 84.1 %');
    press('End');
    expect(handle().getAttribute('aria-valuenow')).toBe('100');
    press('Home');
    expect(handle().getAttribute('aria-valuetext')).toBe('1.5.0: 0 %, 1.4.2: 100 %');
    expect(asked).toEqual([]);
  });

  it('takes a number for any version, and leaves the bar where it is while that is none', () => {
    show(splitRecord());
    const old = screen.getByRole('textbox', { name: 'Share of 1.4.2 in percent' });
    fireEvent.change(old, { target: { value: '87,5' } });
    expect(handle().getAttribute('aria-valuetext')).toBe('1.5.0: 12.5 %, 1.4.2: 87.5 %');
    fireEvent.change(old, { target: { value: '877' } });
    expect(old.getAttribute('aria-invalid')).toBe('true');
    expect(handle().getAttribute('aria-valuenow')).toBe('12.5');
    fireEvent.blur(old);
    expect((old as HTMLInputElement).value).toBe('87.5');
  });

  it('has a handle between each two of three versions, and moves share between its neighbours alone', () => {
    const declared = { '2.0.0': 10, '1.5.0': 20, '1.4.2': 70 };
    const [mesh] = splitRecord().mechanisms;
    if (!mesh) throw new Error('The fixture has a mesh.');
    show(splitRecord({ declared, mechanisms: [{ ...mesh, declared }] }));
    const [first, second] = screen.getAllByRole('slider');
    expect([first, second].map((one) => one?.getAttribute('aria-valuenow'))).toEqual(['10', '20']);
    if (second) fireEvent.keyDown(second, { key: 'PageUp' });
    expect(second?.getAttribute('aria-valuetext')).toBe('2.0.0: 10 %, 1.5.0: 30 %, 1.4.2: 60 %');
    expect(second?.getAttribute('aria-valuemax')).toBe('90');
  });

  it('keeps what is wished, declared and observed apart', () => {
    show(splitRecord());
    press('ArrowRight');
    expect(screen.getByText('set here, not written')).toBeTruthy();
    expect(screen.getByText(/^dc1 config service-splitter\/payment, index 48,213/)).toBeTruthy();
    expect(screen.getByText(/^± 0\.4 %, of 10,000 requests in 10 s, HAProxy/)).toBeTruthy();
  });

  it('says why nothing is observed in the place of what is', () => {
    show(splitRecord({ observation: { state: 'not-observed', reason: 'LICTOR_PROMETHEUS_URL is not set.' } }));
    expect(screen.getByText('not observed: LICTOR_PROMETHEUS_URL is not set.')).toBeTruthy();
  });

  it('says why a mechanism cannot', async () => {
    show(splitRecord());
    await click(/Weights/);
    expect(screen.getByText(/No agent of payment was opted in/)).toBeTruthy();
    press('PageUp');
    expect((screen.getByRole('button', { name: 'Preview' }) as HTMLButtonElement).disabled).toBe(true);
  });

  it('warns while it is drawn of what an instance cannot be expected to bear', () => {
    show(splitRecord());
    press('PageUp');
    expect(screen.getByText(/15% on 2 instances of "1\.5\.0" is 3 times its present load/)).toBeTruthy();
  });
});

describe('a write', () => {
  it('is previewed as exactly what is written, and takes the ETag of that preview', async () => {
    show(splitRecord());
    press('ArrowRight');
    await previewed();
    expect(asked[0]?.path).toBe('/lictor/api/v1/splits/dc1/payment/preview');
    expect(sent(0)).toEqual({ mechanism: 'mesh', shares: { '1.5.0': 6, '1.4.2': 94 } });
    const diff = screen.getByRole('region', { name: 'dc1 config service-splitter/payment' });
    expect(within(diff).getByText(/"Weight": 6/).textContent).toBe('added: +  "Weight": 6');
    expect(screen.getByText('the index is still 48,213, else refused')).toBeTruthy();
    await click('Write 1 change');
    expect(asked[1]?.path).toBe('/lictor/api/v1/splits/dc1/payment');
    expect(header(1, 'if-match')).toBe('"a"');
    expect(sent(1)).toEqual(sent(0));
    const declared = { '1.5.0': 6, '1.4.2': 94 };
    await answers[1]?.(200, { ...splitRecord({ declared, etag: '"b"' }), ...stamp });
    expect(screen.getByText(/^Written at .*: 1\.5\.0: 6 %, 1\.4\.2: 94 %\.$/)).toBeTruthy();
  });

  it('shows what was written until the stream brings it, and then what the stream brings', async () => {
    const mechanisms = (share: number) =>
      splitRecord().mechanisms.map((one) =>
        one.mechanism === 'mesh' ? { ...one, declared: { '1.5.0': share, '1.4.2': 100 - share } } : one,
      );
    const { streamed } = show(splitRecord());
    press('ArrowRight');
    await previewed();
    await click('Write 1 change');
    await answers[1]?.(200, { ...splitRecord({ mechanisms: mechanisms(6), etag: '"b"' }), ...stamp });
    expect(handle().getAttribute('aria-valuenow')).toBe('6');
    streamed(splitRecord({ mechanisms: mechanisms(7), etag: '"c"' }));
    expect(handle().getAttribute('aria-valuenow')).toBe('7');
    streamed(splitRecord({ mechanisms: mechanisms(5) }));
    expect(handle().getAttribute('aria-valuenow')).toBe('5');
  });

  it('that changes nothing in Consul is still kept: a lifecycle stands nowhere else', async () => {
    show(splitRecord());
    fireEvent.click(within(screen.getByRole('group', { name: 'Lifecycle of 1.5.0' })).getByText('decommissioning'));
    await previewed({ ...PREVIEW, writes: [], declares: null });
    expect(screen.getByText(/In Consul it stands so already/)).toBeTruthy();
    await click('Keep it');
    expect(sent(1)).toEqual({ mechanism: 'mesh', stages: { '1.5.0': 'decommissioning' } });
  });

  it('of many instances shows some at first, and all when asked', async () => {
    show(splitRecord());
    press('ArrowRight');
    const writes = Array.from({ length: 200 }, (_, n) => ({
      target: `dc1 agent a, service ${n}`,
      before: 1,
      after: 2,
    }));
    await previewed({ ...PREVIEW, writes });
    expect(document.querySelectorAll('figure')).toHaveLength(8);
    await click('Show the other 192 writes');
    expect(document.querySelectorAll('figure')).toHaveLength(200);
    expect(screen.getByRole('button', { name: 'Write 200 changes' })).toBeTruthy();
  });

  it('is gone from sight once another thing is wished than was previewed', async () => {
    show(splitRecord());
    press('ArrowRight');
    await previewed();
    press('ArrowRight');
    expect(screen.queryByRole('button', { name: /^Write/ })).toBeNull();
  });

  it('of a large move has to be typed', async () => {
    show(splitRecord());
    press('PageUp', 'PageUp', 'PageUp');
    await previewed({ ...PREVIEW, declares: { '1.5.0': 35, '1.4.2': 65 } });
    const write = screen.getByRole('button', { name: 'Write 1 change' }) as HTMLButtonElement;
    expect(write.disabled).toBe(true);
    const field = screen.getByRole('textbox', { name: 'Share of 1.5.0, typed again' });
    fireEvent.change(field, { target: { value: '3' } });
    expect(write.disabled).toBe(true);
    fireEvent.change(field, { target: { value: '35' } });
    expect(write.disabled).toBe(false);
  });

  it('in danger has to be typed however small it is', async () => {
    show(splitRecord());
    press('ArrowRight');
    const danger = { severity: 'danger', code: 'no-healthy-target', sentence: 'It goes to nothing.' } as const;
    await previewed({ ...PREVIEW, warnings: [danger] });
    expect((screen.getByRole('button', { name: 'Write 1 change' }) as HTMLButtonElement).disabled).toBe(true);
    expect(screen.getByText('It goes to nothing.', { exact: false })).toBeTruthy();
  });

  it('that comes too late shows what stands, and keeps the wish', async () => {
    show(splitRecord());
    press('ArrowRight');
    await previewed();
    await click('Write 1 change');
    const declared = { '1.5.0': 30, '1.4.2': 70 };
    const mechanisms = splitRecord().mechanisms.map((one) => (one.mechanism === 'mesh' ? { ...one, declared } : one));
    const present = { ...splitRecord({ declared, mechanisms, etag: '"b"' }), ...stamp };
    const title = 'The state has changed';
    await answers[1]?.(412, { type: 'x', title, status: 412, detail: 'It is another one than you saw.', present });
    const alert = screen.getByRole('alert').textContent;
    expect(alert).toContain('Now stands: 1.5.0: 30 %, 1.4.2: 70 %');
    expect(alert).toContain('It is another one than you saw.');
    expect(handle().getAttribute('aria-valuenow')).toBe('6');
    expect(screen.getByText('from 30 %')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Write/ })).toBeNull();
  });

  it('is not offered any more once what stands has changed since its preview', async () => {
    const { streamed } = show(splitRecord());
    press('ArrowRight');
    await previewed();
    streamed(splitRecord({ etag: '"other"' }));
    expect(screen.queryByRole('button', { name: /^Write/ })).toBeNull();
    await click('Preview again');
    expect(asked[1]?.path).toBe('/lictor/api/v1/splits/dc1/payment/preview');
  });

  it('that is refused says why, as the server does, and that nothing was lost', async () => {
    show(splitRecord());
    press('ArrowRight');
    await click('Preview');
    await answers[0]?.(422, { type: 'x', title: 'Refused', status: 422, detail: 'payment speaks tcp.' });
    const alert = screen.getByRole('alert').textContent;
    expect(alert).toContain('payment speaks tcp.');
    expect(alert).toContain('Nothing was written, and what you set here is kept.');
    expect(handle().getAttribute('aria-valuenow')).toBe('6');
  });

  it('whose end nobody told is not said to have failed', async () => {
    show(splitRecord());
    press('ArrowRight');
    await previewed();
    await click('Write 1 change');
    await answers[1]?.(502, { type: 'x', title: 'Not over', status: 502, detail: '1 of 3 is written.' });
    expect(screen.getByRole('alert').textContent).toContain('Whether it was written is not known.');
  });

  it('is closed, with the reason, where the datacenter is not live', () => {
    show(splitRecord(), { freshness: 'stale' });
    press('ArrowRight');
    expect((screen.getByRole('button', { name: 'Preview' }) as HTMLButtonElement).disabled).toBe(true);
    expect(screen.getByText(/dc1 is stale/)).toBeTruthy();
    expect(document.querySelector('[data-freshness="stale"] [role="slider"]')).not.toBeNull();
  });

  it('is closed, with the reason, where the server says so', () => {
    show(splitRecord({ writeRefusal: 'LICTOR_READ_ONLY is set.' }));
    press('ArrowRight');
    expect((screen.getByRole('button', { name: 'Preview' }) as HTMLButtonElement).disabled).toBe(true);
    expect(screen.getByText(/LICTOR_READ_ONLY is set\./)).toBeTruthy();
  });
});

describe('around the shares', () => {
  it('lifecycle, header routes and failover are wished with them', async () => {
    show(splitRecord({ failover: ['dc2', 'dc3'] }));
    fireEvent.click(within(screen.getByRole('group', { name: 'Lifecycle of 1.5.0' })).getByText('preparing'));
    fireEvent.click(screen.getByText('Add a route'));
    expect((screen.getByRole('button', { name: 'Preview' }) as HTMLButtonElement).disabled).toBe(true);
    fireEvent.change(screen.getByRole('textbox', { name: 'Header' }), { target: { value: 'gray-tag' } });
    fireEvent.change(screen.getByRole('textbox', { name: 'Value' }), { target: { value: '<b>"v2"</b>' } });
    const up = screen.getByRole('button', { name: 'Move dc3 up' });
    up.focus();
    fireEvent.click(up);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Move dc3 up' }));
    await click('Preview');
    expect(sent(0)).toEqual({
      mechanism: 'mesh',
      routes: [{ header: 'gray-tag', value: '<b>"v2"</b>', version: '1.5.0' }],
      failover: ['dc3', 'dc2'],
      stages: { '1.5.0': 'preparing' },
    });
  });
});

describe('drift', () => {
  const drifted = splitRecord({
    drift: {
      ...{ since: stamp.at, wished: { '1.5.0': 10, '1.4.2': 90 }, declared: { '1.5.0': 5, '1.4.2': 95 } },
      differences: [{ target: 'dc1 config service-splitter/payment', before: { Weight: 10 }, after: { Weight: 5 } }],
    },
  });

  it('is said with what was written and what stands, and adopted by a person', async () => {
    show(drifted);
    expect(screen.getByText(/Written here: 1\.5\.0: 10 %, 1\.4\.2: 90 %\. What stands: 1\.5\.0: 5 %/)).toBeTruthy();
    await click('Adopt');
    expect(asked[0]?.path).toBe('/lictor/api/v1/splits/dc1/payment/adopt');
    expect(header(0, 'if-match')).toBe('"a"');
    await answers[0]?.(200, { ...splitRecord({ etag: '"b"' }), ...stamp });
    expect(screen.queryByText(/^Changed outside Lictor/)).toBeNull();
  });

  it('is put back under a preview like any other write', async () => {
    show(drifted);
    await click('Put back');
    expect(sent(0)).toEqual({ putBack: true });
    await answers[0]?.(200, PREVIEW);
    await click('Write 1 change');
    expect(asked[1]?.path).toBe('/lictor/api/v1/splits/dc1/payment/put-back');
  });
});

it('takes back the last write under a preview', async () => {
  show(splitRecord());
  await click('Undo the last write');
  expect(sent(0)).toEqual({ undo: true });
  await answers[0]?.(200, PREVIEW);
  expect(screen.getByText(/the way back/)).toBeTruthy();
  await click('Write 1 change');
  expect([asked[1]?.path, header(1, 'if-match')]).toEqual(['/lictor/api/v1/splits/dc1/payment/undo', '"a"']);
});

it('speaks Chinese', () => {
  show(splitRecord(), { language: 'zh' });
  expect(handle().getAttribute('aria-valuetext')).toBe('1.5.0：5 %，1.4.2：95 %');
});

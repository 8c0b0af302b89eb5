// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { alertsBody } from '@/components/live/fixtures/alerts-body';
import { sendSnapshot } from '@/components/live/fixtures/scripted-core';
import { ScriptedLive } from '@/components/live/fixtures/scripted-live';
import { TextProvider } from '@/components/ui/text-provider';
import type { AlertRecord } from '@/lib/alerts/alert-body';
import { exampleAlert, exampleRecords } from '@/lib/alerts/example-alerts';
import { AlertsNow } from './alerts-now';
import { Unmeasured } from './fixtures/unmeasured';

vi.mock('next/navigation', () => ({ usePathname: () => '/alerts', useSearchParams: () => new URLSearchParams() }));

let scripted: ScriptedLive;
beforeEach(() => {
  vi.stubGlobal('ResizeObserver', Unmeasured);
  // There is no layout: a window of this height shows some fifteen lines.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800);
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(376);
  Element.prototype.scrollTo = () => {};
  scripted = new ScriptedLive();
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  scripted.live.core.stop();
});

let seq = 10;
const bring = (items: readonly AlertRecord[]) =>
  scripted.run(() => {
    seq += 1;
    sendSnapshot(scripted.tab.source, 'alerts', alertsBody({ seq, items: [...items] }));
  });

async function show(items: readonly AlertRecord[], search = ''): Promise<void> {
  render(
    <NuqsTestingAdapter searchParams={search} hasMemory>
      <TextProvider initial="en">{scripted.wrapper({ children: <AlertsNow tabs={null} /> })}</TextProvider>
    </NuqsTestingAdapter>,
  );
  await scripted.connect();
  await bring(items);
}

const rows = () => [...document.querySelectorAll('li[data-key]')].map((row) => row.getAttribute('data-key'));
const shown = () => document.querySelector('article')?.getAttribute('data-key');
const key = (name: string) =>
  act(async () => void fireEvent.keyDown(document.activeElement ?? document.body, { key: name }));
const focused = () => document.activeElement?.closest('li')?.getAttribute('data-key');
const firing = exampleRecords().filter(({ state, evidence }) => state === 'firing' && evidence.kind !== 'watchdog');

it('shows the worst, and goes on showing it when something worse comes', async () => {
  const pay = exampleAlert('noHealthyInstance');
  await show([exampleAlert('flapping'), pay]);
  expect(shown()).toBe(pay.id);
  await bring([exampleAlert('flapping'), pay, exampleAlert('lost')]);
  expect(rows()[0]).toBe('DatacenterLost:dc4');
  expect(shown()).toBe(pay.id);
});

it('keeps its lines in their places while somebody points at them, and offers the order that is true', async () => {
  await show([exampleAlert('flapping'), exampleAlert('instanceCritical')]);
  const before = rows();
  fireEvent.pointerEnter(screen.getByRole('navigation', { name: 'List of alerts' }));
  await bring([exampleAlert('flapping'), exampleAlert('instanceCritical'), exampleAlert('lost')]);
  expect(rows()).toEqual(before);
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: /^Order changed/ })));
  expect(rows()).toEqual(['DatacenterLost:dc4', ...before]);
});

it('moves by j and k from anywhere, past heads, and by arrows within', async () => {
  await show(firing);
  await key('j');
  expect(focused()).toBe('DatacenterLost:dc4');
  await key('j');
  expect(focused()).toBe('MassDisappearance:dc5');
  await key('ArrowDown');
  expect(focused()).toBe('NoLeader:dc3');
  await key('k');
  expect(focused()).toBe('MassDisappearance:dc5');
  await key('End');
  expect(focused()).toBe(rows().at(-1));
  await key('Home');
  expect(focused()).toBe('DatacenterLost:dc4');
  act(() => screen.getByRole('combobox', { name: 'Filter of alerts' }).focus());
  await key('j');
  expect(focused()).toBeUndefined();
});

it('opens and folds what is inside by the arrows', async () => {
  await show(exampleRecords());
  act(() => screen.getByRole('link', { name: /^Node n7 is critical/ }).focus());
  await key('ArrowRight');
  expect(rows()).toContain('InstanceCritical:dc1/api');
  await key('ArrowLeft');
  expect(rows()).not.toContain('InstanceCritical:dc1/api');
});

it('shows one state alone, with the counts of all', async () => {
  await show(exampleRecords());
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: /^Suppressed/ })));
  expect(rows()).toEqual(['InstanceCritical:dc1/api']);
  expect(screen.getByRole('button', { name: 'All 9 open' })).toBeTruthy();
  expect(screen.getByRole('button', { name: /^Firing/ }).textContent).toBe('Firing 9');
});

it('of a thousand alerts has some dozens in the page', async () => {
  const plain = exampleAlert('instanceCritical');
  const many = Array.from({ length: 1_000 }, (_, n) => ({ ...plain, id: `A:dc1/s${n}` }));
  await show(many);
  expect(screen.getByRole('button', { name: 'All 1,000 open' })).toBeTruthy();
  expect(rows().length).toBeGreaterThan(10);
  expect(rows().length).toBeLessThan(60);
});

it('says since when nothing fires, and what proves it', async () => {
  await show([exampleAlert('watchdog')]);
  expect(screen.getByText('Nothing fires')).toBeTruthy();
  expect(screen.getByText(/^The watchdog fires/)).toBeTruthy();
  await bring([]);
  expect(screen.getByText(/^No watchdog fires/)).toBeTruthy();
});

it('says that nothing matches, and that nothing is known yet', async () => {
  await show(exampleRecords(), '?filter=nobody');
  expect(screen.getByText('No alert matches the filter')).toBeTruthy();
  cleanup();
  scripted = new ScriptedLive();
  render(
    <NuqsTestingAdapter>
      <TextProvider initial="en">{scripted.wrapper({ children: <AlertsNow tabs={null} /> })}</TextProvider>
    </NuqsTestingAdapter>,
  );
  expect(screen.getByText('Waiting for the first alerts')).toBeTruthy();
});

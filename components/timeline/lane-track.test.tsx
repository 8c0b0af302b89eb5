// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { ScriptedLive } from '@/components/live/fixtures/scripted-live';
import { TextProvider } from '@/components/ui/text-provider';
import type { LaneBar } from '@/lib/history/bodies';
import { LaneTrack } from './lane-track';
import { PlotContext } from './plot';

const START_MS = Date.parse('2025-12-31T10:00:00Z');
const span = { fromMs: START_MS, toMs: START_MS + 3_600_000 };
const at = (second: number) => new Date(START_MS + second * 1_000).toISOString();
const bar = (from: number, to: number, status: LaneBar['status']): LaneBar => ({ from: at(from), to: at(to), status });

const select = vi.fn();
afterEach(() => {
  cleanup();
  select.mockClear();
});

function show(bars: readonly LaneBar[], hidden = 0): void {
  const scripted = new ScriptedLive();
  render(
    <TextProvider initial="en">
      {scripted.wrapper({
        children: (
          <PlotContext value={{ span, stepMs: 10_000, widthPx: 800, moving: true, select }}>
            <LaneTrack name="web" told={span} bars={bars} hidden={hidden} />
          </PlotContext>
        ),
      })}
    </TextProvider>,
  );
}

it('draws a bar as long as it lasted, and says how long and when', () => {
  show([bar(1_800, 1_836, 'critical')]);
  const [drawn] = screen.getAllByRole('option');
  expect(drawn?.style.left).toBe('50%');
  expect(drawn?.style.width).toBe('1%');
  expect(drawn?.getAttribute('aria-label')).toMatch(/^critical 36 s, 31 Dec, \d\d:30:00 – \d\d:30:36$/);
  expect(screen.getByRole('listbox').getAttribute('aria-label')).toBe('web: 1 time not passing');
});

it('never says that a blip lasted nought', () => {
  show([bar(10, 10.4, 'warning')]);
  expect(screen.getByRole('option').getAttribute('aria-label')).toMatch(/^warning less than 1 s, /);
});

it('is gone through by keyboard, and Enter chooses the span of a bar with what led to it', () => {
  show([bar(100, 200, 'warning'), bar(1_000, 1_100, 'critical'), bar(2_000, 2_010, 'unknown')]);
  const list = screen.getByRole('listbox');
  const active = () => document.getElementById(list.getAttribute('aria-activedescendant') ?? '')?.dataset.status;
  fireEvent.keyDown(list, { key: 'ArrowRight' });
  expect(active()).toBe('warning');
  fireEvent.keyDown(list, { key: 'End' });
  expect(active()).toBe('unknown');
  fireEvent.keyDown(list, { key: 'ArrowLeft' });
  expect(active()).toBe('critical');
  fireEvent.keyDown(list, { key: 'Enter' });
  expect(select).toHaveBeenCalledExactlyOnceWith({ fromMs: START_MS + 995_000, toMs: START_MS + 1_105_000 });
});

it('says that it was passing throughout, and how many bars it leaves out', () => {
  show([]);
  expect(screen.getByRole('img').getAttribute('aria-label')).toBe('web: passing throughout');
  cleanup();
  show([bar(1, 2, 'critical')], 7);
  expect(screen.getByRole('listbox').getAttribute('aria-label')).toBe(
    'web: 1 time not passing, 7 shorter ones are not drawn',
  );
});

// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AT, fleetBody, service } from '@/components/live/fixtures/bodies';
import { sendSnapshot } from '@/components/live/fixtures/scripted-core';
import { ScriptedLive } from '@/components/live/fixtures/scripted-live';
import { useFleet } from '@/components/live/use-fleet';
import { useFreshness } from '@/components/live/use-freshness';
import { useFreshnessMark } from '@/components/live/use-freshness-mark';
import { useNow } from '@/components/live/use-now';
import { TextProvider } from '@/components/ui/text-provider';
import type { FleetBody } from '@/lib/fleet/model';
import type { ReplayBody } from '@/lib/history/bodies';
import type { ChangeEvent } from '@/lib/stream/protocol';
import { Replayable } from './replayable';

vi.mock('next/navigation', () => ({ usePathname: () => '/services', useSearchParams: () => new URLSearchParams() }));

const webOf = (body: FleetBody) => body.datacenters[0]?.services[0]?.status;
const ago = (ms: number) => new Date(Date.parse(AT) - ms).toISOString();

/** What any component of a page would show. */
function Page() {
  const { state } = useFreshness('dc1');
  const mark = useFreshnessMark();
  return (
    <output>
      {useFleet(webOf)} {mark(state)} {new Date(useNow(1_000)).toISOString()}
    </output>
  );
}

let scripted: ScriptedLive;
beforeEach(() => {
  scripted = new ScriptedLive();
});
afterEach(() => {
  cleanup();
  scripted.live.core.stop();
});

async function show(at: string): Promise<void> {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <NuqsTestingAdapter searchParams={`?at=${at}`} hasMemory>
      <TextProvider initial="en">{scripted.wrapper({ children })}</TextProvider>
    </NuqsTestingAdapter>
  );
  render(
    <Replayable>
      <Page />
    </Replayable>,
    { wrapper },
  );
  await scripted.connect();
  await scripted.run(() =>
    sendSnapshot(scripted.tab.source, 'fleet', fleetBody({ seq: 10 }, [service('dc1/web', 'warning')])),
  );
}

const piece = (over: Partial<ReplayBody> = {}): ReplayBody => ({
  from: ago(3_600_000),
  to: ago(0),
  snapshot: fleetBody({ seq: 0 }, [service('dc1/web')]),
  changes: [
    {
      ...{ topic: 'fleet', seq: 1, at: ago(90_000), observedAt: ago(90_000), index: 1 },
      changes: [{ key: 'dc1/web', op: 'put', value: service('dc1/web', 'critical'), from: 'passing', merged: false }],
    } satisfies ChangeEvent,
  ],
  gaps: [],
  ...over,
});

async function answerReplay(body: unknown, status = 200): Promise<void> {
  const asked = await vi.waitFor(
    () => scripted.asks.find(({ path }) => path.includes('/api/v1/replay?')) ?? expect.fail(),
  );
  scripted.asks.splice(scripted.asks.indexOf(asked), 1);
  await asked.answer(status, body);
}

const page = () => document.querySelector('output')?.textContent ?? '';

it('shows the fleet as it was at the moment, as of that moment, and nothing of it as live', async () => {
  await show(ago(60_000));
  expect(page()).not.toContain('warning');
  await answerReplay(piece());
  expect(page()).toBe(`critical past ${ago(60_000)}`);
  expect(document.querySelector('[data-freshness="past"]')).not.toBeNull();

  const back = await screen.findByRole('button', { name: 'Back to live' });
  await act(async () => back.click());
  expect(page()).toMatch(/^warning live /);
  expect(document.querySelector('[data-freshness="past"]')).toBeNull();
});

it('says of a moment in a gap that nobody watched', async () => {
  await show(ago(60_000));
  await answerReplay(
    piece({ gaps: [{ dc: 'dc1', from: ago(70_000), to: ago(50_000), reason: 'Lictor was not running.' }] }),
  );
  expect(screen.getByText(/^dc1 was not watched .+: shown is what was last known\.$/)).toBeTruthy();
});

it('says why the past cannot be read, in the server’s own words, and shows nothing live in its place', async () => {
  await show(ago(60_000));
  await answerReplay({ title: 'No record', detail: 'This Lictor keeps no record of the past.' }, 503);
  expect(screen.getByText(/This Lictor keeps no record of the past\./)).toBeTruthy();
  expect(page()).not.toContain('warning');
});

it('keeps the last moment, with its own time, while another piece is read', async () => {
  await show(ago(60_000));
  await answerReplay(piece({ from: ago(600_000) }));
  const slider = await screen.findByRole('slider', { name: 'Moment shown' });
  slider.focus();
  for (const _ of Array.from({ length: 4 })) await act(async () => void fireEvent.keyDown(slider, { key: 'PageDown' }));
  // Each page is 20 steps of 10 s: the third leads into another piece, which is not there yet.
  expect(slider.getAttribute('aria-valuetext')).toContain('14 min');
  expect(page()).toBe(`passing past ${ago(460_000)}`);
  expect(screen.getByText('Reading the past')).toBeTruthy();
  await answerReplay(piece({ from: ago(1_200_000), to: ago(600_000), changes: [] }));
  expect(page()).toBe(`passing past ${ago(860_000)}`);
});

it('is live again at the end of a span that moves, though that end is drawn where it was some seconds ago', async () => {
  await show(ago(60_000));
  await answerReplay(piece());
  const slider = await screen.findByRole('slider', { name: 'Moment shown' });
  await scripted.advance(4_000);
  await act(async () => void fireEvent.keyDown(slider, { key: 'End' }));
  expect(document.querySelector('[data-freshness="past"]')).toBeNull();
});

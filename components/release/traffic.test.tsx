// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { instance, service, serviceBody, splitsBody } from '@/components/live/fixtures/bodies';
import { sendSnapshot } from '@/components/live/fixtures/scripted-core';
import { ScriptedLive } from '@/components/live/fixtures/scripted-live';
import { TextProvider } from '@/components/ui/text-provider';
import { exampleSplit } from '@/lib/release/example-split';
import type { SplitRecord } from '@/lib/release/split-body';
import { Unmeasured } from './fixtures/unmeasured';
import { Traffic } from './traffic';

let scripted: ScriptedLive;
beforeEach(() => {
  vi.stubGlobal('ResizeObserver', Unmeasured);
  scripted = new ScriptedLive();
});
afterEach(() => {
  cleanup();
  scripted.live.core.stop();
});

async function show(versions: Record<string, number>, splits: readonly SplitRecord[] | null): Promise<void> {
  render(<TextProvider initial="en">{scripted.wrapper({ children: <Traffic dc="dc1" name="web" /> })}</TextProvider>);
  await scripted.connect();
  const record = { ...service('dc1/web'), versions };
  const body = serviceBody({ seq: 10 }, record, [instance('dc1/node/web-1')]);
  await scripted.run(() => sendSnapshot(scripted.tab.source, 'service:dc1/web', body));
  if (splits)
    await scripted.run(() => sendSnapshot(scripted.tab.source, 'splits', splitsBody({ seq: 10 }, [...splits])));
}

it('is a line where there is one version, before and after the splits are known', async () => {
  await show({ '1.0.0': 1 }, null);
  const line = 'All traffic goes to 1.0.0, the only version: there is nothing to divide.';
  expect(screen.getByText(line)).toBeTruthy();
  await scripted.run(() => sendSnapshot(scripted.tab.source, 'splits', splitsBody({ seq: 10 }, [])));
  expect(screen.getByText(line)).toBeTruthy();
});

it('holds the place of the slider until what divides the traffic is read', async () => {
  await show({ '1.5.0': 1, '1.4.2': 9 }, null);
  expect(screen.getByText('Reading how traffic is divided')).toBeTruthy();
  const unread = exampleSplit('dc1/web', { mechanisms: [], writeRefusal: 'dc1 does not answer.' });
  await scripted.run(() => sendSnapshot(scripted.tab.source, 'splits', splitsBody({ seq: 10 }, [unread])));
  expect(screen.getByText('dc1 does not answer.')).toBeTruthy();
  expect(screen.queryByRole('slider')).toBeNull();
});

it('is the slider where a split is known, also of a service with one version that declares one', async () => {
  await show({ '1.4.2': 9 }, [exampleSplit('dc1/web')]);
  expect(screen.getByRole('slider').getAttribute('aria-valuenow')).toBe('10');
});

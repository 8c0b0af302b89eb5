// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertsBody } from '@/components/live/fixtures/alerts-body';
import { sendSnapshot } from '@/components/live/fixtures/scripted-core';
import { ScriptedLive } from '@/components/live/fixtures/scripted-live';
import { PastContext } from '@/components/live/past';
import { TextProvider } from '@/components/ui/text-provider';
import type { AlertsBody, Silence } from '@/lib/alerts/alert-body';
import { exampleAlert, exampleRecords } from '@/lib/alerts/example-alerts';
import type { Language } from '@/lib/text/language';
import { OverviewAlerts } from './overview-alerts';
import { SubjectAlerts } from './subject-alerts';

let scripted: ScriptedLive;
beforeEach(() => {
  scripted = new ScriptedLive();
});
afterEach(() => {
  cleanup();
  scripted.live.core.stop();
});

async function show(children: ReactNode, body: Partial<AlertsBody>, language: Language = 'en'): Promise<void> {
  render(
    <NuqsTestingAdapter>
      <TextProvider initial={language}>{scripted.wrapper({ children })}</TextProvider>
    </NuqsTestingAdapter>,
  );
  await scripted.connect();
  await scripted.run(() => sendSnapshot(scripted.tab.source, 'alerts', alertsBody(body)));
}

const items = [...exampleRecords()];
const states = () =>
  [...document.querySelectorAll('[data-alert-state]')].map((line) => line.getAttribute('data-alert-state'));

describe('the alerts on a page of something', () => {
  it('say what is wrong from the evidence, with a strip of slots where it flaps, and lead to the alert', async () => {
    await show(<SubjectAlerts subject={{ kind: 'service', dc: 'dc2', name: 'search' }} />, { items });
    const link = screen.getByRole('link', { name: 'search is flapping' });
    expect(link.getAttribute('href')).toBe('/alerts?alert=Flapping%3Adc2%2Fsearch');
    expect(screen.getByText(/^4 of 6 instances go down and come back about every 40 s/)).toBeTruthy();
    expect(screen.getByRole('img').querySelectorAll('i')).toHaveLength(20);
    expect(screen.getByText('Firing')).toBeTruthy();
  });

  it('name the alert that tells the cause', async () => {
    await show(<SubjectAlerts subject={{ kind: 'service', dc: 'dc1', name: 'api' }} />, { items });
    expect(states()).toEqual(['suppressed']);
    expect(screen.getByRole('link', { name: 'Node n7 is critical' }).getAttribute('href')).toBe(
      '/alerts?alert=NodeCritical%3Adc1%2Fn7',
    );
  });

  it('say who looks after it, and who silenced it until when', async () => {
    const at = '2026-01-15T03:05:00.000Z';
    const acknowledged = { by: 'ines', at, note: 'scaling\u001B[31m up' };
    const silence: Silence = {
      ...{ id: 's1', filter: '', from: at, to: at, reason: 'kernel', by: 'anonymous', createdAt: at, state: 'active' },
      ...{ matches: 1, etag: '"1"' },
    };
    const alert = exampleAlert('noHealthyInstance', { state: 'silenced', acknowledged, silencedBy: ['s1'] });
    const subject = { kind: 'service', dc: 'dc1', name: 'pay' } as const;
    await show(<SubjectAlerts subject={subject} />, { items: [alert], silences: [silence] });
    expect(screen.getByText(/^Acknowledged by ines, .*: scaling␛\[31m up$/)).toBeTruthy();
    expect(screen.getByText(/^Silenced by someone here until .*: kernel$/)).toBeTruthy();
  });

  it('are nothing where there is none, and of the past', async () => {
    await show(<SubjectAlerts subject={{ kind: 'node', dc: 'dc1', name: 'n1' }} />, { items });
    expect(document.body.textContent).toBe('');
    cleanup();
    const past = { atMs: 0, fleet: undefined, recent: [], recentFromMs: 0 };
    const subject = { kind: 'service', dc: 'dc2', name: 'search' } as const;
    render(
      <TextProvider initial="en">
        {scripted.wrapper({
          children: (
            <PastContext value={past}>
              <SubjectAlerts subject={subject} />
            </PastContext>
          ),
        })}
      </TextProvider>,
    );
    expect(document.body.textContent).toBe('');
  });

  it('are hatched where their datacenter is not live', async () => {
    const alert = exampleAlert('flapping', { freshness: 'lost' });
    await show(<SubjectAlerts subject={{ kind: 'service', dc: 'dc2', name: 'search' }} />, { items: [alert] });
    expect(document.querySelector('[data-alert-state]')?.getAttribute('data-freshness')).toBe('lost');
  });

  it('are said in Chinese too', async () => {
    await show(<SubjectAlerts subject={{ kind: 'node', dc: 'dc1', name: 'n7' }} />, { items }, 'zh');
    expect(document.querySelector('li')?.textContent).toMatch(/\p{Script=Han}/u);
    expect(document.body.textContent).not.toMatch(/critical/);
  });
});

describe('the alerts on the overview', () => {
  it('are what fires, the worst first, and beside it how many do not call', async () => {
    await show(<OverviewAlerts />, { items });
    expect(new Set(states())).toEqual(new Set(['firing']));
    expect(screen.getByRole('link', { name: '1 inside of others' })).toBeTruthy();
    expect(screen.getByRole('button', { name: /more$/ })).toBeTruthy();
  });

  it('say that nothing fires in their place', async () => {
    await show(<OverviewAlerts />, { items: [] });
    expect(screen.getByText('Nothing fires')).toBeTruthy();
  });
});

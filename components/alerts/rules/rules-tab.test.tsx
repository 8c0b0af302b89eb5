// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertsBody } from '@/components/live/fixtures/alerts-body';
import { AT } from '@/components/live/fixtures/bodies';
import { sendSnapshot } from '@/components/live/fixtures/scripted-core';
import { ScriptedRequests } from '@/components/live/fixtures/scripted-requests';
import { TextProvider } from '@/components/ui/text-provider';
import type { AlertRulesBody, RulesTrial } from '@/lib/alerts/alert-body';
import { RulesTab } from './rules-tab';

const TEXT = 'rules:\n  - alert: Flapping\n    when: flapping';
const CHANGED = `${TEXT}\n    severity: critical`;
const rules = (over: Partial<AlertRulesBody> = {}): AlertRulesBody => ({
  ...{ text: TEXT, saveRefusal: null, etag: '"1"' },
  state: { source: 'defaults', loadedAt: AT, rules: 12, error: null },
  ...over,
});
const trial: RulesTrial = {
  ...{ from: '2025-12-25T00:00:00.000Z', to: AT, recordedFrom: null, transitions: 4_812, cut: null, cutBy: null },
  rules: [
    { rule: 'Flapping', when: 'flapping', notTried: null, fired: 3, suppressed: 1, firedNow: 5, firingMs: 5_400_000 },
    {
      rule: 'TokenExpiry',
      when: 'token-expiry',
      notTried: 'The record does not hold tokens.',
      fired: 0,
      suppressed: 0,
      firedNow: 0,
      firingMs: 0,
    },
  ],
  items: [
    {
      ...{
        rule: 'Flapping',
        key: 'dc2/search',
        severity: 'critical',
        since: '2025-12-30T00:00:00.000Z',
        suppressed: false,
      },
      ...{ firedAt: '2025-12-30T00:00:00.000Z', resolvedAt: '2025-12-30T01:30:00.000Z', summary: 'search flapped.' },
    },
  ],
};

let requests: ScriptedRequests;
beforeEach(() => {
  requests = new ScriptedRequests();
});
afterEach(() => {
  cleanup();
  requests.scripted.live.core.stop();
});

async function show(body: AlertRulesBody = rules()): Promise<void> {
  render(<TextProvider initial="en">{requests.wrapper({ children: <RulesTab /> })}</TextProvider>);
  await requests.last('GET', '/api/v1/alert-rules').answer(200, body);
}

const editor = () => screen.getByLabelText('The rules as they are written') as HTMLTextAreaElement;
const write = (value: string) => fireEvent.change(editor(), { target: { value } });
const click = (name: string) => act(async () => void fireEvent.click(screen.getByRole('button', { name })));
const isDisabled = (name: string) => screen.getByRole('button', { name }).hasAttribute('disabled');

describe('the rules', () => {
  it('are shown as they are written, with where they come from', async () => {
    await show();
    expect(editor().value).toBe(TEXT);
    expect(screen.getByRole('heading', { name: '12 rules in force' })).toBeTruthy();
    expect(screen.getByText('as shipped with Lictor')).toBeTruthy();
    expect(isDisabled('Save')).toBe(true);
  });

  it('are tried before they are saved, and saved over what they were written over', async () => {
    await show();
    write(CHANGED);
    expect(screen.getByText('1 line changed')).toBeTruthy();
    expect(isDisabled('Save')).toBe(true);
    await click('Try on the last 7 days');
    const asked = requests.last('POST', '/alert-rules/try');
    expect(asked.body).toEqual({ text: CHANGED });
    await asked.answer(200, trial);
    const row = within(screen.getByRole('row', { name: /Flapping/ }));
    expect(row.getAllByRole('cell').map(({ textContent }) => textContent)).toEqual([
      '3',
      '5− 2',
      '1 h 30 min',
      '1',
      '',
    ]);
    expect(row.getByRole('img').getAttribute('aria-label')).toBe('Flapping: 3 times within the span');
    expect(screen.getByText('not tried: the record does not hold when tokens end')).toBeTruthy();
    expect(screen.getByText('search flapped.')).toBeTruthy();
    await click('Save');
    const saved = requests.last('PUT', '/alert-rules');
    expect([saved.body, saved.headers.get('if-match')]).toEqual([{ text: CHANGED }, '"1"']);
    await saved.answer(200, rules({ text: CHANGED, etag: '"2"', state: { ...rules().state, source: 'record' } }));
    expect(screen.getByText('Saved. These rules are in force.')).toBeTruthy();
    expect(screen.getByText('saved on this page')).toBeTruthy();
  });

  it('that were changed after they were tried are tried again first', async () => {
    await show();
    write(CHANGED);
    await click('Try on the last 7 days');
    await requests.last('POST', '/alert-rules/try').answer(200, trial);
    write(`${CHANGED} `);
    expect(isDisabled('Save')).toBe(true);
    expect(screen.getByText(/these are results of what stood there before/)).toBeTruthy();
  });

  it('that cannot be read are refused with line and reason, and the line is marked until the text is another', async () => {
    await show();
    write('rules: [');
    await click('Try on the last 7 days');
    const problem = { type: 'urn:lictor:problem:invalid-rules', title: 'No rules', detail: 'Line 1: no end.' };
    await requests
      .last('POST', '/alert-rules/try')
      .answer(422, { ...problem, line: 1, reason: 'The list has no end.' });
    expect(screen.getByText(/^Line 1: The list has no end\. These rules cannot be read\./)).toBeTruthy();
    expect(editor().getAttribute('aria-invalid')).toBe('true');
    expect(isDisabled('Save')).toBe(true);
    write('rules: []');
    expect(editor().getAttribute('aria-invalid')).toBe('false');
  });

  it('can be saved untried where the record cannot be read', async () => {
    await show();
    write(CHANGED);
    await click('Try on the last 7 days');
    const problem = { type: 'urn:lictor:problem:history-unavailable', title: 'No past', detail: 'The disk is away.' };
    await requests.last('POST', '/alert-rules/try').answer(503, problem);
    expect(screen.getByText('It could not be tried: The disk is away.')).toBeTruthy();
    expect(isDisabled('Save')).toBe(false);
  });

  it('that somebody else saved meanwhile are not overwritten unseen', async () => {
    await show();
    write(CHANGED);
    await click('Try on the last 7 days');
    await requests.last('POST', '/alert-rules/try').answer(200, trial);
    await requests.scripted.connect();
    const { source } = requests.scripted.tab;
    await requests.scripted.run(() => sendSnapshot(source, 'alerts', alertsBody()));
    await requests.scripted.advance(200);
    await requests.last('GET', '/api/v1/alert-rules').answer(200, rules({ text: 'theirs', etag: '"9"' }));
    expect(screen.getByText(/Somebody else saved other rules meanwhile/)).toBeTruthy();
    expect(editor().value).toBe(CHANGED);
    expect(isDisabled('Save')).toBe(true);
    await click('Go on with mine');
    await click('Save');
    expect(requests.last('PUT', '/alert-rules').headers.get('if-match')).toBe('"9"');
  });

  it('of a file are copied instead of saved, and an error of it is told with its line', async () => {
    const error = { line: 7, reason: 'for is no duration.', at: AT };
    const state = { ...rules().state, source: '/etc/lictor/rules.yaml', error };
    await show(rules({ state, saveRefusal: 'The rules are in /etc/lictor/rules.yaml: change them there.' }));
    expect(screen.getByText('from the file /etc/lictor/rules.yaml')).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toContain('Line 7: for is no duration.');
    expect(screen.getByText('The rules are in /etc/lictor/rules.yaml: change them there.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
    await click('Copy the text');
    expect(screen.getByText(/does not let this page copy/)).toBeTruthy();
  });

  it('that are being written outlive a look at another page', async () => {
    await show();
    write(CHANGED);
    cleanup();
    render(<TextProvider initial="zh">{requests.wrapper({ children: <RulesTab /> })}</TextProvider>);
    expect((screen.getByLabelText('规则原文') as HTMLTextAreaElement).value).toBe(CHANGED);
  });
});

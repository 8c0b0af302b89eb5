import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import type { AlertRecord } from '@/lib/alerts/alert-body';
import { alertAnnotations, alertLabels } from '@/lib/alerts/alert-labels';
import { exampleRecords } from '@/lib/alerts/example-alerts';
import { alertRuleSchema } from '@/lib/alerts/rule';
import { RuleEvaluator } from '@/lib/alerts/rules/rule-evaluator';
import { widestSlotMs } from '@/lib/alerts/rules/rule-set';
import { defaultFlapSettings, flapSettingsBy } from '@/lib/flapping/flap-settings';
import { DEFAULT_RULES } from './default-rules';
import { defaultRuleSet, readRules } from './read-rules';
import { parseRuleDuration, ruleDurationText } from './rule-duration';

const setOf = (text: string) => {
  const reading = readRules(text);
  if (!reading.ok) throw new Error(`${reading.line}: ${reading.reason}`);
  return reading.set;
};

it('reads the defaults as any text, and each of their rules is one', () => {
  expect(setOf(DEFAULT_RULES)).toEqual(defaultRuleSet());
  const { rules, flapping } = defaultRuleSet();
  expect(rules.map(({ when }) => when)).toHaveLength(12);
  for (const rule of rules) expect(alertRuleSchema.parse(rule)).toEqual(rule);
  expect(() => new RuleEvaluator(rules)).not.toThrow();
  expect(flapping).toEqual({ defaults: defaultFlapSettings, services: [] });
});

it('takes the default rules where a text has none, and none where it says so', () => {
  expect(setOf('')).toEqual(defaultRuleSet());
  expect(setOf('flapping: {defaults: {settle: 2m}}').rules).toEqual(defaultRuleSet().rules);
  expect(setOf('rules: []').rules).toEqual([]);
});

it('reads every key of a rule', () => {
  const text = `
rules:
  - alert: Pay
    when: service-critical-share
    above: 33.3
    at_least: 2
    severity: critical
    for: 1h30m
    keep_firing_for: 0
    where: 'tag:pay not name:"batch job"'
    labels: {team: pay}
    annotations: {runbook: 'https://wiki.example.org/pay'}
  - {alert: Token, when: token-expiry, within: 1w}
`;
  expect(setOf(text).rules).toEqual([
    {
      ...{ alert: 'Pay', when: 'service-critical-share', above: 33.3, at_least: 2, severity: 'critical' },
      ...{ for: 5_400_000, keep_firing_for: 0, where: 'tag:pay not name:"batch job"', labels: { team: 'pay' } },
      annotations: { runbook: 'https://wiki.example.org/pay' },
    },
    {
      ...{ alert: 'Token', when: 'token-expiry', within: 604_800_000, severity: 'warning', for: 0, keep_firing_for: 0 },
      ...{ where: '', labels: {}, annotations: {} },
    },
  ]);
});

it('sets flapping for all and for some services, each on what stands above it', () => {
  const { flapping } = setOf(`
flapping:
  defaults:
    scales: [{slot: 10s}, {slot: 10m, begins_above: 50, ends_below: 40, least_recoveries: 3}]
    repeats: {recoveries: 4}
  services:
    - service: batch-*
      settle: 10m
    - service: web
      repeats: {most_medians: 2}
      scales: [{slot: 15m}]
`);
  const settingsOf = flapSettingsBy(flapping.services, flapping.defaults);
  const fast = { slotMs: 10_000, beginsAbove: 30, endsBelow: 25, leastRecoveries: 5 };
  const slow = { slotMs: 600_000, beginsAbove: 50, endsBelow: 40, leastRecoveries: 3 };
  const defaults = {
    scales: [fast, slow],
    repeats: { recoveries: 4, leastSpanMs: 180_000, mostMedians: 4 },
    settleMs: 60_000,
  };
  expect(settingsOf(null)).toEqual(defaults);
  expect(settingsOf('batch-7')).toEqual({ ...defaults, settleMs: 600_000 });
  expect(settingsOf('web')).toMatchObject({ repeats: { recoveries: 4, mostMedians: 2 }, settleMs: 60_000 });
  expect(settingsOf('web').scales).toEqual([{ ...fast, slotMs: 900_000 }]);
  expect(widestSlotMs(flapping)).toBe(900_000);
});

const rule = (lines: string) => `rules:\n  - alert: A\n    when: few-healthy\n    least: 1\n${lines}`;

test.each([
  ['no YAML', 'rules:\n  - alert: "A\n', 3, /not YAML/],
  ['a tab', 'rules:\n\t- alert: A', 2, /not YAML/],
  ['two documents', 'rules: []\n---\nrules: []', 2, /not YAML/],
  ['no map', '- alert: A', 1, /The file has none of the keys/],
  ['an unknown key of the file', 'rules: []\ngroups: []', 2, /The file has no key "groups"/],
  ['an unknown key of a rule', rule('    expr: up == 0'), 5, /rules\[0\] has no key "expr"/],
  ['a key of another kind of rule', rule('    within: 3d'), 5, /rules\[0\] has no key "within"/],
  ['a key that stands twice', rule('    least: 2'), 5, /"least" stands here twice/],
  ['a rule without a kind', 'rules:\n  - alert: A\n', 2, /rules\[0\]\.when is missing/],
  [
    'an unknown kind',
    'rules:\n  - alert: A\n    when: expr',
    3,
    /rules\[0\]\.when must be one of flapping, .*watchdog/,
  ],
  ['a rule without a name', 'rules:\n  - when: watchdog', 2, /rules\[0\]\.alert is missing/],
  ['a missing number', 'rules:\n  - alert: A\n    when: few-healthy\n', 2, /rules\[0\]\.least is missing/],
  ['a name that is none', 'rules:\n  - alert: a:b\n    when: watchdog', 2, /rules\[0\]\.alert is no name/],
  ['a duration without a unit', rule('    for: 30'), 5, /rules\[0\]\.for is no duration/],
  ['a duration that is too long', rule('    for: 32d'), 5, /rules\[0\]\.for must be from 0 to 4w3d/],
  ['a severity', rule('    severity: page'), 5, /one of critical, warning, info/],
  ['a label that is no text', rule('    labels:\n      team: 5'), 6, /rules\[0\]\.labels\.team is no text/],
  [
    'a label that is Lictor\u2019s',
    rule('    labels:\n      a: b\n      dc: x'),
    7,
    /labels\.dc is a name that Lictor/,
  ],
  ['a label that is no name', rule('    labels:\n      a-b: x'), 6, /labels\.a-b is no name of a label/],
  ['a filter', rule('    where: "status:"'), 5, /filter of A cannot be read: .* at character 8/],
  ['a filter by age', rule('    where: since:>1h'), 5, /Services have no .since/i],
  ['a filter of a datacenter', 'rules:\n- {alert: A, when: no-leader,\n   where: name:x}', 3, /can ask for dc alone/],
  ['a filter where nothing is chosen', 'rules:\n- alert: A\n  when: watchdog\n  where: dc:x', 4, /no key "where"/],
  ['a name that stands twice', 'rules:\n- {alert: A, when: watchdog}\n- {alert: A, when: no-leader}', 3, /called A/],
  ['an alias', 'a: &a [1]\nrules: *a', 2, /Aliases/],
  ['a merge', 'a: &a {alert: A}\nrules:\n  - <<: *a', 3, /Aliases/],
  ['a tag', 'rules: !!set {}', 1, /Tags/],
  ['a foreign tag', 'rules:\n  - !!js/function "x"', 2, /Tags/],
  ['a key that is a list', '? [a]\n: b', 1, /A key must be a text/],
  ['__proto__', 'rules: []\n__proto__: {}', 2, /no key "__proto__"/],
  [
    'a scale that ends as it begins',
    'flapping:\n  defaults:\n    scales:\n      - slot: 30s\n        ends_below: 40',
    5,
    /less than begins_above/,
  ],
  ['scales in no order', 'flapping:\n  defaults:\n    scales: [{slot: 5m}, {slot: 30s}]', 3, /fastest scale first/],
  ['no scale', 'flapping: {defaults: {scales: []}}', 1, /one scale at least/],
  ['a slot that is too short', 'flapping: {defaults: {scales: [{slot: 10ms}]}}', 1, /from 1s to 1h/],
] as const)('tells the line and the reason: %s', (_, text, line, reason) => {
  expect(readRules(text)).toEqual({ ok: false, line, reason: expect.stringMatching(reason) });
});

it('refuses labels and annotations that would be left out where an alert is sent', () => {
  const given = (record: AlertRecord) => [
    ...Object.keys(alertLabels(record, {})).map((name) => `labels: {${name}: x}`),
    ...Object.keys(alertAnnotations(record, {}))
      .filter((name) => name !== 'summary')
      .map((name) => `annotations: {${name}: x}`),
  ];
  const lines = new Set(exampleRecords().flatMap(given));
  expect(lines.size).toBeGreaterThan(6);
  for (const line of lines) expect(readRules(rule(`    ${line}`)), line).toMatchObject({ ok: false, line: 5 });
  expect(setOf(rule('    annotations: {summary: Mine}')).rules[0]?.annotations).toEqual({ summary: 'Mine' });
});

test.each([
  ['more than 200,000 bytes', `# ${'x'.repeat(200_000)}`, /longer than/],
  ['more than 200 rules', `rules: [${'{alert: A, when: watchdog},'.repeat(201)}]`, /200 rules at most/],
  ['levels without end', '['.repeat(150_000), /nested too deeply|not YAML/],
  ['maps without end', '{a: '.repeat(40_000), /nested too deeply|not YAML/],
  ['lists in lists on lines', Array.from({ length: 600 }, (_, at) => `${' '.repeat(at)}- `).join('\n'), /./],
  ['keys without end', Array.from({ length: 10_000 }, (_, at) => `k${at}:`).join('\n'), /no key|more than/],
  ['parts without end', `rules: [${'1,'.repeat(60_000)}]`, /more than/],
  [
    'labels that are none',
    rule(`    labels: {${Array.from({ length: 9_000 }, (_, at) => `${at}-: x`).join()}}`),
    /no name/,
  ],
  [
    'labels without end',
    rule(`    labels: {${Array.from({ length: 9_000 }, (_, at) => `l${at}: x`).join()}}`),
    /at most/,
  ],
] as const)('refuses what is too much: %s', (_, text, reason) => {
  expect(readRules(text)).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
});

it('reads any text or tells why not, with a line that the text has', () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      'rules:\n',
      '  - ',
      'alert: A\n',
      '    when: ',
      'flapping',
      'no-leader\n',
      '&a ',
      '*a',
      '!t ',
      '? ',
      '{',
      '[',
      '\n',
      ': ',
      '"',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join('');
      const reading = readRules(text);
      if (reading.ok) return;
      expect(reading.reason).toMatch(/[.!?]$/);
      if (reading.line !== null) {
        expect(reading.line).toBeGreaterThan(0);
        expect(reading.line).toBeLessThanOrEqual(text.split(/\r\n|\n|\r/).length);
      }
    }),
    { numRuns: 500 },
  );
});

it('reads durations as Prometheus writes them', () => {
  expect(['30s', '1h30m', '2w', '500ms', '1d12h', '0'].map(parseRuleDuration)).toEqual([
    30_000, 5_400_000, 1_209_600_000, 500, 129_600_000, 0,
  ]);
  for (const none of ['', '5', '1.5h', '30m1h', '-1s', '1 h', '1S', '0.5s'])
    expect(parseRuleDuration(none), none).toBeNull();
  fc.assert(
    fc.property(fc.nat(), (ms) => {
      expect(parseRuleDuration(ruleDurationText(ms))).toBe(ms);
    }),
  );
});

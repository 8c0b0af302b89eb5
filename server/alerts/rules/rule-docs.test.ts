import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { chosenBy } from '@/lib/alerts/rules/rule-subjects';
import { defaultRuleSet, readRules } from './read-rules';

const page = readFileSync('docs/alert-rules.md', 'utf8');
const examples = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text]) => text ?? '');

it('documents rules by examples that can be used', () => {
  expect(examples.length).toBeGreaterThanOrEqual(3);
  for (const text of examples) expect(readRules(text)).toMatchObject({ ok: true });
});

it('documents every kind of rule, and every default', () => {
  for (const kind of Object.keys(chosenBy)) expect(page).toContain(`| \`${kind}\``);
  for (const { alert } of defaultRuleSet().rules) expect(page).toContain(`| \`${alert}\``);
});

import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { putInstance } from '@/e2e/harness/catalog';
import { Stage } from '@/e2e/harness/stage';
import { Supervisor } from '@/e2e/world/supervised';
import { Prometheus } from '@/e2e/world/traffic/prometheus';
import { until } from '@/e2e/world/until';
import { severities } from '@/lib/alerts/alert-body';
import { projectPath } from '@/scripts/launcher/project.mjs';
import { findPromtool } from '@/scripts/launcher/prometheus.mjs';
import { announcedNames, askedSeries, type ExposedSeries, exposedSeries, groupingLabels } from './exposed-series';

const RULES = projectPath('docs/prometheus/lictor-alerts.yml');
const RULE_TESTS = projectPath('docs/prometheus/lictor-alerts.test.yml');
const DASHBOARD = projectPath('docs/grafana/lictor-dashboard.json');
const METRICS_PAGE = projectPath('docs/metrics.md');

/** Their first series comes with the first plan. */
const NOT_YET = new Set(['lictor_plans_total', 'lictor_plan_apply_seconds_bucket']);
/** What Prometheus adds to each series that it reads. */
const ADDED = new Set(['job', 'instance']);

const panelSchema = z.object({
  id: z.int(),
  type: z.string(),
  title: z.string(),
  gridPos: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
  datasource: z.object({ type: z.literal('prometheus'), uid: z.literal('$datasource') }).optional(),
  targets: z.array(z.object({ expr: z.string(), datasource: z.object({ uid: z.literal('$datasource') }) })).default([]),
});
const dashboard = z
  .object({
    uid: z.string(),
    schemaVersion: z.int().min(36),
    panels: z.array(panelSchema),
    templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string(), query: z.unknown() })) }),
  })
  .parse(JSON.parse(readFileSync(DASHBOARD, 'utf8')));
const ruleFile = z
  .object({ groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })) })
  .parse(parse(readFileSync(RULES, 'utf8')));
const rules = ruleFile.groups.flatMap((group) => group.rules);

const stage = new Stage();
let exposed: ExposedSeries;
/** Lictor's own. */
let announced: string[];
let prometheus: Prometheus;

beforeAll(async () => {
  const world = await stage.bareWorld(1);
  await putInstance(world.consul('dc1'), { node: 'edge', service: 'web' });
  const config = `${world.folder}/lictor.json`;
  const port = await world.takePort();
  // Nothing listens there, which is what these series are for.
  const webhooks = [{ name: 'chat', url: `http://127.0.0.1:${port}/` }];
  writeFileSync(config, JSON.stringify({ alerts: { webhooks, webhookAllow: ['127.0.0.1'] } }));
  const lictor = await stage.lictor(world.consul('dc1').address, {
    LICTOR_CONFIG: config,
    LICTOR_ALERTMANAGER_URL: `http://127.0.0.1:${port}`,
  });
  await lictor.synced();
  await until('a sample of each series', async () => {
    const text = await (await fetch(`${lictor.url}/metrics`)).text();
    exposed = exposedSeries(text);
    announced = announcedNames(text).filter((name) => name.startsWith('lictor_'));
    const missing = announced.filter((name) => !exposed.has(name) && !NOT_YET.has(name));
    if (missing.length > 0) throw new Error(`there is none of ${missing.join(', ')}`);
    return true;
  });
  const supervisor = new Supervisor();
  stage.atEnd(() => supervisor.end());
  prometheus = new Prometheus(supervisor, await world.takePort());
  await prometheus.start([{ job: 'lictor', port: Number(new URL(lictor.url).port), labels: {} }]);
});

afterAll(() => stage.clear());

test('promtool takes the rules of Prometheus, and each fires when it should and not otherwise', async () => {
  const promtool = findPromtool();
  if (promtool === null) throw new Error('promtool is not installed: it comes with Prometheus, which `npm test` gets.');
  const run = promisify(execFile);
  const checked = await run(promtool.command, ['check', 'rules', '--lint-fatal', RULES]);
  expect(checked.stdout).toContain(`SUCCESS: ${rules.length} rules found`);
  const tested = await run(promtool.command, ['test', 'rules', RULE_TESTS]);
  expect(tested.stdout).toContain('SUCCESS');
  const told = readFileSync(RULE_TESTS, 'utf8');
  // Each both ways.
  for (const { alert } of rules) {
    expect(told).toMatch(new RegExp(`alertname: ${alert}, exp_alerts: \\[\\]`));
    expect(told).toMatch(new RegExp(`alertname: ${alert}\n\\s+exp_alerts:\n`));
  }
});

test('what the rules and the dashboard ask for is what Lictor exposes, by name, label and value', () => {
  const queries = [...rules.map(({ expr }) => expr), ...dashboard.panels.flatMap(expressions)];
  expect(queries.length).toBeGreaterThan(40);
  for (const query of queries) {
    const asked = askedSeries(query);
    expect(asked, query).not.toEqual([]);
    const labels = new Set(['le', ...ADDED]);
    for (const { name, matchers } of asked) {
      if (name === 'up') continue;
      if (NOT_YET.has(name)) {
        expect(announced).toContain(name);
        labels.add('mechanism').add('outcome');
        continue;
      }
      const series = exposed.get(name);
      expect(series, `${name} in ${query}`).toBeDefined();
      for (const label of series?.keys() ?? []) labels.add(label);
      for (const { label, values } of matchers) {
        if (ADDED.has(label)) continue;
        expect([...(series?.keys() ?? [])], `${label} of ${name}`).toContain(label);
        const known = label === 'severity' ? new Set<string>(severities) : series?.get(label);
        for (const value of values.filter((one) => !one.startsWith('$'))) {
          expect([...(known ?? [])], `${label} of ${name}`).toContain(value);
        }
      }
    }
    for (const label of groupingLabels(query)) expect([...labels], query).toContain(label);
  }
});

test('every query of the dashboard finds something at a real Prometheus that reads a real Lictor', async () => {
  const results = async (query: string) => {
    const concrete = query.replaceAll('$__rate_interval', '10s').replaceAll(/\$(?:job|instance|dc)\b/g, '.*');
    const answer = await fetch(`${prometheus.address}/api/v1/query?query=${encodeURIComponent(concrete)}`);
    const { data, error } = (await answer.json()) as { data?: { result: unknown[] }; error?: string };
    if (!data) throw new Error(`${concrete}: ${error}`);
    return data.result.length;
  };
  for (const query of dashboard.panels.flatMap(expressions)) {
    if (askedSeries(query).some(({ name }) => NOT_YET.has(name))) expect(await results(query)).toBe(0);
    else await until(`an answer to ${query}`, async () => (await results(query)) > 0);
  }
});

test('the dashboard asks whichever Prometheus is chosen, and no panel lies on another', () => {
  expect(dashboard.templating.list[0]).toMatchObject({ name: 'datasource', type: 'datasource', query: 'prometheus' });
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  const taken = new Set<string>();
  for (const { title, type, datasource, targets, gridPos } of dashboard.panels) {
    if (type !== 'row') expect([datasource, targets.length], title).not.toContain(undefined);
    if (type !== 'row') expect(targets.length, title).toBeGreaterThan(0);
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
        expect(x, title).toBeLessThan(24);
        expect(taken.has(`${x} ${y}`), title).toBe(false);
        taken.add(`${x} ${y}`);
      }
    }
  }
});

test('the page of metrics names each series with its labels, and none that is not there', () => {
  const page = readFileSync(METRICS_PAGE, 'utf8');
  const told = new Map(
    [...page.matchAll(/^\| `(lictor_\w+)(?:\{([^}]*)\})?` \|/gm)].map(([, name = '', labels = '']) => [
      name,
      labels.split(',').filter((label) => label !== ''),
    ]),
  );
  expect([...told.keys()].sort()).toEqual(announced.map((name) => name.replace(/_bucket$/, '')).sort());
  for (const name of announced.filter((one) => !NOT_YET.has(one))) {
    expect(told.get(name)?.toSorted(), name).toEqual([...(exposed.get(name)?.keys() ?? [])].sort());
  }
});

function expressions({ targets }: (typeof dashboard.panels)[number]): string[] {
  return targets.map(({ expr }) => expr);
}

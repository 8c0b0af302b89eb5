import { afterAll, describe, expect, test } from 'vitest';
import { StorePlaces } from '@/e2e/history/store-places';
import { seededRandom } from '@/e2e/world/random';
import { RecordedStory } from '@/lib/alerts/trial/example-story';
import { RulesTrialFold } from '@/lib/alerts/trial/rules-trial';
import { defaultRuleSet, readRules } from '@/server/alerts/rules/read-rules';
import { RulesTrials } from '@/server/alerts/rules/try-rules';
import type { RecordPlace } from '@/server/config/history-settings';
import { LastingReader } from '@/server/history/store/lasting-reader';
import { LastingWriter } from '@/server/history/store/lasting-writer';

const places = new StorePlaces();
const open: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const one of open) await one.close();
  await places.clear();
});

const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 28, 12);
const FROM = START + 6 * HOUR;
const END = START + 72 * HOUR;

const reading = readRules(`
rules:
  - { alert: InstanceCritical, when: instance-critical, for: 20s }
  - { alert: NoHealthyInstance, when: few-healthy, least: 2, where: 'not name:s1', for: 1m }
  - { alert: NodeCritical, when: node-critical }
  - { alert: Flapping, when: flapping, keep_firing_for: 5m }
  - { alert: DatacenterLost, when: datacenter-lost }
`);
const tried = reading.ok ? reading.set : null;

/** Twelve services on four nodes for three days: falls and recoveries, lost nodes, one instance that flaps, and half an hour that nobody watched. */
function stormyStory() {
  const random = seededRandom(7);
  const story = new RecordedStory();
  const pick = (count: number) => Math.floor(random() * count);
  for (let node = 0; node < 4; node += 1) story.node(START, `n${node}`, 'passing');
  const flip = (atMs: number, service: number, instance: number, isDown: boolean) =>
    story.instance(atMs, `s${service}`, `n${instance % 4}`, `s${service}-${instance}`, isDown ? 'critical' : 'passing');
  for (let of = 0; of < 36; of += 1) flip(START, of % 12, of % 3, false);
  let past = story.past;
  let isPast = false;
  for (let atMs = START + 60_000; atMs < END - HOUR; atMs += 1_000 + pick(120_000)) {
    if (!isPast && atMs > FROM) {
      past = story.past;
      isPast = true;
    }
    if (random() < 0.03) {
      const node = pick(4);
      story.node(atMs, `n${node}`, story.nodes.get(`n${node}`)?.status === 'critical' ? 'passing' : 'critical');
    } else flip(atMs, pick(12), pick(3), random() < 0.3);
    if (atMs < START + 30 * HOUR || atMs > START + 31 * HOUR) continue;
    flip(atMs + 300, 3, 1, true);
    flip(atMs + 800, 3, 1, false);
  }
  story.datacenter(END - HOUR + 1_000_000, 'lost');
  story.datacenter(END - HOUR + 1_600_000, 'live');
  story.gap(END - HOUR + 990_000, END - HOUR + 1_601_000);
  return { story, past };
}

describe.each(['sqlite', 'postgres'] as const)('rules tried over a record in %s', (kind) => {
  test('would have done what the story itself says, however it is paged', async () => {
    if (!tried) throw new Error('The rules of this test cannot be read.');
    const { story, past } = stormyStory();
    const place = await places.empty(kind);
    await write(place, story);
    const reader = new LastingReader(place);
    open.push(reader);

    const fold = new RulesTrialFold({ tried, inForce: defaultRuleSet(), fromMs: FROM, past: [past], gaps: story.gaps });
    Array.from(fold.begin());
    for (const transition of story.transitions) if (transition.observedAtMs > FROM) fold.take(transition);
    const expected = fold.end(END);
    expect(expected.rules.map(({ fired }) => fired > 0)).toEqual([true, true, true, true, true]);

    for (const page of [100, 5_000]) {
      const trials = new RulesTrials({ record: reader, nowMs: () => END, page });
      const trial = await trials.try({ tried, inForce: defaultRuleSet(), fromMs: FROM, toMs: null });
      expect(trial).toMatchObject({ from: new Date(FROM).toISOString(), cut: null, recordedFrom: null });
      expect(trial.rules).toEqual(expected.rules);
      expect(trial.items).toEqual(expected.items);
    }
  });
});

async function write(place: RecordPlace, { transitions, gaps }: RecordedStory): Promise<void> {
  const writer = new LastingWriter(place, () => {});
  open.push(writer);
  await writer.takePen('test');
  for (let at = 0; at < transitions.length; at += 1_000) {
    const some = transitions.slice(at, at + 1_000).map(({ id: _, ...transition }) => transition);
    await writer.append({ transitions: some, gaps: [], aliveMs: some.at(-1)?.observedAtMs ?? START });
  }
  const ends = gaps.flatMap(({ dc, fromMs, toMs, reason }) => [
    { op: 'begin' as const, dc, atMs: fromMs, reason },
    { op: 'end' as const, dc, atMs: toMs ?? END, reason: '' },
  ]);
  await writer.append({ transitions: [], gaps: ends, aliveMs: END });
}

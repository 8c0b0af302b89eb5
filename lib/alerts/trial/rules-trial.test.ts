import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AlertBook } from '@/lib/alerts/alert-book';
import type { AlertBookChanges } from '@/lib/alerts/alert-book-parts';
import { alertId } from '@/lib/alerts/alert-id';
import { scopeOf } from '@/lib/alerts/condition';
import type { ServiceFacts } from '@/lib/alerts/facts';
import { exampleDatacenterFacts, exampleRule } from '@/lib/alerts/rules/example-facts';
import { RuleEvaluator } from '@/lib/alerts/rules/rule-evaluator';
import type { RuleSet } from '@/lib/alerts/rules/rule-set';
import { defaultFlapSettings } from '@/lib/flapping/flap-settings';
import { nodeKey, serviceKey } from '@/lib/fleet/keys';
import type { FreshnessState, Status } from '@/lib/fleet/model';
import type { RecordedInstance } from '@/lib/history/recorded';
import { RecordedStory, STORY_DC } from './example-story';
import { RulesTrialFold } from './rules-trial';

const START_MS = Date.parse('2026-01-15T00:00:00.000Z');
const at = (s: number): number => START_MS + s * 1_000;
const iso = (s: number): string => new Date(at(s)).toISOString();
const setOf = (...rules: RuleSet['rules']): RuleSet => ({
  rules,
  flapping: { defaults: defaultFlapSettings, services: [] },
});

const none = setOf();
const critical = exampleRule({ alert: 'Critical', when: 'instance-critical', for: 60_000, keep_firing_for: 30_000 });
const few = exampleRule({ alert: 'Few', when: 'few-healthy', least: 1, for: 20_000 });
const node = exampleRule({ alert: 'Node', when: 'node-critical', for: 10_000 });
const share = exampleRule({ alert: 'Share', when: 'datacenter-critical-share', above: 50, at_least: 2, for: 5_000 });
const lost = exampleRule({ alert: 'Lost', when: 'datacenter-lost', for: 15_000 });
const flapping = exampleRule({ alert: 'Flaps', when: 'flapping', keep_firing_for: 300_000 });

function tryOver(story: RecordedStory, past: RecordedStory['past'], tried: RuleSet, inForce: RuleSet, toS: number) {
  const fold = new RulesTrialFold({ tried, inForce, fromMs: START_MS, past: [past], gaps: story.gaps });
  Array.from(fold.begin());
  for (const transition of story.transitions) fold.take(transition);
  return fold.end(at(toS));
}

/** Two instances of `web` and one of `api`, all well. */
function calmStory(): RecordedStory {
  const story = new RecordedStory();
  for (const name of ['a', 'b']) story.node(at(-9), name, 'passing');
  story.instance(at(-9), 'web', 'a', 'web-1', 'passing');
  story.instance(at(-9), 'web', 'b', 'web-2', 'passing');
  story.instance(at(-9), 'api', 'a', 'api-1', 'passing');
  story.forget();
  return story;
}

it('tells what would have fired, since when and for how long, beside what fires by the rules in force', () => {
  const story = calmStory();
  const past = story.past;
  story.instance(at(100), 'web', 'a', 'web-1', 'critical');
  story.instance(at(150), 'web', 'a', 'web-1', 'passing');
  story.instance(at(1_000), 'web', 'a', 'web-1', 'critical');
  story.instance(at(1_100), 'web', 'a', 'web-1', 'passing');
  const patient = { ...critical, for: 600_000 };
  const { rules, items } = tryOver(story, past, setOf(critical, few), setOf(patient), 2_000);
  expect(rules).toEqual([
    {
      rule: 'Critical',
      when: 'instance-critical',
      notTried: null,
      fired: 1,
      suppressed: 0,
      firedNow: 0,
      firingMs: 70_000,
    },
    { rule: 'Few', when: 'few-healthy', notTried: null, fired: 0, suppressed: 0, firedNow: 0, firingMs: 0 },
  ]);
  expect(items).toMatchObject([
    {
      rule: 'Critical',
      key: 'dc1/web',
      since: iso(1_000),
      firedAt: iso(1_060),
      resolvedAt: iso(1_130),
      suppressed: false,
    },
  ]);
  expect(items[0]?.summary).toContain('web-1');
});

it('finds what flaps by the settings that are tried, and not by those in force', () => {
  const story = calmStory();
  const past = story.past;
  for (let n = 0; n < 12; n += 1) {
    story.instance(at(300 + n * 40), 'web', 'a', 'web-1', 'critical');
    story.instance(at(320 + n * 40), 'web', 'a', 'web-1', 'passing');
  }
  const deaf: RuleSet = {
    rules: [flapping],
    flapping: {
      defaults: defaultFlapSettings,
      services: [
        {
          service: 'w*',
          settings: {
            scales: [{ slotMs: 30_000, beginsAbove: 98, endsBelow: 97, leastRecoveries: 20 }],
            repeats: { ...defaultFlapSettings.repeats, recoveries: 20 },
          },
        },
      ],
    },
  };
  const { rules, items } = tryOver(story, past, setOf(flapping), deaf, 10_000);
  expect(rules).toMatchObject([{ rule: 'Flaps', fired: 1, firedNow: 0 }]);
  expect(items[0]).toMatchObject({ key: 'dc1/web', suppressed: false });
  expect(items[0]?.summary).toContain('40 s');
  expect(items[0]?.resolvedAt).not.toBeNull();
});

it('lets flap on what flapped as a gap began, and end once it was watched again and calm', () => {
  const story = calmStory();
  const past = story.past;
  for (let n = 0; n < 12; n += 1) {
    story.instance(at(300 + n * 40), 'web', 'a', 'web-1', 'critical');
    story.instance(at(320 + n * 40), 'web', 'a', 'web-1', 'passing');
  }
  const week = 604_800;
  story.gap(at(800), at(week));
  const { items } = tryOver(story, past, setOf(flapping), none, week + 10_000);
  expect(items).toHaveLength(1);
  expect(Date.parse(items[0]?.resolvedAt ?? '')).toBeGreaterThan(at(week));
});

it('tells one cause once, and ripens nothing that nobody watched', () => {
  const story = calmStory();
  const past = story.past;
  story.node(at(100), 'a', 'critical');
  story.instance(at(100), 'api', 'a', 'api-1', 'critical');
  story.instance(at(200), 'api', 'a', 'api-1', 'passing');
  story.node(at(200), 'a', 'passing');
  // 15 s of the 60 that it must be critical are watched.
  story.instance(at(1_000), 'web', 'b', 'web-2', 'critical');
  story.gap(at(1_015), at(2_000));
  story.instance(at(2_001), 'web', 'b', 'web-2', 'passing');
  const { rules } = tryOver(story, past, setOf(critical, few, node), none, 3_000);
  expect(rules).toMatchObject([
    { rule: 'Critical', fired: 0, suppressed: 1 },
    { rule: 'Few', fired: 0, suppressed: 1 },
    { rule: 'Node', fired: 1, suppressed: 0 },
  ]);
});

it('says of what the record does not hold that it was not tried', () => {
  const leaderless = exampleRule({ alert: 'NoLeader', when: 'no-leader' });
  const mass = exampleRule({ alert: 'Mass', when: 'mass-disappearance' });
  const watchdog = exampleRule({ alert: 'Watchdog', when: 'watchdog' });
  const { rules } = tryOver(calmStory(), calmStory().past, setOf(leaderless, mass, watchdog, few), none, 100);
  expect(rules.map(({ notTried }) => notTried !== null)).toEqual([true, true, true, false]);
});

it('counts what held at the beginning as begun there, and what still fires as firing until the end', () => {
  const story = new RecordedStory();
  story.instance(at(-500), 'web', 'a', 'web-1', 'critical');
  story.forget();
  const { rules, items } = tryOver(story, story.past, setOf(critical), none, 1_000);
  expect(rules).toMatchObject([{ fired: 1, firingMs: 940_000 }]);
  expect(items).toMatchObject([{ since: iso(-500), firedAt: iso(60), resolvedAt: null }]);
});

it('takes a clock that was set for no time that passed', () => {
  const story = calmStory();
  const past = story.past;
  story.instance(at(100), 'web', 'a', 'web-1', 'critical');
  const hourMs = 3_600_000;
  story.transitions.push({
    ...{
      id: 99,
      subject: { kind: 'lictor', key: 'r', dc: '', service: null, node: null },
      kind: 'clock-set',
      item: null,
    },
    ...{
      from: null,
      to: String(hourMs),
      observedAtMs: at(110) + hourMs,
      index: null,
      merged: false,
      unwatchedFromMs: null,
    },
  });
  story.instance(at(120) + hourMs, 'web', 'a', 'web-1', 'passing');
  expect(tryOver(story, past, setOf(critical), none, 5_000).rules).toMatchObject([{ fired: 0 }]);
});

const rules = [critical, few, node, share, lost];
const step = fc.record({
  afterS: fc.integer({ min: 0, max: 70 }),
  what: fc.oneof(
    { weight: 6, arbitrary: fc.constant('instance' as const) },
    { weight: 2, arbitrary: fc.constant('node' as const) },
    { weight: 1, arbitrary: fc.constantFrom('gap' as const, 'lost' as const) },
  ),
  service: fc.constantFrom('web', 'api'),
  id: fc.constantFrom('1', '2', '3'),
  on: fc.constantFrom('a', 'b'),
  status: fc.option(fc.constantFrom<Status>('passing', 'critical', 'critical', 'warning', 'maintenance')),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The same evaluator and book, told the state of things at each moment by somebody who knows nothing of transitions. */
class Live {
  readonly #evaluator = new RuleEvaluator(rules);
  readonly #book = new AlertBook();
  readonly told: string[] = [];
  readonly #open = new Map<string, { text: string; suppressed: boolean }>();
  #freshnessSinceMs = START_MS;
  #contactMs: number | null = null;

  tell(story: RecordedStory, atMs: number, previous: readonly string[]): void {
    this.pass(atMs);
    for (const { name, status, checks } of story.nodes.values()) {
      const services = [...story.services].filter(([, { instances }]) => instances.some((one) => one.node === name));
      const instances = [...story.services.values()].flatMap((one) =>
        one.instances.filter((i) => i.node === name),
      ).length;
      const key = nodeKey(STORY_DC, name);
      const rest = { sinceMs: story.sinceMs.get(key) ?? 0, sinceAtLeast: false, meta: {}, flaps: null };
      const conditions = this.#evaluator.node({
        dc: STORY_DC,
        name,
        status,
        checks,
        instances,
        ...rest,
        services: services.map(([of]) => of),
      });
      this.#book.put(scopeOf({ kind: 'node', key }), STORY_DC, conditions, atMs);
    }
    for (const name of new Set([...previous, ...story.services.keys()])) {
      const state = story.services.get(name);
      const conditions = state
        ? this.#evaluator.service(factsOf(name, state.status, state.instances, story.sinceMs), atMs)
        : this.#evaluator.noService(STORY_DC, name);
      this.#book.put(scopeOf({ kind: 'service', key: serviceKey(STORY_DC, name) }), STORY_DC, conditions, atMs);
    }
    const freshness = story.freshness as FreshnessState;
    const lastContactMs = atMs - (this.#contactMs ?? this.#freshnessSinceMs);
    const facts = exampleDatacenterFacts({ freshness, freshnessSinceMs: this.#freshnessSinceMs, lastContactMs });
    this.#book.put('datacenter dc1', STORY_DC, this.#evaluator.datacenter(facts, atMs), atMs);
    this.#take(this.#book.take(atMs));
  }

  freshness(atMs: number): void {
    this.#freshnessSinceMs = atMs;
  }

  gap(atMs: number, begins: boolean): void {
    this.pass(atMs);
    this.#contactMs = begins ? atMs : null;
    if (begins) this.#book.pause(STORY_DC, atMs);
    else this.#book.resume(STORY_DC, atMs);
    this.#take(this.#book.take(atMs));
  }

  pass(atMs: number): void {
    for (let next = this.#book.nextDeadlineMs(); next !== null && next <= atMs; next = this.#book.nextDeadlineMs()) {
      this.#take(this.#book.take(next));
    }
  }

  end(): string[] {
    return [...this.told, ...[...this.#open.values()].map(({ text, suppressed }) => `${text} - ${suppressed}`)].sort();
  }

  #take({ edges }: AlertBookChanges): void {
    for (const { id, to, atMs } of edges) {
      const open = this.#open.get(id);
      if (to === 'resolved' && open) {
        this.told.push(`${open.text} ${new Date(atMs).toISOString()} ${open.suppressed}`);
        this.#open.delete(id);
      } else if (to === 'firing' || to === 'suppressed') {
        const text = open?.text ?? `${id} ${new Date(atMs).toISOString()}`;
        this.#open.set(id, { text, suppressed: (open?.suppressed ?? true) && to === 'suppressed' });
      }
    }
  }
}

function factsOf(
  name: string,
  status: Status,
  instances: readonly RecordedInstance[],
  since: ReadonlyMap<string, number>,
): ServiceFacts {
  const facts = instances.map((one) => ({ ...one, sinceMs: since.get(one.key) ?? 0, sinceAtLeast: false }));
  return { dc: STORY_DC, name, status, instances: facts, flaps: null };
}

function play(story: RecordedStory, { what, service, id, on, status }: Step, atMs: number): void {
  if (what === 'instance') story.instance(atMs, service, on, `${service}-${id}`, status);
  else if (what === 'node') story.node(atMs, on, status === 'critical' ? 'critical' : 'passing');
  else if (what === 'lost') story.datacenter(atMs, story.freshness === 'live' ? 'lost' : 'live');
}

it('says of a story that was recorded what the live rules said of it', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const story = calmStory();
      const past = story.past;
      const live = new Live();
      live.tell(story, START_MS, []);
      let s = 0;
      let gapFromMs: number | null = null;
      for (const one of steps) {
        s += one.afterS;
        if (one.what === 'gap') {
          // An edge in the very moment of something else has no order.
          s += 1;
          live.gap(at(s), gapFromMs === null);
          if (gapFromMs !== null) story.gap(gapFromMs, at(s));
          gapFromMs = gapFromMs === null ? at(s) : null;
          s += 1;
          continue;
        }
        const names = [...story.services.keys()];
        if (one.what === 'lost') live.freshness(at(s));
        play(story, one, at(s));
        live.tell(story, at(s), names);
        s += 1;
      }
      if (gapFromMs !== null) story.gap(gapFromMs, null);
      live.pass(at(s + 500));
      const { items, rules: told } = tryOver(story, past, setOf(...rules), none, s + 500);
      const texts = items.map((item) => {
        const id = alertId(item.rule, item.key);
        return `${id} ${item.firedAt} ${item.resolvedAt ?? '-'} ${item.suppressed}`;
      });
      expect(texts.sort()).toEqual(live.end());
      const sums = told.map(({ fired, suppressed }) => fired + suppressed).reduce((a, b) => a + b, 0);
      expect(sums).toBe(items.length);
    }),
    { numRuns: 200 },
  );
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Status } from '@/lib/fleet/model';
import type { Topic } from '@/lib/stream/protocol';
import { serviceTopic, topicServiceKey } from '@/lib/stream/topics';
import { ModelServer } from './fixtures/model-server';
import { type BrowserTab, ScriptedBrowser } from './fixtures/scripted-browser';
import type { ScriptedSource } from './fixtures/scripted-source';

const KEYS = ['dc1/api', 'dc1/web'] as const;
const key = fc.constantFrom(...KEYS);
const statuses = fc.constantFrom<Status>('passing', 'warning', 'critical');
const instances = fc.dictionary(fc.constantFrom('a', 'b'), statuses).map((entries) => new Map(Object.entries(entries)));
const tab = fc.nat({ max: 3 });

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('set' as const), key, instances }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('deliver' as const), most: fc.integer({ min: 1, max: 5 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(50, 600, 2_600, 12_000) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('look' as const, 'leave' as const, 'fetch' as const), tab, key }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('close' as const, 'die' as const, 'freeze' as const, 'thaw' as const),
      tab,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('join' as const), brings: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('crash' as const, 'hang' as const, 'revive' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'open' as const,
        'repeat' as const,
        'heartbeat' as const,
        'break' as const,
        'restart' as const,
        'garble' as const,
      ),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

class Run {
  readonly browser = new ScriptedBrowser();
  readonly server = new ModelServer(6);
  readonly #wants = new Map<BrowserTab, Map<Topic, () => void>>();
  readonly #connected = new Set<ScriptedSource>();

  get living(): BrowserTab[] {
    return this.browser.tabs.filter((opened) => this.#wants.has(opened) && opened.actor.state === 'running');
  }

  /** The topics that a tab wants. */
  topicsOf(opened: BrowserTab): Topic[] {
    return [...(this.#wants.get(opened)?.keys() ?? [])];
  }

  take(step: Step): void {
    const { browser, server } = this;
    if (step.do === 'set') server.set(step.key, step.instances);
    else if (step.do === 'deliver') server.deliver(step.most);
    else if (step.do === 'wait') browser.advance(step.ms);
    else if (step.do === 'join') this.#join(step.brings);
    else if ('tab' in step) this.#inTab(step);
    else if (step.do === 'open') this.open();
    else if (step.do === 'repeat') server.repeat();
    else if (step.do === 'heartbeat') server.heartbeat();
    else if (step.do === 'break') for (const source of server.peers) server.breakOff(source);
    else if (step.do === 'restart') server.restart();
    else if (step.do === 'garble') for (const source of server.peers) source.send('change', '{"topic":"fleet"', '');
    else this.#toWorker(step.do);
    browser.settle();
  }

  /** Requests reach the server, and are accepted. */
  open(): void {
    for (const source of this.browser.openSources) {
      if (this.#connected.has(source)) continue;
      this.#connected.add(source);
      this.server.connect(source);
      source.open();
    }
    this.browser.settle();
  }

  /** All is well from now on. */
  settle(): void {
    for (let n = 0; n < 80; n += 1) {
      this.browser.advance(250);
      this.open();
      this.server.heartbeat();
      this.server.deliver(Number.POSITIVE_INFINITY);
      this.browser.settle();
    }
  }

  /** Streams of whatever runs. */
  get streams(): ScriptedSource[] {
    const running = new Set(
      this.browser.workers.filter(({ actor }) => actor.state === 'running').map(({ actor }) => actor),
    );
    return this.browser.workerSources.filter(({ closed, owner }) => !closed && running.has(owner));
  }

  #join(brings: boolean): void {
    if (this.#wants.size >= 4) return;
    const opened = this.browser.openTab();
    const fleet = this.server.bodyOf('fleet');
    if (brings && fleet) opened.tab.core.offer('fleet', fleet);
    this.#wants.set(opened, new Map([['fleet', opened.tab.core.want('fleet')]]));
    opened.tab.core.start();
  }

  #inTab(step: Extract<Step, { tab: number }>): void {
    const opened = [...this.#wants.keys()][step.tab];
    if (!opened) return;
    if (step.do === 'die') {
      opened.actor.die();
      this.#wants.delete(opened);
    } else if (step.do === 'thaw') opened.actor.state = 'running';
    else if (opened.actor.state !== 'running') return;
    else if (step.do === 'freeze') opened.actor.state = 'frozen';
    else if (step.do === 'close') {
      opened.tab.core.stop();
      this.#wants.delete(opened);
    } else if ('key' in step) this.#look(opened, step);
  }

  #look({ tab, actor }: BrowserTab, step: { do: string; key: string }): void {
    const wants = this.#wants.get(this.browser.tabs.find((opened) => opened.actor === actor) as BrowserTab);
    const topic = serviceTopic(step.key);
    const body = this.server.bodyOf(topic);
    if (step.do === 'fetch') {
      if (body && wants?.has(topic)) tab.core.offer(topic, body);
    } else if (step.do === 'look') {
      if (!wants?.has(topic)) wants?.set(topic, tab.core.want(topic));
    } else {
      wants?.get(topic)?.();
      wants?.delete(topic);
    }
  }

  #toWorker(what: 'crash' | 'hang' | 'revive'): void {
    const worker = this.browser.workers.at(-1);
    if (!worker || worker.actor.state === 'dead') return;
    if (what === 'crash') this.browser.crash(worker);
    else worker.actor.state = what === 'hang' ? 'frozen' : 'running';
  }
}

const content = (body: object | undefined) => body && { ...body, seq: null, at: null };

it('whatever joins, leaves, dies or freezes, each living tab ends with what the server has, and they share one stream', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const run = new Run();
      for (const taken of steps) run.take(taken);
      run.settle();
      for (const opened of run.living) {
        const { core } = opened.tab;
        expect(core.connectionState().phase).toBe('live');
        for (const topic of run.topicsOf(opened)) {
          const isThere = topic === 'fleet' || run.server.has(topicServiceKey(topic) ?? '');
          expect(core.goneSince(topic) === null).toBe(isThere);
          if (isThere) expect(content(core.body(topic))).toEqual(content(run.server.bodyOf(topic)));
        }
      }
      expect(run.streams).toHaveLength(Math.min(1, run.living.length));
      // Nothing is opened while all is well.
      const opened = run.browser.workerSources.length;
      run.settle();
      expect(run.browser.workerSources.length).toBe(opened);
      // A worker that was taken for dead comes back: its tabs are elsewhere.
      for (const { actor } of run.browser.workers) if (actor.state === 'frozen') actor.state = 'running';
      run.settle();
      expect(run.streams).toHaveLength(Math.min(1, run.living.length));
    }),
    { numRuns: 300 },
  );
}, 60_000);

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Status } from '@/lib/fleet/model';
import type { Topic } from '@/lib/stream/protocol';
import { serviceTopic, topicServiceKey } from '@/lib/stream/topics';
import { ModelServer } from './fixtures/model-server';
import { ScriptedTab } from './fixtures/scripted-core';

const KEYS = ['dc1/api', 'dc1/web'] as const;
const key = fc.constantFrom(...KEYS);
const statuses = fc.constantFrom<Status>('passing', 'warning', 'critical');
const instances = fc
  .dictionary(fc.constantFrom('a', 'b', 'c'), statuses)
  .map((entries) => new Map(Object.entries(entries)));

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('set' as const), key, instances }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('deliver' as const), most: fc.integer({ min: 1, max: 5 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(10, 300, 2_500, 12_000) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('look' as const), key }) },
  fc.record({ do: fc.constantFrom('open', 'repeat', 'heartbeat', 'break', 'restart', 'garble', 'sleep', 'leave') }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

class Run {
  readonly tab = new ScriptedTab();
  readonly server = new ModelServer(6);
  readonly wanted = new Map<Topic, () => void>();
  #connected = 0;

  constructor() {
    this.look('fleet');
    this.tab.core.start();
  }

  look(topic: Topic): void {
    if (!this.wanted.has(topic)) this.wanted.set(topic, this.tab.core.want(topic));
  }

  /** Requests reach the server in order, and are accepted. */
  open(): void {
    for (; this.#connected < this.tab.sources.length; this.#connected += 1) {
      const source = this.tab.sources[this.#connected];
      if (!source || source.closed) continue;
      this.server.connect(source);
      source.open();
    }
  }

  take(step: Step): void {
    const { tab, server } = this;
    if (step.do === 'set') server.set(step.key, step.instances);
    else if (step.do === 'deliver') server.deliver(step.most);
    else if (step.do === 'wait') tab.clock.advance(step.ms);
    else if (step.do === 'look') this.look(serviceTopic(step.key));
    else if (step.do === 'open') this.open();
    else if (step.do === 'repeat') server.repeat();
    else if (step.do === 'heartbeat') server.heartbeat();
    else if (step.do === 'break') for (const source of server.peers) server.breakOff(source);
    else if (step.do === 'restart') server.restart();
    else if (step.do === 'garble') for (const source of server.peers) source.send('change', '{"topic":"fleet"', '');
    else if (step.do === 'sleep') tab.clock.sleep(3_600_000);
    else this.leave();
  }

  leave(): void {
    for (const [topic, release] of this.wanted) {
      if (topic === 'fleet') continue;
      release();
      this.wanted.delete(topic);
    }
  }

  /** All is well from now on: requests are accepted, frames arrive, heartbeats come. */
  settle(): void {
    for (let n = 0; n < 20; n += 1) {
      this.tab.clock.advance(1_000);
      this.open();
      this.server.heartbeat();
      this.server.deliver(Number.POSITIVE_INFINITY);
    }
  }
}

const content = (body: object | undefined) => body && { ...body, seq: null, at: null };

it('whatever is lost, repeated, late or garbled, a tab ends with what the server has', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const run = new Run();
      for (const taken of steps) run.take(taken);
      run.settle();
      expect(run.tab.core.connectionState().phase).toBe('live');
      for (const topic of run.wanted.keys()) {
        const body = run.server.bodyOf(topic);
        const isThere = topic === 'fleet' || run.server.has(topicServiceKey(topic) ?? '');
        expect(run.tab.core.goneSince(topic) === null).toBe(isThere);
        if (isThere) expect(content(run.tab.core.body(topic))).toEqual(content(body));
      }
      // One stream, and nothing is opened while all is well.
      const opened = run.tab.sources.length;
      run.settle();
      expect(run.tab.openSources).toHaveLength(1);
      expect(run.tab.sources.length - opened).toBeLessThanOrEqual(1);
      run.tab.core.stop();
      run.leave();
      run.tab.core.stop();
      expect(run.tab.clock.pendingTimers).toBe(0);
    }),
    { numRuns: 400 },
  );
});

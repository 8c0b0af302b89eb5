import { seededRandom } from '@/e2e/world/random';
import { exampleInstance } from '@/lib/history/example-transition';
import { instanceJson } from '@/lib/history/recorded-json';
import { datacenterSubject, instanceSubject, serviceSubject } from '@/lib/history/subjects';
import type { Subject, Transition, TransitionKind } from '@/lib/history/transition';

/** The size of the fleet whose past is made up. */
export const FLEET = { datacenters: 3, services: 1_000, instances: 50_000, nodes: 1_500 };

interface MadeInstance {
  readonly subject: Subject;
  readonly service: MadeService;
  status: 'passing' | 'critical';
}

interface MadeService {
  readonly subject: Subject;
  critical: number;
}

/** A fleet that changes by chance, the same one for the same seed: its transitions are those that the recorder would have made of it. */
export class GeneratedFleet {
  readonly #instances: MadeInstance[] = [];
  /** Those that are critical. */
  readonly #down: MadeInstance[] = [];
  #index = 1_000;
  readonly #random = seededRandom(20_260_101);

  /** All of it, registered at one moment. */
  begin(atMs: number): Transition[] {
    const transitions: Transition[] = [];
    const seen = (subject: Subject, kind: TransitionKind, from: string | null, to: string) =>
      transitions.push(this.#seen(atMs, subject, kind, null, from, to));
    for (let dc = 1; dc <= FLEET.datacenters; dc += 1) seen(datacenterSubject(`dc${dc}`), 'freshness', null, 'live');
    const perService = FLEET.instances / FLEET.services;
    for (let at = 0; at < FLEET.services; at += 1) {
      const dc = `dc${1 + (at % FLEET.datacenters)}`;
      const name = `service-${String(at).padStart(4, '0')}`;
      const service = { subject: serviceSubject(dc, name), critical: 0 };
      seen(service.subject, 'registered', null, 'passing');
      for (let n = 0; n < perService; n += 1) {
        const node = `node-${dc}-${(at * perService + n) % FLEET.nodes}`;
        const instance = {
          ...exampleInstance(node, `${name}-${n}`, 'passing', dc),
          ...{ address: `10.${at % 250}.${n}.7`, port: 20_000 + n, tags: ['http', `team-${at % 20}`] },
          meta: { version: '1.0.0', rack: `r${n % 8}` },
        };
        const subject = instanceSubject(dc, name, instance);
        seen(subject, 'registered', null, instanceJson(instance));
        this.#instances.push({ subject, service, status: 'passing' });
      }
    }
    return transitions;
  }

  /** Keys of some instances, for questions about one. */
  get keys(): readonly string[] {
    return this.#instances.map(({ subject }) => subject.key);
  }

  /** An instance falls or recovers: its check, its status and, where it was the first or the last one, its service's. */
  change(atMs: number): Transition[] {
    const recovers = this.#down.length > 0 && this.#random() < 0.3 + this.#down.length / 2_000;
    const instance = recovers ? this.#takeDown() : this.#takePassing();
    const { subject, service } = instance;
    const from = instance.status;
    const to = from === 'passing' ? 'critical' : 'passing';
    instance.status = to;
    if (to === 'critical') this.#down.push(instance);
    service.critical += to === 'critical' ? 1 : -1;
    this.#index += 1;
    const id = subject.key.split('/').at(-1) ?? '';
    const transitions = [
      this.#seen(atMs, subject, 'check', `service:${id}`, from, to),
      this.#seen(atMs, subject, 'status', null, from, to),
    ];
    const first = to === 'critical' && service.critical === 1;
    if (first || (to === 'passing' && service.critical === 0))
      transitions.push(this.#seen(atMs, service.subject, 'status', null, from, to));
    return transitions;
  }

  /** A version that a service did not have: a mark on its timeline. */
  deployment(atMs: number, version: string): Transition {
    const { service } = this.#instances[this.#below(this.#instances.length)] as MadeInstance;
    return this.#seen(atMs, service.subject, 'deployment', null, '1.0.0', version);
  }

  #takeDown(): MadeInstance {
    const at = this.#below(this.#down.length);
    const taken = this.#down[at] as MadeInstance;
    const last = this.#down.pop() as MadeInstance;
    if (last !== taken) this.#down[at] = last;
    return taken;
  }

  #takePassing(): MadeInstance {
    for (;;) {
      const instance = this.#instances[this.#below(this.#instances.length)] as MadeInstance;
      if (instance.status === 'passing') return instance;
    }
  }

  #seen(
    observedAtMs: number,
    subject: Subject,
    kind: TransitionKind,
    item: string | null,
    from: string | null,
    to: string,
  ): Transition {
    return { subject, kind, item, from, to, observedAtMs, index: this.#index, merged: false, unwatchedFromMs: null };
  }

  #below(bound: number): number {
    return Math.floor(this.#random() * bound);
  }
}

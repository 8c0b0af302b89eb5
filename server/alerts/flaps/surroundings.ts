import type { FlapSurroundings } from '@/lib/flapping/flap-causes';
import { nodeKey } from '@/lib/fleet/keys';
import type { Instance } from '@/lib/fleet/model';
import type { Subject } from '@/lib/history/transition';
import type { CheckDefinition } from './check-definitions';
import type { FlapFleet, FlapWatch } from './flap-watch';

/** How many instances stand on each node is counted so often at most, ms: it takes a look at all of them. */
const COUNTED_FOR_MS = 5_000;

export interface SurroundingsOptions {
  readonly fleet: FlapFleet;
  readonly flaps: Pick<FlapWatch, 'members' | 'deployments'>;
  /** What is known of a check's timing by now; null: nothing. */
  definitionOf(subject: Subject, check: string): CheckDefinition | null;
  nowMs(): number;
}

/** What stands around something that flaps, so that its likely causes can be told. */
export class Surroundings {
  readonly #standing = new Map<
    string,
    { readonly countedAtMs: number; readonly byNode: ReadonlyMap<string, number>; readonly all: number }
  >();

  constructor(private readonly options: SurroundingsOptions) {}

  of(subject: Subject, item: string | null): FlapSurroundings {
    const { flaps } = this.options;
    const deploymentsMs = subject.service === null ? [] : flaps.deployments.of(subject.dc, subject.service);
    const check = item === null ? null : this.options.definitionOf(subject, item);
    return { check, checks: this.#checks(subject), ...this.#instances(subject), deploymentsMs };
  }

  #checks(subject: Subject): FlapSurroundings['checks'] {
    const instance = this.#instance(subject);
    if (!instance || subject.service === null) return null;
    const own = instance.checks.filter(({ scope }) => scope === 'service');
    const members = this.options.flaps.members.of({ kind: 'service', dc: subject.dc, name: subject.service });
    const flapping = members.filter(({ subject: { key }, item }) => key === subject.key && item !== null).length;
    return { flapping, all: own.length };
  }

  #instances({ kind, dc, node }: Subject): Pick<FlapSurroundings, 'onNode' | 'elsewhere'> {
    if (kind !== 'instance' || node === null) return { onNode: null, elsewhere: null };
    const { members } = this.options.flaps;
    const { byNode, all } = this.#count(dc);
    const [flappingHere, here] = [members.instancesOn(dc, node), byNode.get(node) ?? 0];
    return {
      onNode: { node, flapping: flappingHere, all: here },
      elsewhere: { flapping: members.instancesIn(dc) - flappingHere, all: Math.max(0, all - here) },
    };
  }

  #count(dc: string) {
    const { fleet, nowMs } = this.options;
    const known = this.#standing.get(dc);
    if (known && nowMs() - known.countedAtMs < COUNTED_FOR_MS) return known;
    const byNode = new Map<string, number>();
    let all = 0;
    for (const service of fleet.services(dc)) {
      for (const { node } of fleet.serviceDetail(dc, service)?.instances ?? []) {
        byNode.set(node, (byNode.get(node) ?? 0) + 1);
        all += 1;
      }
    }
    const counted = { countedAtMs: nowMs(), byNode, all };
    this.#standing.set(dc, counted);
    return counted;
  }

  #instance({ kind, dc, service, key }: Subject): Instance | undefined {
    if (kind !== 'instance' || service === null) return undefined;
    return this.options.fleet.serviceDetail(dc, service)?.instances.find((one) => one.key === key);
  }
}

/** Where it stands, as facts name it. */
export const nodeKeyOf = ({ dc, node }: Subject): string | null => (node === null ? null : nodeKey(dc, node));

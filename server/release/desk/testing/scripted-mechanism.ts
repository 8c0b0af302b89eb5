import type { Mechanism } from '@/lib/release/mechanism';
import type { PlannedWrite } from '@/lib/release/planned-write';
import type { HeaderRoute, Shares, SplitWish } from '@/lib/release/split-body';
import { ConsulError } from '@/server/consul/consul-error';
import { type Actuator, type Plan, PlanRefused, type SplitSubject, type Standing } from '@/server/release/actuator';

/** A mechanism whose Consul is this object: what it declares is what was last written to it. */
export class ScriptedMechanism implements Actuator {
  declared: Shares | null = null;
  routes: readonly HeaderRoute[] = [];
  can = true;
  /** Not null: it cannot be read. */
  trouble: string | null = null;
  /** Not null: plans are refused so. */
  refusal: string | null = null;
  /** What `verify` says, one after the other; then null. */
  readonly missing: string[] = [];
  /** Of what it reads; undefined: it does not say. */
  indexes: Readonly<Record<string, number>> | undefined;
  reads = 0;

  constructor(readonly mechanism: Mechanism) {}

  async read(): Promise<Standing> {
    this.reads += 1;
    if (this.trouble !== null) throw new ConsulError('timeout', this.trouble);
    const { mechanism, declared, routes, can } = this;
    return {
      ...{ mechanism, declared, routes, can, reason: can ? null : 'It cannot.', failover: [] },
      source: declared && `dc1 scripted ${mechanism}`,
      index: declared && 7,
      ...(this.indexes && { indexes: this.indexes }),
      images: { [`dc1 scripted ${mechanism}`]: [declared, routes] },
    };
  }

  plan(_subject: SplitSubject, { declared }: Standing, wish: SplitWish): Plan {
    if (this.refusal !== null) throw new PlanRefused('scripted', this.refusal);
    const next = { shares: wish.shares ?? declared, routes: wish.routes ?? this.routes };
    const before = { shares: declared, routes: this.routes };
    const [was, will] = [JSON.stringify(before), JSON.stringify(next)];
    const target = `dc1 scripted ${this.mechanism}`;
    const write: PlannedWrite = {
      ...{ kind: 'kv', dc: 'dc1', target, stage: 0, key: this.mechanism, before: was, after: will, index: 1, flags: 0 },
    };
    return { writes: was === will ? [] : [write], warnings: [], declares: next.shares, roundingError: 0 };
  }

  /** Carries out a planned write. */
  write({ after }: { readonly after: string }): void {
    const { shares, routes } = JSON.parse(after);
    this.declared = shares;
    this.routes = routes;
  }

  async verify(): Promise<string | null> {
    return this.missing.shift() ?? null;
  }
}

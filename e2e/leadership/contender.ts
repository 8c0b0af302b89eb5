import { pino } from 'pino';
import type { LeadershipState } from '@/lib/system/leadership-state';
import { readSettings } from '@/server/config/settings';
import type { DatabaseLock } from '@/server/leadership/database-lock';
import { openAddress } from '@/server/open-address';
import { SharedHome } from '@/server/open-home';
import { openLeadership } from '@/server/open-leadership';

interface Span {
  readonly name: string;
  readonly fromMs: number;
  /** Null while it lasts. */
  toMs: number | null;
}

export interface ContenderOptions {
  readonly name: string;
  /** Contenders of one group share a leader. */
  readonly group: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly databaseLock?: DatabaseLock;
}

/** The part of Lictor that leads, in this process, with all that it led through. */
export class ContenderUnderTest {
  readonly spans: Span[] = [];

  private constructor(
    readonly name: string,
    private readonly opened: ReturnType<typeof openLeadership>,
    private readonly closeRest: () => Promise<void>,
  ) {
    opened.leadership.onChange(({ leads }) => this.#note(leads));
    opened.leadership.start();
  }

  static async open(
    consulAddress: string,
    { name, group, env = {}, databaseLock }: ContenderOptions,
  ): Promise<ContenderUnderTest> {
    const settings = readSettings({
      CONSUL_HTTP_ADDR: consulAddress,
      LICTOR_BASE_URL: `http://${name}.example`,
      ...env,
    });
    const none = { namespace: null, partition: null };
    const log = pino({ level: 'silent' });
    const addresses = await Promise.all(settings.addresses.map((address) => openAddress(address, none, log)));
    // Consul's community edition has no namespaces, and does not see this one: it only makes another key.
    const tenancy = { namespace: group, partition: null };
    const home = new SharedHome(settings, addresses);
    const opened = openLeadership({ ...settings, tenancy }, home, databaseLock ?? null);
    return new ContenderUnderTest(name, opened, async () => {
      home.close();
      for (const { transport } of addresses) await transport.close();
    });
  }

  get state(): LeadershipState {
    return this.opened.leadership.state;
  }

  get leads(): boolean {
    return this.state.leads;
  }

  async close(): Promise<void> {
    await this.opened.close();
    await this.closeRest();
  }

  #note(leads: boolean): void {
    const last = this.spans.at(-1);
    const nowMs = performance.now();
    if (leads && last?.toMs !== null) this.spans.push({ name: this.name, fromMs: nowMs, toMs: null });
    if (!leads && last?.toMs === null) last.toMs = nowMs;
  }
}

/** Pairs of spans in which two led at once; there must be none. */
export function overlaps(contenders: readonly ContenderUnderTest[]): string[] {
  const spans = contenders.flatMap((one) => one.spans).sort((a, b) => a.fromMs - b.fromMs);
  return spans.flatMap((span, at) => {
    const before = spans[at - 1];
    if (!before || (before.toMs !== null && before.toMs <= span.fromMs)) return [];
    return [`${span.name} led from ${span.fromMs}, and ${before.name} up to ${before.toMs}`];
  });
}

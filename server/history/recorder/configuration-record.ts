import type { ConfigurationChange, ConfigurationFact } from '@/lib/configuration/configuration-fact';
import type { Clock } from '@/server/consul/clock';
import type { ConfigurationScope } from '@/server/fleet/configuration/configuration-source';
import type { ConfigurationListener } from '@/server/fleet/configuration/configuration-watch';
import type { LeftBehind, RecordWriter } from '@/server/history/record-store';
import { ConfigurationLedger } from './configuration-ledger';
import type { RecordSink } from './record-sink';

/** As of the fleet: what another replica may not have written yet. */
const HOLD_MS = 60_000;

/** Makes transitions of what is configured: entries, intentions and chosen keys. As of the fleet, what another replica writes is held for a while. */
export class ConfigurationRecord implements ConfigurationListener {
  readonly #ledgers = new Map<string, ConfigurationLedger>();
  #writes = false;
  /** Grows whenever what is known of the record is void. */
  #term = 0;
  #recordedUntilMs = 0;
  #catchesUp = false;

  constructor(
    private readonly clock: Clock,
    private readonly sink: RecordSink,
  ) {}

  baseline(dc: string, facts: readonly ConfigurationFact[]): void {
    this.#ledger(dc).see(facts);
  }

  complete(dc: string, scope: ConfigurationScope): void {
    this.#ledger(dc).complete(scope);
  }

  changed(change: ConfigurationChange): void {
    const nowMs = this.clock.now();
    const ledger = this.#ledger(change.dc);
    ledger.change(change, nowMs);
    ledger.expire(nowMs - HOLD_MS);
  }

  /** Another replica writes from now on, or what was to be written is given up. */
  follow(): void {
    this.#writes = false;
    this.#term += 1;
    for (const ledger of this.#ledgers.values()) ledger.follow();
  }

  /** This process writes from now on. */
  begin({ aliveMs }: Pick<LeftBehind, 'aliveMs'>): void {
    this.follow();
    this.#writes = true;
    this.#recordedUntilMs = aliveMs ?? 0;
  }

  /**
   * Learns what is recorded where that is not known, and brings it up to what was seen.
   * @throws RecordError where the record cannot be read
   */
  async catchUp(writer: Pick<RecordWriter, 'recordedConfiguration'>): Promise<void> {
    if (this.#catchesUp) return;
    this.#catchesUp = true;
    try {
      for (const [dc, ledger] of this.#ledgers)
        if (this.#writes && !ledger.isLoaded) await this.#load(dc, ledger, writer);
    } finally {
      this.#catchesUp = false;
    }
  }

  async #load(
    dc: string,
    ledger: ConfigurationLedger,
    writer: Pick<RecordWriter, 'recordedConfiguration'>,
  ): Promise<void> {
    const term = this.#term;
    const recorded = await writer.recordedConfiguration(dc);
    if (term === this.#term) ledger.load(recorded, this.#recordedUntilMs);
  }

  #ledger(dc: string): ConfigurationLedger {
    const known = this.#ledgers.get(dc);
    if (known) return known;
    const wallMs = () => Date.parse(this.clock.iso(this.clock.now()));
    const ledger = new ConfigurationLedger(dc, this.sink, wallMs);
    this.#ledgers.set(dc, ledger);
    return ledger;
  }
}

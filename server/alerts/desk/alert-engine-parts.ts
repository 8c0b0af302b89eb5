import type { ExpiryFacts } from '@/lib/alerts/facts';
import type { Subject } from '@/lib/history/transition';
import type { AlertDesk } from '@/server/alerts/alert-desk-parts';
import type { AlertDocuments } from '@/server/alerts/alert-documents';
import type { AlertDelivery } from '@/server/alerts/delivery/delivery-parts';
import type { FlapBook } from '@/server/alerts/flaps/flap-book';
import type { FlapFleet, FlapWatch } from '@/server/alerts/flaps/flap-watch';
import type { RulesSource } from '@/server/alerts/rules/rules-source';
import type { Clock } from '@/server/consul/clock';
import type { Publisher } from '@/server/fleet/publisher';
import type { AlertRecordReader } from './alert-history';

/** What alerts are made of, and whom they tell. */
export interface AlertEngineParts {
  readonly clock: Clock;
  readonly fleet: FlapFleet;
  readonly publisher: Publisher;
  readonly documents: AlertDocuments;
  readonly rules: RulesSource;
  readonly outlets: AlertDelivery;
  readonly flaps: FlapWatch;
  readonly flapBook: FlapBook;
  readonly reader: AlertRecordReader;
  /** Null: nobody looked yet. */
  expiries(): readonly ExpiryFacts[] | null;
  /** Its first read is over. */
  isSynced(dc: string): boolean;
  /** Every Consul answers: what none of them names there is not. */
  reachesAll(): boolean;
  /** By how many ms the machine's clock was set since the last time; 0: it was not. */
  clockStepMs(): number;
  /** This Lictor is the one that writes the record. */
  mayWrite(): boolean;
  recorded(subject: Subject, alert: string, from: string | null, to: string): void;
  tryRules: AlertDesk['tryRules'];
  baseUrl(): string;
  readonly replica: string;
  /** Why nobody can change anything about alerts here, a sentence; null: it can be changed. */
  readonly writeRefusal: string | null;
  /** Other services have alerts than before. */
  onHot(): void;
  /** Calls it in a later turn, when what Consul has said is taken in. */
  later(act: () => void): void;
  readonly log: { info(fields: object, sentence: string): void; warn(fields: object, sentence: string): void };
}

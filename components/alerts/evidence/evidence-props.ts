import type { AlertRecord } from '@/lib/alerts/alert-body';
import type { Evidence } from '@/lib/alerts/evidence';
import type { FreshnessState } from '@/lib/fleet/model';

/** What is shown of one kind of evidence. */
export interface EvidenceProps<Kind extends Evidence['kind']> {
  readonly alert: AlertRecord;
  readonly evidence: Extract<Evidence, { kind: Kind }>;
  readonly freshness: FreshnessState;
}

import type { AlertBody, AlertRecord } from '@/lib/alerts/alert-body';
import type { FlapEvidence } from '@/lib/alerts/evidence';
import type { FreshnessState } from '@/lib/fleet/model';

/** What there is to show of something that flaps. */
export interface FlapParts {
  readonly alert: AlertRecord;
  readonly evidence: FlapEvidence;
  /** Of its worst member; null: it flaps no longer, undefined: not read yet. */
  readonly flap: AlertBody['flap'] | undefined;
  readonly freshness: FreshnessState;
}

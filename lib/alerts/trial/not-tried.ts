import type { RuleKind } from '@/lib/alerts/rule';

/** Why rules of a kind cannot be tried over the record, a sentence. */
const sentences: { readonly [Kind in RuleKind]?: string } = {
  'no-leader': 'The record does not hold since when a datacenter had no leader, so this rule was not tried.',
  'mass-disappearance': 'The record does not hold what was gone without confirmation, so this rule was not tried.',
  'certificate-expiry': 'The record does not hold when certificates end, so this rule was not tried.',
  'token-expiry': 'The record does not hold when tokens end, so this rule was not tried.',
  watchdog: 'It always fires: there is nothing to try.',
};

/** Null: it can be tried. */
export const notTried = (kind: RuleKind): string | null => sentences[kind] ?? null;

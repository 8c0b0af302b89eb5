import type { AlertSubject } from './alert-body';
import type { Evidence } from './evidence';

/** One English sentence. */
export function alertSummary(subject: AlertSubject, evidence: Evidence): string {
  return `${subject.name}: ${evidence.kind}.`;
}

import type { AlertSubject, Severity } from './alert-body';
import type { Evidence } from './evidence';

/** What a rule says of a subject now, as long as it says it. Times are ms since 1970. */
export interface Condition {
  /** `alertId(rule, subject.key)`. */
  readonly id: string;
  readonly rule: string;
  readonly subject: AlertSubject;
  readonly severity: Severity;
  /** It is pending until it has held, watched, for so long. */
  readonly forMs: number;
  /** Once firing it goes on for so long after it ceased to hold, so that one that comes and goes is one. */
  readonly keepFiringForMs: number;
  /** When it began. */
  readonly sinceMs: number;
  readonly sinceAtLeast: boolean;
  readonly evidence: Evidence;
  /**
   * What it would take to be explained by another alert: each of these keys (of nodes or services) has an alert of its own. Empty: by none but its datacenter's.
   * A service whose critical instances are all on two lost nodes names both.
   */
  readonly explainedBy: readonly string[];
  /** Key of the service that this one is the sidecar of: what is wrong with that one tells the cause. Null or absent: of none. */
  readonly standsFor?: string | null | undefined;
  /** From the rule, and added to what is sent. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Whose conditions are told together: a service, a node, a datacenter by kind and key, or a source of Lictor's own. */
export type Scope = string;
export const scopeOf = ({ kind, key }: Pick<AlertSubject, 'kind' | 'key'>): Scope => `${kind} ${key}`;

import type { AlertRecord, DeadLetter, Outlet } from '@/lib/alerts/alert-body';

/** One alert as it is to be sent: what is pending, or suppressed by a greater one, is not among them. Times are ms since 1970. */
export interface SentAlert {
  readonly record: AlertRecord;
  /** Since when it fires. */
  readonly firedAtMs: number;
  /** Null: it fires on. */
  readonly resolvedAtMs: number | null;
  /** Until when it is silenced in Lictor, and why; null: it is not. */
  readonly silenced: { readonly untilMs: number; readonly by: string; readonly reason: string } | null;
  /** Labels in Alertmanager's sense, which are its identity: `alertname`, `severity`, `dc`, `service`, `node`, `lictor_alert`, and the rule's. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** The alert's page. */
  readonly url: string;
}

/** Sends alerts, while this process leads. */
export interface AlertOutlets {
  /** The whole present truth, after each change of it: it takes what differs. Never waits. */
  tell(alerts: readonly SentAlert[]): void;
  /** Null: none is set. */
  readonly outlets: readonly Outlet[];
  readonly deadLetters: readonly DeadLetter[];
  /** Sends a dead letter once more. @returns false: there is none of that id and etag */
  resend(id: string, etag: string): Promise<'done' | 'unknown' | 'changed'>;
  discard(id: string, etag: string): Promise<'done' | 'unknown' | 'changed'>;
  /** `outlets` is another one now, or an alert was sent (its id and where, for its history). */
  onChange(
    listener: (sent: readonly { readonly id: string; readonly at: string; readonly what: string }[]) => void,
  ): void;
  start(): void;
  /** Ends what is under way; what was not sent waits in its documents. */
  stop(): Promise<void>;
}

import type {
  AlertBody,
  AlertRulesBody,
  AlertsBody,
  DeadLetter,
  RulesTrial,
  Silence,
  SilencePreview,
  SilenceWish,
} from '@/lib/alerts/alert-body';

/** Alerts as the HTTP side has them. A refusal is an `AlertRefusal`. */
export interface AlertDesk {
  alerts(): AlertsBody;
  /** @throws AlertRefusal `unknown-alert` */
  alert(id: string): Promise<AlertBody>;
  acknowledge(id: string, etag: string, note: string, by: string): Promise<AlertBody>;
  /** Takes an acknowledgement back. */
  unacknowledge(id: string, etag: string, by: string): Promise<AlertBody>;
  previewSilence(filter: string): Promise<SilencePreview>;
  silences(): readonly Silence[];
  /** @param idempotencyKey a repeated one answers as the first time; with another wish it is refused (`FirstAnswers`) */
  silence(wish: SilenceWish, idempotencyKey: string, by: string): Promise<Silence>;
  /** It ends now. */
  endSilence(id: string, etag: string, by: string): Promise<Silence>;
  rules(): AlertRulesBody;
  /** Nothing is saved. */
  tryRules(text: string, fromMs: number | null, toMs: number | null): Promise<RulesTrial>;
  saveRules(text: string, etag: string, by: string): Promise<AlertRulesBody>;
  deadLetters(): readonly DeadLetter[];
  resendDeadLetter(id: string, etag: string): Promise<void>;
  discardDeadLetter(id: string, etag: string): Promise<void>;
}

export type AlertRefusalCode =
  | 'unknown-alert'
  | 'unknown-silence'
  | 'unknown-delivery'
  /** It is not firing (any more), so there is nothing to acknowledge. */
  | 'not-firing'
  /** Not as it was seen: `present` has what stands now. */
  | 'changed'
  | 'invalid-filter'
  | 'silence-in-the-past'
  /** It would hold for everything: `confirmAll` says it once more. */
  | 'matches-all'
  /** With `line` and `reason`. */
  | 'invalid-rules'
  | 'rules-not-here'
  /** The idempotency key was used for another wish. */
  | 'key-used'
  /** What outlives the process cannot be written now. */
  | 'not-kept';

/** Its message is a sentence for a person. */
export class AlertRefusal extends Error {
  constructor(
    readonly code: AlertRefusalCode,
    message: string,
    /** What a program may want to know: `present`, `line`, `at`. */
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'AlertRefusal';
  }
}

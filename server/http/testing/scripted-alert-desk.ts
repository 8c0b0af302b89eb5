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
import { exampleRecords } from '@/lib/alerts/example-alerts';
import { type AlertDesk, AlertRefusal } from '@/server/alerts/alert-desk-parts';
import { APP_AT } from './app-with';

const rulesState = { source: 'defaults', loadedAt: APP_AT, rules: 1, error: null };

/** A desk with the example alerts, that notes what it is asked for and does nothing. */
export class ScriptedAlertDesk implements AlertDesk {
  readonly asked: unknown[][] = [];
  /** Every change is refused so. */
  refusal: AlertRefusal | null = null;
  body: AlertsBody = {
    ...{ epoch: 1, seq: 7, at: APP_AT, items: [...exampleRecords()] },
    ...{ silences: [], outlets: [], rules: rulesState },
  };
  letters: DeadLetter[] = [];

  alerts(): AlertsBody {
    return this.body;
  }

  async alert(id: string): Promise<AlertBody> {
    const { epoch, seq, at, items } = this.body;
    const record = items.find((one) => one.id === id);
    if (record === undefined) throw new AlertRefusal('unknown-alert', 'There is no such alert.');
    return { ...record, epoch, seq, at, history: [], flap: null };
  }

  acknowledge(...args: Parameters<AlertDesk['acknowledge']>): Promise<AlertBody> {
    return this.#change(['acknowledge', ...args], () => this.alert(args[0]));
  }

  unacknowledge(...args: Parameters<AlertDesk['unacknowledge']>): Promise<AlertBody> {
    return this.#change(['unacknowledge', ...args], () => this.alert(args[0]));
  }

  async previewSilence(filter: string): Promise<SilencePreview> {
    return this.#change(['preview', filter], async () => ({ matches: [], alerts: 11, matchesAll: false, lately: 0 }));
  }

  silences(): readonly Silence[] {
    return this.body.silences;
  }

  silence(wish: SilenceWish, idempotencyKey: string, by: string): Promise<Silence> {
    return this.#change(['silence', wish, idempotencyKey, by], async () => exampleSilence(wish, by));
  }

  endSilence(...args: Parameters<AlertDesk['endSilence']>): Promise<Silence> {
    const wish = { filter: 'dc:dc1', to: APP_AT, reason: 'Over.' };
    return this.#change(['endSilence', ...args], async () => exampleSilence(wish, args[2]));
  }

  rules(): AlertRulesBody {
    return { text: 'rules: []\n', state: rulesState, saveRefusal: null, etag: '"rules-1"' };
  }

  tryRules(...args: Parameters<AlertDesk['tryRules']>): Promise<RulesTrial> {
    const empty = { recordedFrom: null, transitions: 0, rules: [], items: [], cut: null, cutBy: null };
    return this.#change(['tryRules', ...args], async () => ({ from: APP_AT, to: APP_AT, ...empty }));
  }

  saveRules(...args: Parameters<AlertDesk['saveRules']>): Promise<AlertRulesBody> {
    return this.#change(['saveRules', ...args], async () => ({ ...this.rules(), text: args[0], etag: '"rules-2"' }));
  }

  deadLetters(): readonly DeadLetter[] {
    return this.letters;
  }

  resendDeadLetter(...args: Parameters<AlertDesk['resendDeadLetter']>): Promise<void> {
    return this.#change(['resend', ...args], async () => {});
  }

  discardDeadLetter(...args: Parameters<AlertDesk['discardDeadLetter']>): Promise<void> {
    return this.#change(['discard', ...args], async () => {});
  }

  async #change<Answer>(asked: unknown[], answer: () => Promise<Answer>): Promise<Answer> {
    this.asked.push(asked);
    if (this.refusal !== null) throw this.refusal;
    return answer();
  }
}

export function exampleSilence({ filter, from = APP_AT, to, reason }: SilenceWish, by = 'anonymous'): Silence {
  const rest = { createdAt: APP_AT, state: 'active', matches: 2, etag: '"silence-1"' } as const;
  return { id: 'a silence/1', filter, from, to, reason, by, ...rest };
}

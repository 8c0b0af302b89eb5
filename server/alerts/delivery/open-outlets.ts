import type { AlertRecord, DeadLetter, Outlet } from '@/lib/alerts/alert-body';
import type { SentAlert } from '@/server/alerts/outlet-parts';
import type { Timer } from '@/server/consul/clock';
import { AlertmanagerOutlet } from './alertmanager/alertmanager-outlet';
import type { AlertDelivery, DeliveryParts } from './delivery-parts';
import type { DeliverySettings } from './delivery-settings';
import { AllowList } from './network/allow-list';
import { type Resolve, resolveBySystem } from './network/checked-addresses';
import { SendCounter } from './send-counter';
import { DeadLetters } from './webhooks/dead-letters';
import { WebhookOutlet } from './webhooks/webhook-outlet';
import { WebhookTarget } from './webhooks/webhook-target';
import { Webhooks } from './webhooks/webhooks';

type Sent = Parameters<Parameters<AlertDelivery['onChange']>[0]>[0][number];

/** What changes within this is told once. */
const TOGETHER_MS = 50;

/**
 * Where the settings say that alerts go. It sends nothing before it is started, and then while this process leads.
 * @param resolve names to addresses, for webhooks
 */
export function openOutlets(
  settings: DeliverySettings,
  parts: DeliveryParts,
  resolve: Resolve = resolveBySystem,
): AlertDelivery {
  return new AllOutlets(settings, parts, resolve);
}

class AllOutlets implements AlertDelivery {
  readonly stats = { alertmanager: new SendCounter(), webhook: new SendCounter() };
  readonly #parts: DeliveryParts;
  readonly #alertmanagers: readonly AlertmanagerOutlet[];
  readonly #deadLetters: DeadLetters;
  readonly #webhooks: Webhooks;
  readonly #listeners: ((sent: readonly Sent[]) => void)[] = [];
  #sent: Sent[] = [];
  #timer: Timer | null = null;
  #leads = false;
  #started = false;

  constructor(settings: DeliverySettings, parts: DeliveryParts, resolve: Resolve) {
    this.#parts = parts;
    const { clock } = parts;
    this.#alertmanagers = settings.alertmanagers.map((one) => {
      const outlet: AlertmanagerOutlet = new AlertmanagerOutlet({
        ...{ ...parts, ...settings.alertmanager, settings: one, counter: this.stats.alertmanager },
        changed: (posts) =>
          this.#changed(
            outlet.name,
            posts.map(({ alert }) => alert.record.id),
          ),
      });
      return outlet;
    });
    this.#deadLetters = new DeadLetters(parts);
    const allowed = new AllowList(settings.webhookAllow);
    const counter = this.stats.webhook;
    const outlets = settings.webhooks.map(
      (one) =>
        new WebhookOutlet({
          ...{ ...parts, settings: one, counter, deadLetters: this.#deadLetters },
          target: new WebhookTarget(one, allowed, resolve, clock),
          changed: (arrived) => this.#changed(`webhook ${one.name}`, arrived),
        }),
    );
    this.#webhooks = new Webhooks({
      ...{ ...parts, outlets, counter, deadLetters: this.#deadLetters },
      changed: () => this.#changed('', []),
    });
  }

  get outlets(): readonly Outlet[] {
    const all = [...this.#alertmanagers.map(({ outlet }) => outlet), ...this.#webhooks.outlets];
    return all.sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  get deadLetters(): readonly DeadLetter[] {
    return this.#deadLetters.letters;
  }

  tell(alerts: readonly SentAlert[]): void {
    for (const outlet of this.#alertmanagers) outlet.tell(alerts);
    this.#webhooks.tell(alerts);
  }

  silencedElsewhere(id: string): AlertRecord['silencedElsewhere'] {
    return this.#alertmanagers.flatMap((outlet) => outlet.silencedElsewhere(id));
  }

  resend(id: string, etag: string): Promise<'done' | 'unknown' | 'changed'> {
    return this.#webhooks.resend(id, etag);
  }

  discard(id: string, etag: string): Promise<'done' | 'unknown' | 'changed'> {
    return this.#webhooks.discard(id, etag);
  }

  onChange(listener: (sent: readonly Sent[]) => void): void {
    this.#listeners.push(listener);
  }

  start(): void {
    this.#started = true;
    for (const outlet of this.#alertmanagers) outlet.start();
    this.#webhooks.start();
    this.#parts.leadership.onChange(({ leads }) => this.#turn(leads));
    this.#turn(this.#parts.leadership.state.leads);
  }

  async stop(): Promise<void> {
    this.#started = false;
    if (this.#timer !== null) this.#parts.clock.clearTimeout(this.#timer);
    this.#timer = null;
    await Promise.all([...this.#alertmanagers.map((outlet) => outlet.stop()), this.#webhooks.stop()]);
  }

  #turn(leads: boolean): void {
    if (!this.#started || leads === this.#leads) return;
    this.#leads = leads;
    for (const outlet of [...this.#alertmanagers, this.#webhooks]) {
      if (leads) outlet.lead();
      else outlet.follow();
    }
    this.#changed('', []);
  }

  #changed(what: string, ids: readonly string[]): void {
    const { clock } = this.#parts;
    const at = clock.iso(clock.now());
    this.#sent.push(...ids.map((id) => ({ id, at, what })));
    if (!this.#started) return;
    this.#timer ??= clock.setTimeout(() => {
      this.#timer = null;
      const sent = this.#sent;
      this.#sent = [];
      for (const listener of this.#listeners) listener(sent);
    }, TOGETHER_MS);
  }
}

import { answerExcerpt, basicAuthHeader } from '@/server/alerts/delivery/answer-excerpt';
import { machineMs } from '@/server/alerts/delivery/machine-time';
import type { AllowList } from '@/server/alerts/delivery/network/allow-list';
import { boundedRequest } from '@/server/alerts/delivery/network/bounded-request';
import { checkedAddresses, lookupOf, type Resolve } from '@/server/alerts/delivery/network/checked-addresses';
import { RequestFailed } from '@/server/alerts/delivery/network/request-failed';
import { within } from '@/server/alerts/delivery/network/within';
import type { WebhookSettings } from '@/server/config/alerts-settings';
import type { Clock } from '@/server/consul/clock';
import { tokenSource } from '@/server/consul/token-source';
import { signature } from './signature';

/** Nobody has more to say about a delivery. */
const MOST_BYTES = 64 * 1024;

/** Where one webhook's deliveries go. */
export class WebhookTarget {
  readonly #url: URL;
  readonly #secret: () => string | null;
  readonly #auth: ReturnType<typeof basicAuthHeader>;

  constructor(
    private readonly settings: WebhookSettings,
    private readonly allowed: AllowList,
    private readonly resolve: Resolve,
    private readonly clock: Clock,
  ) {
    this.#url = new URL(settings.url);
    this.#secret = tokenSource(null, settings.secretFile, () => clock.now());
    this.#auth = basicAuthHeader(settings.basicAuth);
  }

  /** One try. @throws RequestFailed it has not arrived, or nobody can know */
  async send(delivery: string, body: string, signal: AbortSignal): Promise<void> {
    const { timeoutMs } = this.settings;
    const beganAtMs = this.clock.now();
    const secret = this.#secretNow();
    const looking = checkedAddresses(this.#url, this.allowed, this.resolve);
    const addresses = await within(this.clock, timeoutMs, looking, 'its name was not looked up');
    const timestamp = String(Math.floor(machineMs(this.clock) / 1_000));
    const { value: authorization, secrets } = this.#auth;
    const answer = await boundedRequest(
      {
        ...{ url: this.#url, method: 'POST', body, signal, lookup: lookupOf(addresses), mostBytes: MOST_BYTES },
        timeoutMs: Math.max(1, timeoutMs - (this.clock.now() - beganAtMs)),
        headers: {
          ...{ 'content-type': 'application/json', 'user-agent': 'Lictor', 'x-lictor-delivery': delivery },
          'x-lictor-timestamp': timestamp,
          ...(secret !== null && { 'x-lictor-signature': signature(secret, timestamp, body) }),
          ...(authorization !== null && { authorization }),
        },
      },
      this.clock,
    );
    const { status } = answer;
    if (status >= 200 && status < 300) return;
    if (status >= 300 && status < 400) {
      throw new RequestFailed(
        `it answered ${status} and sends on to another address, which Lictor does not follow; give the address where it ends`,
      );
    }
    const path = `${this.#url.pathname}${this.#url.search}`;
    const hidden = [...secrets, secret, path === '/' ? null : path];
    throw new RequestFailed(`it answered ${status}${answerExcerpt(answer.body, hidden)}`);
  }

  /** Where there has to be one nothing goes out without it. @throws RequestFailed */
  #secretNow(): string | null {
    if (this.settings.secretFile === null) return null;
    let secret: string | null = null;
    try {
      secret = this.#secret();
    } catch {
      // A sentence below says so.
    }
    if (secret === null) throw new RequestFailed('the file of its secret is empty or cannot be read; correct it');
    return secret;
  }
}

import type { AgentSettings } from '@/server/config/agents-settings';
import { ConsulError } from '@/server/consul/consul-error';
import { consulTransport } from '@/server/consul/consul-transport';
import { tokenSource } from '@/server/consul/token-source';
import type { ConsulTransport } from '@/server/consul/transport';

/** As many writes as a plan has under way at once, and room for what is read meanwhile. */
const MAX_CONNECTIONS = 12;

/** An agent that was opted in. */
export interface OwnerAgent {
  readonly dc: string;
  readonly node: string;
  readonly address: string;
  /** Whether a token is given; whether it is the one that owns the registrations nobody can ask. */
  hasToken(): boolean;
  /** Connections are made when they are first needed. @throws ConsulError where its certificates cannot be used */
  transport(): ConsulTransport;
}

/** The agents at which the weights of their own instances may be written. */
export class OwnerAgents {
  readonly #agents = new Map<string, OpenedAgent>();

  /** @param warn told a sentence when certificate files have changed and cannot be used, and when an agent refuses connections */
  constructor(settings: readonly AgentSettings[], warn: (sentence: string) => void) {
    for (const one of settings) this.#agents.set(keyOf(one.datacenter, one.node), new OpenedAgent(one, warn));
  }

  /** Null: it was not opted in. */
  find(dc: string, node: string): OwnerAgent | null {
    return this.#agents.get(keyOf(dc, node)) ?? null;
  }

  /** @throws ConsulError where it is opted in no more, as a plan made before may find */
  transport(dc: string, node: string): ConsulTransport {
    const agent = this.find(dc, node);
    if (agent !== null) return agent.transport();
    throw new ConsulError(
      'connect',
      `The agent of node ${JSON.stringify(node)} in ${dc} is not named under release.agents any more, so nothing can be written there: name it again.`,
    );
  }

  async close(): Promise<void> {
    await Promise.all([...this.#agents.values()].map((agent) => agent.close()));
  }
}

const keyOf = (dc: string, node: string): string => JSON.stringify([dc, node]);

class OpenedAgent implements OwnerAgent {
  readonly #settings: AgentSettings;
  readonly #warn: (sentence: string) => void;
  readonly #token: () => string | null;
  #transport: ConsulTransport | null = null;

  constructor(settings: AgentSettings, warn: (sentence: string) => void) {
    this.#settings = settings;
    this.#warn = warn;
    this.#token = tokenSource(null, settings.tokenFile);
  }

  get dc(): string {
    return this.#settings.datacenter;
  }

  get node(): string {
    return this.#settings.node;
  }

  get address(): string {
    return this.#settings.address;
  }

  hasToken(): boolean {
    return this.#token() !== null;
  }

  transport(): ConsulTransport {
    this.#transport ??= this.#open();
    return this.#transport;
  }

  async close(): Promise<void> {
    await this.#transport?.close();
  }

  #open(): ConsulTransport {
    const { address, basicAuth, tls } = this.#settings;
    const options = { address, basicAuth, tls, token: this.#token, warn: this.#warn };
    try {
      return consulTransport({ ...options, maxConnections: MAX_CONNECTIONS });
    } catch (error) {
      const { message } = error as Error;
      throw new ConsulError(
        'tls',
        `The certificate files for the agent at ${address} cannot be used (${message}): correct them under release.agents.`,
      );
    }
  }
}

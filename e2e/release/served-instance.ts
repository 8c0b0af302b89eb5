import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConsulHttp } from '@/e2e/world/consul-http';

export interface ServedPlan {
  service: string;
  version: string;
  id: string;
  status?: 'passing' | 'critical';
  /** Without a check it is registered and was never verified. */
  checked?: boolean;
}

/** A real instance that counts the requests it answers, on a node that no agent owns, so that every change is a write which Consul shows at once. */
export class ServedInstance {
  requests = 0;
  readonly #consul: ConsulHttp;
  readonly #plan: ServedPlan;
  readonly #server: Server;
  #port = 0;

  private constructor(consul: ConsulHttp, plan: ServedPlan) {
    this.#consul = consul;
    this.#plan = plan;
    this.#server = createServer((_request, response) => {
      this.requests += 1;
      response.end(plan.version);
    });
  }

  static async open(consul: ConsulHttp, plan: ServedPlan): Promise<ServedInstance> {
    const instance = new ServedInstance(consul, plan);
    await new Promise<void>((resolve) => instance.#server.listen(0, '127.0.0.1', resolve));
    instance.#port = (instance.#server.address() as AddressInfo).port;
    await instance.register(plan.status ?? 'passing');
    return instance;
  }

  /** As it is, with its check in that state. */
  async register(status: 'passing' | 'critical'): Promise<void> {
    const { service, version, id, checked = true } = this.#plan;
    await this.#consul.put('/v1/catalog/register', {
      ...{ Node: 'shelf', Address: '127.0.0.1' },
      Service: { ID: id, Service: service, Address: '127.0.0.1', Port: this.#port, Meta: { version } },
      ...(checked && { Check: { CheckID: `${id}:health`, Name: 'health', Status: status, ServiceID: id } }),
    });
  }

  /** It stays registered, as after a crash. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

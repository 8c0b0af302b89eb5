import type { FlipStatus, ShopInstance } from '@/e2e/world/shop-instance';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';

interface RawCheck {
  Node: string;
  CheckID: string;
  ServiceID: string;
  Status: string;
}

/** What drives a world, each step seen through to Consul's own catalog. */
export class Storm {
  constructor(private readonly world: World) {}

  one(service: string, dc: string): ShopInstance {
    const [instance] = this.world.instances(service, dc);
    if (instance === undefined) throw new Error(`No ${service} stands in ${dc}.`);
    return instance;
  }

  /** Flips an instance, and resolves when its catalog says so. */
  async flip(instance: ShopInstance, status: FlipStatus, output?: string): Promise<void> {
    await this.world.flip(instance, status, output);
    await this.#healthIs(instance, status);
  }

  async kill(instance: ShopInstance): Promise<void> {
    await this.world.kill(instance);
    await this.#healthIs(instance, 'critical');
  }

  async loseAndReturn(dc: string, node: string): Promise<void> {
    await this.world.loseNode(node);
    await this.checkIs(
      dc,
      `${node} to be lost`,
      ({ Node, CheckID, Status }) => Node === node && CheckID === 'serfHealth' && Status === 'critical',
    );
    await this.world.returnNode(node);
    await this.checkIs(
      dc,
      `${node} to be back`,
      ({ Node, CheckID, Status }) => Node === node && CheckID === 'serfHealth' && Status === 'passing',
    );
  }

  /** A service of its own at a client agent, without a server: its check asks one of the shop's. */
  async register(instance: ShopInstance, id: string, more: Record<string, unknown> = {}): Promise<void> {
    const Check = { HTTP: `http://127.0.0.1:${instance.healthPort}/health`, Interval: '1s', Status: 'passing' };
    await this.world.register(instance.node, { Name: id, ID: id, Port: 7_000, Check, ...more });
  }

  checkIs(dc: string, what: string, wanted: (check: RawCheck) => boolean): Promise<RawCheck> {
    return until(what, async () => (await this.world.consul(dc).get<RawCheck[]>('/v1/health/state/any')).find(wanted));
  }

  #healthIs(instance: ShopInstance, status: FlipStatus): Promise<RawCheck> {
    return this.checkIs(
      instance.datacenter,
      `${instance.key} to be ${status}`,
      ({ Node, ServiceID, CheckID, Status }) =>
        Node === instance.node && ServiceID === instance.id && CheckID.endsWith(':health') && Status === status,
    );
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { type CatalogInstance, putInstance } from '@/e2e/harness/catalog';
import type { ConsulHttp } from '@/e2e/world/consul-http';

/** A check that goes down and up again until it is told to rest; then it passes. */
export class FlappingCheck {
  #isOver = false;
  readonly #done: Promise<void>;
  /** How often it changed. */
  changes = 0;

  constructor(
    private readonly consul: ConsulHttp,
    private readonly instance: CatalogInstance,
    private readonly everyMs = 500,
  ) {
    this.#done = this.#run();
  }

  /** Resolves once it passes. */
  async rest(): Promise<void> {
    this.#isOver = true;
    await this.#done;
  }

  async #run(): Promise<void> {
    for (let isDown = true; !this.#isOver || !isDown; isDown = !isDown) {
      await putInstance(this.consul, { ...this.instance, status: isDown ? 'critical' : 'passing' });
      this.changes += 1;
      await sleep(this.everyMs);
    }
  }
}

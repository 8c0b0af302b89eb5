import { startWorld, type WorldOptions } from '@/e2e/world/start-world';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import { bundledProcess } from './bundled-process';
import { FollowedStream } from './followed-stream';
import { LictorUnderTest, lictorFor } from './lictor-for';
import { Spawned } from './spawned';
import { SpoilingProxy } from './spoiling-proxy';

/** What one test set up for itself, ended in the opposite order whatever becomes of the test. */
export class Stage {
  readonly #endings: (() => unknown)[] = [];

  /** Consul servers alone, without agents and without the shop. */
  async bareWorld(datacenters: number, more: WorldOptions = {}): Promise<World> {
    const world = await startWorld({ datacenters, clientsPerDatacenter: 0, shop: false, ...more });
    this.#endings.push(() => world.stop());
    return world;
  }

  async lictor(address: string, env: Readonly<Record<string, string>> = {}): Promise<LictorUnderTest> {
    const lictor = await lictorFor(address, env);
    this.#endings.push(() => lictor.close());
    return lictor;
  }

  async proxy(address: string, maxConnections?: number): Promise<SpoilingProxy> {
    const proxy = await SpoilingProxy.open(address, maxConnections);
    this.#endings.push(() => proxy.close());
    return proxy;
  }

  /** To be done when the test is over, before what was set up earlier is ended. */
  atEnd(end: () => unknown): void {
    this.#endings.push(end);
  }

  /** @param program path from the project's root */
  spawn(program: string, env: Readonly<Record<string, string>>): Spawned {
    const spawned = new Spawned(program, env);
    this.#endings.push(() => spawned.signal('SIGKILL'));
    return spawned;
  }

  /** Closes at the end what a test has opened for itself. */
  async opened<Closable extends { close(): Promise<void> }>(opening: Promise<Closable>): Promise<Closable> {
    const closable = await opening;
    this.#endings.push(() => closable.close());
    return closable;
  }

  /** What `lictorProcess` starts, or another program by its path from the project's root, for a test that does so many times. */
  async bundle(entry?: string): Promise<string> {
    const { program, remove } = await bundledProcess(entry);
    this.#endings.push(remove);
    return program;
  }

  /** Lictor's API in a process of its own, as it is started in earnest; resolves when it listens. */
  async lictorProcess(
    address: string,
    env: Readonly<Record<string, string>> = {},
    program = 'e2e/harness/api-process.ts',
  ): Promise<{ lictor: LictorUnderTest; spawned: Spawned }> {
    const spawned = this.spawn(program, { PORT: '0', CONSUL_HTTP_ADDR: address, ...env });
    const url = await until('the address that it listens on', () => /"url":"([^"]+)"/.exec(spawned.stdout)?.[1]);
    return { lictor: new LictorUnderTest(url, async () => spawned.signal('SIGKILL')), spawned };
  }

  /** A stream whose opening is through. */
  async follow(lictor: LictorUnderTest, topics: readonly string[]): Promise<FollowedStream> {
    const stream = await FollowedStream.open(lictor.url, topics);
    this.#endings.push(() => stream.reader.cut());
    await stream.reader.frame('the opening', ({ event }) => event === 'heartbeat');
    return stream;
  }

  async clear(): Promise<void> {
    for (const end of this.#endings.reverse()) await end();
  }
}

/** A test's body on a stage of its own. */
export function onStage(act: (stage: Stage) => Promise<void>): () => Promise<void> {
  return async () => {
    const stage = new Stage();
    try {
      await act(stage);
    } finally {
      await stage.clear();
    }
  };
}

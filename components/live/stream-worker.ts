import { browserClock } from './clock';
import { StreamRelay } from './stream-relay';
import { basePathOf } from './worker-name';
import type { FromTab } from './worker-protocol';

/** The part of a shared worker's global scope that is used; TypeScript's types of it do not go together with those of a page. */
interface SharedWorkerScope {
  readonly name: string;
  addEventListener(type: 'connect', listener: (event: MessageEvent) => void): void;
}

const scope = globalThis as unknown as SharedWorkerScope;

const relay = new StreamRelay({
  basePath: basePathOf(scope.name),
  clock: browserClock,
  random: Math.random,
  openEventSource: (url) => new EventSource(url),
});

scope.addEventListener('connect', (event) => {
  const [port] = event.ports;
  if (!port) return;
  const hear = relay.connect({ post: (said) => port.postMessage(said), close: () => port.close() });
  port.addEventListener('message', (message: MessageEvent<FromTab>) => hear(message.data));
  port.start();
});

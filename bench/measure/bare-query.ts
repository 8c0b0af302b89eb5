import http from 'node:http';
import { preciseNow } from './now';

interface BareEntry {
  Service: { ID: string; Meta: Record<string, string> | null };
  Checks: { Status: string; Output: string }[];
}

export interface BareInstance {
  readonly id: string;
  /** The worst of its checks, its node's included. */
  readonly status: string;
  readonly version: string | undefined;
  /** That of its first check which is not passing; empty where all are. */
  readonly output: string;
}

/**
 * The yardstick: one plain blocking query on a service, as a script without Lictor would hold it. `onAnswer` is told every instance at the
 * moment the answer's last byte is there.
 */
export function bareBlockingQuery(
  consul: string,
  service: string,
  onAnswer: (instances: readonly BareInstance[], atMs: number) => void,
): () => void {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  let stopped = false;
  let request: http.ClientRequest | undefined;

  function ask(index: string): void {
    const url = `${consul}/v1/health/service/${service}?stale&wait=20s&index=${index}`;
    request = http.get(url, { agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const atMs = preciseNow();
        const entries = JSON.parse(Buffer.concat(chunks).toString()) as BareEntry[];
        onAnswer(entries.map(bareInstance), atMs);
        if (!stopped) ask(String(answer.headers['x-consul-index'] ?? '0'));
      });
    });
    request.on('error', (error) => {
      if (!stopped) throw error;
    });
  }

  ask('0');
  return () => {
    stopped = true;
    request?.destroy();
    agent.destroy();
  };
}

function bareInstance({ Service, Checks }: BareEntry): BareInstance {
  const wrong = Checks.find(({ Status }) => Status !== 'passing');
  return {
    id: Service.ID,
    status: wrong?.Status ?? 'passing',
    version: Service.Meta?.version,
    output: wrong?.Output ?? '',
  };
}

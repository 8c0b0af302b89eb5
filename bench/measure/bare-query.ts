import http from 'node:http';
import { preciseNow } from './now';

interface BareEntry {
  Service: { ID: string };
  Checks: { ServiceID: string; Status: string }[];
}

/**
 * The yardstick: one plain blocking query on a service, as a script without Lictor would hold it. `onStatus` is told the worst check of
 * each instance at the moment the answer's last byte is there.
 */
export function bareBlockingQuery(
  consul: string,
  service: string,
  onStatus: (instance: string, status: string, atMs: number) => void,
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
        for (const { Service, Checks } of JSON.parse(Buffer.concat(chunks).toString()) as BareEntry[]) {
          const own = Checks.filter((check) => check.ServiceID === Service.ID).map((check) => check.Status);
          onStatus(Service.ID, own.find((status) => status !== 'passing') ?? 'passing', atMs);
        }
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

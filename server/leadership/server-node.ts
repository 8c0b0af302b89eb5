import { ConsulError } from '@/server/consul/consul-error';
import { decodeHealthService } from '@/server/consul/decode/health-service';
import { read } from '@/server/consul/read';
import type { ConsulTransport } from '@/server/consul/transport';

const LIMIT_MS = 2_500;

/**
 * A node of Consul's own servers in a datacenter.
 * @throws ConsulError also where the token may not read any
 */
export async function serverNode(transport: ConsulTransport, datacenter: string): Promise<string> {
  const { value, answer } = await read(transport, {
    path: '/v1/health/service/consul',
    query: { dc: datacenter, passing: '' },
    timeoutMs: LIMIT_MS,
    decode: decodeHealthService,
  });
  const [node] = value.entries.map(({ Node }) => Node.Node).sort();
  if (node !== undefined) return node;
  const sentence = `${answer.source} names no server of Consul on which a session could be kept: the token may not read them, or none is well.`;
  throw new ConsulError('status', sentence, { status: answer.status });
}

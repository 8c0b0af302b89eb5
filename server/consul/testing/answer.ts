import type { ConsulAnswer } from '@/server/consul/transport';

/** A good answer, as the transport gives it, for what reads answers. */
export function answerOf(body: unknown, facts: Partial<ConsulAnswer> = {}): ConsulAnswer {
  return {
    status: 200,
    index: 1,
    knownLeader: true,
    lastContactMs: 0,
    filteredByAcls: false,
    contentType: 'application/json',
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    receivedAtMs: 0,
    source: 'GET /v1/x at Consul http://127.0.0.1:8500',
    ...facts,
  };
}

import { z } from 'zod';
import { type JsonObject, jsonObjectSchema } from '@/lib/release/json';
import { maintenanceCheckId } from '@/lib/release/weights/maintenance-write';
import { registrationOf } from '@/lib/release/weights/registration-of';
import { wholeBody } from '@/server/consul/decode/whole-body';
import { read } from '@/server/consul/read';
import type { ConsulTransport } from '@/server/consul/transport';

/** An agent answers from its own memory. */
const LIMIT_MS = 3_000;

const checksSchema = z.record(z.string(), z.object({ Node: z.string(), Notes: z.string().nullish() })).nullable();
const definitionsSchema = z.record(z.string(), jsonObjectSchema).nullable();
const selfSchema = z.object({ Config: z.object({ NodeName: z.string(), Datacenter: z.string() }) });

const servicePath = (verb: string, id: string): string =>
  `/v1/agent/service/${verb}${encodeURIComponent(id.toWellFormed())}`;

/** The definition that the agent keeps; null: it knows no such service. @throws ConsulError */
export async function agentDefinition(
  transport: ConsulTransport,
  id: string,
  signal: AbortSignal,
): Promise<JsonObject | null> {
  const { value } = await read(transport, {
    ...{ path: servicePath('', id), timeoutMs: LIMIT_MS, signal, acceptStatuses: [200, 404] },
    decode: (answer) => (answer.status === 404 ? null : wholeBody(answer, jsonObjectSchema)),
  });
  return value;
}

/** The same of all that it knows, by service id. @throws ConsulError */
export async function agentDefinitions(
  transport: ConsulTransport,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, JsonObject>> {
  const { value } = await read(transport, {
    ...{ path: '/v1/agent/services', timeoutMs: LIMIT_MS, signal },
    decode: (answer) => wholeBody(answer, definitionsSchema) ?? {},
  });
  return new Map(Object.entries(value));
}

/** Registers a definition; the checks that the agent has stay, with what they last said. @throws ConsulError */
export async function register(transport: ConsulTransport, definition: JsonObject, signal: AbortSignal): Promise<void> {
  await read(transport, {
    ...{ path: '/v1/agent/service/register', method: 'PUT', timeoutMs: LIMIT_MS, signal },
    query: { 'replace-existing-checks': 'false' },
    body: JSON.stringify(registrationOf(definition)),
    decode: () => null,
  });
}

/** What an agent says of its checks. */
export interface AgentChecks {
  /** The name of its node, as its checks bear it; null: it has none that the token may read. */
  readonly node: string | null;
  /** The reason of the maintenance of one of its services; null: off. */
  maintenanceOf(serviceId: string): string | null;
}

/** @throws ConsulError */
export async function agentChecks(transport: ConsulTransport, signal: AbortSignal): Promise<AgentChecks> {
  const { value } = await read(transport, {
    ...{ path: '/v1/agent/checks', timeoutMs: LIMIT_MS, signal },
    decode: (answer) => wholeBody(answer, checksSchema) ?? {},
  });
  return {
    node: Object.values(value)[0]?.Node ?? null,
    maintenanceOf: (id) => {
      const check = Object.hasOwn(value, maintenanceCheckId(id)) ? value[maintenanceCheckId(id)] : undefined;
      return check ? (check.Notes ?? '') : null;
    },
  };
}

/** Turns the maintenance of a service on for this reason, or with null off. @throws ConsulError */
export async function setMaintenance(
  transport: ConsulTransport,
  id: string,
  reason: string | null,
  signal: AbortSignal,
): Promise<void> {
  await read(transport, {
    ...{ path: servicePath('maintenance/', id), method: 'PUT', timeoutMs: LIMIT_MS, signal },
    query: reason === null ? { enable: 'false' } : { enable: 'true', reason },
    decode: () => null,
  });
}

/** Who the agent is; null: the token may not ask. @throws ConsulError */
export async function agentIdentity(
  transport: ConsulTransport,
  signal: AbortSignal,
): Promise<{ readonly node: string; readonly dc: string } | null> {
  const { value } = await read(transport, {
    ...{ path: '/v1/agent/self', timeoutMs: LIMIT_MS, signal, acceptStatuses: [200, 403] },
    decode: (answer) => {
      if (answer.status === 403) return null;
      const { NodeName: node, Datacenter: dc } = wholeBody(answer, selfSchema).Config;
      return { node, dc };
    },
  });
  return value;
}

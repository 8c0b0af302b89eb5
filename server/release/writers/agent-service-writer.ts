import type { JsonObject } from '@/lib/release/json';
import type { WriteOf } from '@/lib/release/planned-write';
import { sameDefinition } from '@/lib/release/weights/same-definition';
import { ConsulError } from '@/server/consul/consul-error';
import { agentDefinition, register } from '@/server/release/weights/agent-requests';
import type { OwnerAgents } from '@/server/release/weights/owner-agents';
import type { Place } from '@/server/release/writer';
import { ComparedWriter } from './compared-writer';

type Write = WriteOf<'agent-service'>;

/**
 * Writes the definition of an instance at the agent that owns it: read, compare, write, read again, for an agent has no compare-and-set. What the owner writes
 * in the same moment, or later, stands.
 */
export class AgentServiceWriter extends ComparedWriter<Write> {
  constructor(private readonly agents: Pick<OwnerAgents, 'transport'>) {
    super();
  }

  async look(write: Write, signal: AbortSignal): Promise<Place> {
    const present = await this.#present(write, signal);
    if (present === null) return 'other';
    if (sameDefinition(present, write.after)) return 'after';
    return sameDefinition(present, write.before) ? 'before' : 'other';
  }

  /** @returns false where the owner wrote in the same moment: the later one stands */
  protected async put(write: Write, definition: JsonObject, signal: AbortSignal): Promise<boolean> {
    await register(this.agents.transport(write.dc, write.node), definition, signal);
    const present = await this.#present(write, signal);
    if (present === null) return false;
    if (sameDefinition(present, definition)) return true;
    if (sameDefinition({ ...present, Weights: null }, { ...definition, Weights: null })) return false;
    throw new ConsulError(
      'status',
      `${write.target}: after it was written the agent shows fields that nobody asked for; its owner wrote in the same moment, or this Consul drops some. Compare it with the preview.`,
      { status: 200 },
    );
  }

  #present({ dc, node, id }: Write, signal: AbortSignal): Promise<JsonObject | null> {
    return agentDefinition(this.agents.transport(dc, node), id, signal);
  }
}

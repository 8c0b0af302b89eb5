import type { WriteOf } from '@/lib/release/planned-write';
import { maintenanceCheckId } from '@/lib/release/weights/maintenance-write';
import type { Clock } from '@/server/consul/clock';
import { ConsulError } from '@/server/consul/consul-error';
import { Pause } from '@/server/consul/pause';
import type { ReleaseConsul } from '@/server/release/release-consul';
import { agentChecks, setMaintenance } from '@/server/release/weights/agent-requests';
import type { OwnerAgents } from '@/server/release/weights/owner-agents';
import type { Place } from '@/server/release/writer';
import { transact } from './catalog-transaction';
import { ComparedWriter } from './compared-writer';

type Write = WriteOf<'agent-maintenance'>;

/** An agent brings a change of its own to the catalog at once; where it does not, it has lost its servers. */
const SHOWN_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 50;

/** Turns the maintenance of an instance on and off at the agent that owns it. */
export class AgentMaintenanceWriter extends ComparedWriter<Write> {
  constructor(
    private readonly agents: Pick<OwnerAgents, 'transport'>,
    private readonly consul: ReleaseConsul,
    private readonly clock: Clock,
  ) {
    super();
  }

  async look(write: Write, signal: AbortSignal): Promise<Place> {
    const present = await this.#present(write, signal);
    if (present === write.after) return 'after';
    return present === write.before ? 'before' : 'other';
  }

  /** @returns false where somebody else wrote in the same moment */
  protected async put(write: Write, reason: string | null, signal: AbortSignal): Promise<boolean> {
    const { dc, node, id } = write;
    await setMaintenance(this.agents.transport(dc, node), id, reason, signal);
    if ((await this.#present(write, signal)) !== reason) return false;
    if (reason === null) await this.#untilCatalogShowsNone(write, signal);
    return true;
  }

  /** What comes after may take others out, so that it has to be true for clients, who go by the catalog, that this one is in. */
  async #untilCatalogShowsNone({ dc, node, id, target }: Write, signal: AbortSignal): Promise<void> {
    const transport = this.consul.transportOf(dc);
    const get = { Check: { Verb: 'get', Check: { Node: node, CheckID: maintenanceCheckId(id) } } } as const;
    const untilMs = this.clock.now() + SHOWN_WITHIN_MS;
    const pause = new Pause(this.clock);
    while ((await transact(transport, dc, get, signal)) !== 'absent') {
      if (this.clock.now() >= untilMs) throw notShown(target);
      await pause.sleep(LOOK_EVERY_MS);
    }
  }

  async #present({ dc, node, id }: Write, signal: AbortSignal): Promise<string | null> {
    return (await agentChecks(this.agents.transport(dc, node), signal)).maintenanceOf(id);
  }
}

const notShown = (target: string): ConsulError =>
  new ConsulError(
    'status',
    `${target} is off at the agent, and after ${SHOWN_WITHIN_MS / 1_000} s the catalog still shows it: the agent may have lost its servers. Check it; nothing else was taken out meanwhile.`,
    { status: 200 },
  );

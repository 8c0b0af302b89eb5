import { ZodError, z } from 'zod';
import { parsePair, serviceKey } from '@/lib/fleet/keys';
import type { MeshEntries } from '@/lib/release/mesh/mesh-entries';
import { MeshRefusal } from '@/lib/release/mesh/mesh-refusal';
import { type MeshPlace, meshScene } from '@/lib/release/mesh/mesh-scene';
import { planMesh } from '@/lib/release/mesh/plan-mesh';
import type { SplitWish } from '@/lib/release/split-body';
import { ConsulError } from '@/server/consul/consul-error';
import { wholeBody } from '@/server/consul/decode/whole-body';
import { read } from '@/server/consul/read';
import { catalogConnectPath, configEntryPath } from '@/server/consul/service-path';
import { type Actuator, type Plan, PlanRefused, type SplitSubject } from '@/server/release/actuator';
import type { FleetView } from '@/server/release/fleet-view';
import type { ReleaseConsul } from '@/server/release/release-consul';
import { readConfigEntry } from './config-entry-source';
import { type MeshStanding, meshStanding, meshUnavailable } from './mesh-standing';
import { notYetWorking } from './not-yet-working';
import { WritingPlaces } from './writing-places';

const LIMIT_MS = 5_000;

const proxyDefaultsSchema = z.object({ Config: z.object({ protocol: z.string().optional() }).nullish() }).nullable();

/**
 * Divides by Consul's own configuration entries, which mesh proxies obey. They are read and written in the primary datacenter of a federation, and hold in all of
 * it; where nothing is federated each datacenter has its own.
 */
export class MeshActuator implements Actuator<MeshStanding> {
  readonly mechanism = 'mesh';
  readonly #writingPlaces: WritingPlaces;

  constructor(
    private readonly consul: ReleaseConsul,
    private readonly fleet: Pick<FleetView, 'service' | 'datacenter' | 'keys'>,
  ) {
    this.#writingPlaces = new WritingPlaces(consul);
  }

  async read(subject: SplitSubject, signal: AbortSignal): Promise<MeshStanding> {
    const { dc, name } = subject;
    const primary = this.consul.primaryOf(dc);
    if (primary === null) {
      return meshUnavailable(
        `Which datacenter is the primary of ${dc} is not known yet: entries are written there and nowhere else. Lictor asks again.`,
      );
    }
    if (configEntryPath('service-splitter', name) === null) {
      return meshUnavailable(
        `Consul's API cannot be asked for the entries of a service named ${JSON.stringify(name)}.`,
      );
    }
    try {
      const [entries, globalProtocol, hasProxy, writeObstacle] = await Promise.all([
        this.#entries(primary, name, signal),
        this.#globalProtocol(primary, signal),
        this.#hasProxy(subject, signal),
        this.#writingPlaces.obstacle(primary, signal),
      ]);
      const scene = meshScene({
        ...{ service: name, dc, primary, copies: this.consul.copiesOf(primary), places: this.#places(subject) },
        ...{ entries, globalProtocol, writeObstacle, metaKeys: subject.versionMetaKeys },
      });
      return meshStanding(scene, hasProxy);
    } catch (error) {
      if (error instanceof ConsulError && error.denied) return meshUnavailable(error.sentence);
      if (error instanceof ZodError) {
        return meshUnavailable(
          `The entries of ${name} in ${primary} have a form that Lictor does not know, and are left alone (${error.issues[0]?.message ?? ''}).`,
        );
      }
      throw error;
    }
  }

  plan(_subject: SplitSubject, { scene, reason }: MeshStanding, wish: SplitWish): Plan {
    if (scene === null) throw new PlanRefused('mesh-unavailable', reason ?? 'The mesh cannot be planned now.');
    try {
      return { ...planMesh(scene, wish), roundingError: 0 };
    } catch (error) {
      if (error instanceof MeshRefusal) throw new PlanRefused(error.code, error.message);
      throw error;
    }
  }

  async verify(_subject: SplitSubject, { writes }: Plan, signal: AbortSignal): Promise<string | null> {
    const entries = writes.flatMap((write) => (write.kind === 'config-entry' ? [write] : []));
    return notYetWorking(this.consul, entries, signal);
  }

  async #entries(dc: string, name: string, signal: AbortSignal): Promise<MeshEntries> {
    const transport = this.consul.transportOf(dc);
    const entry = (kind: string) => readConfigEntry(transport, { dc, kind, name }, signal);
    const [defaults, resolver, splitter, router] = await Promise.all([
      entry('service-defaults'),
      entry('service-resolver'),
      entry('service-splitter'),
      entry('service-router'),
    ]);
    return {
      ...{ 'service-defaults': defaults, 'service-resolver': resolver },
      ...{ 'service-splitter': splitter, 'service-router': router },
    };
  }

  async #globalProtocol(dc: string, signal: AbortSignal): Promise<string> {
    const place = { dc, kind: 'proxy-defaults', name: 'global' };
    const { image } = await readConfigEntry(this.consul.transportOf(dc), place, signal);
    return proxyDefaultsSchema.parse(image)?.Config?.protocol ?? '';
  }

  /** Null: it may not be read. */
  async #hasProxy({ dc, name }: SplitSubject, signal: AbortSignal): Promise<boolean | null> {
    const { value } = await read(this.consul.transportOf(dc), {
      ...{ path: catalogConnectPath(name) ?? '', query: { dc }, timeoutMs: LIMIT_MS, signal },
      acceptStatuses: [200, 403],
      decode: (answer) => (answer.status === 403 ? null : wholeBody(answer, z.array(z.unknown())).length > 0),
    });
    return value;
  }

  /** Wherever the service is known. */
  #places({ dc, name, instances }: SplitSubject): MeshPlace[] {
    // There may be thousands, and few of them are this service's.
    const ofService = serviceKey('', name);
    const keys = this.fleet.keys().filter((key) => key.endsWith(ofService));
    const others = keys.flatMap((key) => parsePair(key)?.dc ?? []).filter((other) => other !== dc);
    const place = (where: string, known: MeshPlace['instances']): MeshPlace => ({
      ...{ dc: where, instances: known },
      isLive: this.fleet.datacenter(where)?.freshness.state === 'live',
    });
    return [
      place(dc, instances),
      ...others.map((other) => place(other, this.fleet.service(serviceKey(other, name))?.instances ?? [])),
    ];
  }
}

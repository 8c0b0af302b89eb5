import { parsePair, serviceKey } from '@/lib/fleet/keys';
import type { ReleaseConsul } from '@/server/release/release-consul';
import type { KeptWish, WishShelf } from './wish-shelf';

/**
 * The wish that holds for a service. Entries of the mesh are one for a whole federation, so a wish by the mesh holds in each of its datacenters, on whichever page it
 * was made; a wish by another mechanism is its own datacenter's.
 */
export class ServiceWishes {
  constructor(
    private readonly shelf: WishShelf,
    private readonly consul: ReleaseConsul,
  ) {}

  /** undefined: nothing was ever wished. */
  wishOf(key: string): KeptWish | undefined {
    const own = this.shelf.wishOf(key);
    if (own && own.record?.mechanism !== 'mesh') return own;
    if (!this.shelf.hasNamesake(key)) return undefined;
    const shared = this.keysBeside(key)
      .flatMap((one) => this.shelf.wishOf(one) ?? [])
      .filter(({ record }) => record?.mechanism === 'mesh');
    return shared.sort((a, b) => b.modifyIndex - a.modifyIndex)[0];
  }

  /** Why the wishes that were last asked for are not known, a sentence; null: Consul has answered. */
  get denied(): string | null {
    return this.shelf.denied;
  }

  /** Keys of the service in each datacenter of its federation, its own first. */
  keysBeside(key: string): readonly string[] {
    const pair = parsePair(key);
    const primary = pair && this.consul.primaryOf(pair.dc);
    if (!pair || primary === null) return [key];
    const keys = this.consul.copiesOf(primary).map((dc) => serviceKey(dc, pair.name));
    return [key, ...keys.filter((one) => one !== key)];
  }

  /**
   * Reads the wishes that may hold for it as they stand now. That they may not be read `denied` says.
   * @throws ConsulError
   */
  async refresh(key: string, signal: AbortSignal): Promise<void> {
    await Promise.all(
      this.keysBeside(key).map(async (one) => {
        const pair = parsePair(one);
        if (pair) await this.shelf.refresh(pair.dc, pair.name, signal);
      }),
    );
  }
}

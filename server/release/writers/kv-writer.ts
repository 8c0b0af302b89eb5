import type { WriteOf } from '@/lib/release/planned-write';
import type { ReleaseConsul } from '@/server/release/release-consul';
import type { Place, Writer } from '@/server/release/writer';
import { deleteStoredKey, putStoredKey, readStoredKey } from './stored-key';

/** Puts one key of Consul's store under compare-and-set. A key that was not there is taken away again under it, which the store honours in every version. */
export class KvWriter implements Writer<WriteOf<'kv'>> {
  readonly #consul: ReleaseConsul;

  constructor(consul: ReleaseConsul) {
    this.#consul = consul;
  }

  async look({ dc, key, before, after }: WriteOf<'kv'>, signal: AbortSignal): Promise<Place> {
    const stored = await readStoredKey(this.#consul, { dc, key }, signal);
    const holds = (text: string | null) => (text === null ? stored === null : stored?.value.equals(Buffer.from(text)));
    if (holds(after)) return 'after';
    return holds(before) ? 'before' : 'other';
  }

  async write(write: WriteOf<'kv'>, signal: AbortSignal): Promise<'written' | 'lost'> {
    const { dc, key, after: text, index, flags = 0 } = write;
    return (await putStoredKey(this.#consul, { dc, key, text, index, flags }, signal)) ? 'written' : 'lost';
  }

  async restore(write: WriteOf<'kv'>, signal: AbortSignal): Promise<'restored' | 'lost'> {
    const { dc, key, before, after, flags = 0 } = write;
    const stored = await readStoredKey(this.#consul, { dc, key }, signal);
    if (!stored?.value.equals(Buffer.from(after))) return 'lost';
    const place = { dc, key, index: stored.modifyIndex };
    const isRestored =
      before === null
        ? await deleteStoredKey(this.#consul, place, signal)
        : await putStoredKey(this.#consul, { ...place, text: before, flags }, signal);
    return isRestored ? 'restored' : 'lost';
  }
}

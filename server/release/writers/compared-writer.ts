import type { PlannedWrite } from '@/lib/release/planned-write';
import type { Place, Writer } from '@/server/release/writer';

/** A writer to what has no compare-and-set, as an agent: it looks, writes, and looks again. What somebody else writes in the same moment, or later, stands. */
export abstract class ComparedWriter<Write extends PlannedWrite & { readonly before: unknown; readonly after: unknown }>
  implements Writer<Write>
{
  abstract look(write: Write, signal: AbortSignal): Promise<Place>;

  /** @returns false where somebody else wrote in the same moment */
  protected abstract put(
    write: Write,
    content: Write['before'] | Write['after'],
    signal: AbortSignal,
  ): Promise<boolean>;

  async write(write: Write, signal: AbortSignal): Promise<'written' | 'lost'> {
    if ((await this.look(write, signal)) !== 'before') return 'lost';
    return (await this.put(write, write.after, signal)) ? 'written' : 'lost';
  }

  async restore(write: Write, signal: AbortSignal): Promise<'restored' | 'lost'> {
    const place = await this.look(write, signal);
    if (place !== 'after') return place === 'before' ? 'restored' : 'lost';
    return (await this.put(write, write.before, signal)) ? 'restored' : 'lost';
  }
}

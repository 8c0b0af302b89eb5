import type { AlertRecord } from '@/lib/alerts/alert-body';
import { serviceKey } from '@/lib/fleet/keys';

/** Services with open alerts: whatever the plan, these are watched one by one. */
export class HotServices {
  #keys: readonly string[] = [];

  constructor(private readonly onChange: () => void) {}

  /** In order. */
  get keys(): readonly string[] {
    return this.#keys;
  }

  note(records: readonly AlertRecord[]): void {
    const open = records.filter(({ state, subject }) => state !== 'resolved' && subject.kind === 'service');
    const keys = [...new Set(open.map(({ subject: { dc, name } }) => serviceKey(dc, name)))].sort();
    if (keys.join('\n') === this.#keys.join('\n')) return;
    this.#keys = keys;
    this.onChange();
  }
}

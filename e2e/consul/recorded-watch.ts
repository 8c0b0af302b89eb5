import { systemClock } from '@/server/consul/clock';
import { decodeHealthService, type HealthEntry } from '@/server/consul/decode/health-service';
import type { Records } from '@/server/consul/decode/records';
import type { ConsulTransport } from '@/server/consul/transport';
import { watch } from '@/server/consul/watch';
import type { Watch, WatchChange, WatchOptions } from '@/server/consul/watch-options';

type Change = WatchChange<Records<HealthEntry>>;

/** A watch of one service that remembers all that it was told. */
export interface RecordedWatch {
  readonly watch: Watch;
  readonly changes: Change[];
  readonly states: string[];
  readonly errors: Error[];
  /** Signs of life so far. */
  contacts(): number;
  /** `<service id>=<status of its own check>` of the newest change, sorted. */
  newest(): string[];
}

export function recordWatch(
  transport: ConsulTransport,
  service: string,
  options: Partial<WatchOptions<Records<HealthEntry>>> = {},
): RecordedWatch {
  const changes: Change[] = [];
  const states: string[] = [];
  const errors: Error[] = [];
  let contacts = 0;
  const subject = watch({
    transport,
    path: `/v1/health/service/${encodeURIComponent(service)}`,
    decode: decodeHealthService,
    onChange: (change) => changes.push(change),
    onState: (state) => states.push(state),
    onContact: () => {
      contacts += 1;
    },
    onError: (error) => errors.push(error),
    clock: systemClock,
    random: Math.random,
    ...options,
  });
  return {
    watch: subject,
    changes,
    states,
    errors,
    contacts: () => contacts,
    newest: () => (changes.at(-1)?.value.entries ?? []).map(statusOf).sort(),
  };
}

function statusOf({ Service, Checks }: HealthEntry): string {
  return `${Service.ID}=${Checks.find((check) => check.ServiceID === Service.ID)?.Status ?? 'none'}`;
}

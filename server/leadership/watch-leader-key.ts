import { readLeaderRecord } from '@/lib/leadership/leader-record';
import type { Clock } from '@/server/consul/clock';
import { decodeKvEntries } from '@/server/consul/decode/kv-entries';
import type { ConsulTransport } from '@/server/consul/transport';
import { watch } from '@/server/consul/watch';
import type { SessionLeadershipOptions } from './session-leadership';

export interface LeaderKeyOptions {
  /** With the token that leads. */
  readonly transport: ConsulTransport;
  readonly key: string;
  /** Null: that of the asked agent. */
  readonly datacenter: string | null;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Follows the leader's key by a blocking query: that it is free is known as it happens. */
export function watchLeaderKey(options: LeaderKeyOptions): SessionLeadershipOptions['watchKey'] {
  const { transport, key, datacenter, clock, random } = options;
  return (saw, troubled) =>
    watch({
      ...{ transport, clock, random },
      path: `/v1/kv/${key}`,
      ...(datacenter !== null && { query: { dc: datacenter } }),
      acceptStatuses: [200, 404],
      decode: (answer) => decodeKvEntries(answer)[0] ?? null,
      onChange: ({ value }) =>
        saw({ session: value?.session ?? null, record: value && readLeaderRecord(value.value.toString('utf8')) }),
      onState: (_state, reason) => troubled(reason),
      // Each is in the reason of the state that it brings about.
      onError: () => {},
    });
}

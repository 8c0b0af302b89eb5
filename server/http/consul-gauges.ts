import type { SystemState } from '@/lib/stream/system-changes';
import type { ConsulHealth } from '@/lib/system/consul-health';

export type SetGauge = (labels: Record<string, string>, value: number) => void;
/** Makes a gauge whose series are filled anew at each scrape. */
export type MakeGauge = (name: string, help: string, labelNames: string[], fill: (set: SetGauge) => void) => void;

const QUORUM_STATES = ['kept', 'lost', 'electing', 'unknown'] as const;

/** Series of Consul's own health, by datacenter. What was not told has no value, rather than nought. */
export function consulGauges(gauge: MakeGauge, state: () => SystemState): void {
  const each = (fill: (dc: string, consul: ConsulHealth) => void) => {
    for (const { name, consul } of state().datacenters) if (consul) fill(name, consul);
  };
  gauge('lictor_consul_quorum', '1 for the state that the quorum is in', ['dc', 'state'], (set) =>
    each((dc, { quorum }) => {
      for (const one of QUORUM_STATES) set({ dc, state: one }, Number(quorum.state === one));
    }),
  );
  gauge('lictor_consul_voters', 'Servers that vote: all, reachable, and needed for a quorum', ['dc', 'count'], (set) =>
    each((dc, { quorum: { voters, reachable, needed } }) => {
      for (const [count, value] of Object.entries({ all: voters, reachable, needed })) set({ dc, count }, value);
    }),
  );
  gauge('lictor_consul_server_healthy', '1 while autopilot calls the server healthy', ['dc', 'server'], (set) =>
    each((dc, { servers }) => {
      for (const { name, healthy } of servers) if (healthy !== null) set({ dc, server: name }, Number(healthy));
    }),
  );
  gauge('lictor_consul_members', 'Members of the gossip by their state', ['dc', 'status'], (set) =>
    each((dc, { gossip }) => {
      if (!gossip) return;
      const { alive, leaving, left, failed } = gossip;
      for (const [status, value] of Object.entries({ alive, leaving, left, failed })) set({ dc, status }, value);
    }),
  );
  gauge('lictor_consul_read_timestamp_seconds', 'When Consul last answered, by question', ['dc', 'question'], (set) =>
    each((dc, { readings }) => {
      for (const [question, { readAt }] of Object.entries(readings)) {
        if (readAt !== null) set({ dc, question }, Date.parse(readAt) / 1_000);
      }
    }),
  );
}

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Mechanism } from '@/lib/release/mechanism';
import type { ChangeEvent } from '@/lib/stream/protocol';
import type { SystemState } from '@/lib/stream/system-changes';
import type { RecorderStatus } from '@/server/history/recorder/recorder';
import { type AlertFigures, alertGauges } from './alert-gauges';
import { consulGauges, type SetGauge } from './consul-gauges';

/** Labels are datacenters, rules, kinds and endpoints, never services: the number of series does not grow with the fleet. */
export interface LictorMetrics {
  readonly registry: Registry;
  /** Call it for each published event. */
  published(event: ChangeEvent): void;
  /** Call it for each plan that was asked to be carried out. */
  plan(mechanism: Mechanism, outcome: string, ms: number): void;
}

/** How often the event loop's delay is looked at, ms. The library's 10 would wake a process at rest more often than all that it waits for at Consul. */
const LOOP_LOOK_MS = 100;

/**
 * Series of `/metrics`: the process, and what `/api/v1/system` says, read when Prometheus asks. `requests` are those made to Consul so far, by
 * endpoint, one record an address.
 */
export function createMetrics(
  system: () => SystemState,
  requests: () => readonly Readonly<Record<string, number>>[],
  history: () => RecorderStatus,
  alerts: () => AlertFigures | null = () => null,
): LictorMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_LOOK_MS });
  gauge('lictor_leader', '1 while this Lictor leads: it alone records and writes', [], (set) =>
    set({}, Number(system().leadership.leads)),
  );
  gauge('lictor_history_writing', '1 while this Lictor writes the record of the past', [], (set) =>
    set({}, Number(history().state === 'writing')),
  );
  gauge('lictor_history_transitions', 'Transitions since the start: waiting, written, dropped', ['state'], (set) => {
    const { queued, written, dropped } = history();
    for (const [state, value] of Object.entries({ queued, written, dropped })) set({ state }, value);
  });
  gauge('lictor_history_last_flush_seconds', 'Age of the last batch that was written', [], (set) => {
    const { lastFlushMs } = history();
    if (lastFlushMs !== null) set({}, lastFlushMs / 1_000);
  });
  gauge('lictor_stream_clients', 'Open event streams', [], (set) => set({}, system().stream.clients));
  gauge('lictor_consul_connections', 'Connections to Consul by state', ['state'], (set) => {
    const { open, waiting, queued, budget } = system().connections;
    for (const [state, value] of Object.entries({ open, waiting, queued, budget })) set({ state }, value);
  });
  gauge('lictor_consul_requests', 'Requests made to Consul since the start', [], (set) =>
    set({}, system().connections.requests),
  );
  gauge('lictor_consul_endpoint_requests', 'The same by endpoint', ['endpoint'], (set) => {
    const sums = new Map<string, number>();
    for (const [endpoint, count] of requests().flatMap((byEndpoint) => Object.entries(byEndpoint))) {
      sums.set(endpoint, (sums.get(endpoint) ?? 0) + count);
    }
    for (const [endpoint, count] of sums) set({ endpoint }, count);
  });
  gauge('lictor_consul_errors', 'Failed requests to Consul since the start, by kind', ['kind'], (set) => {
    for (const [kind, value] of Object.entries(system().connections.errors)) set({ kind }, value);
  });
  gauge('lictor_datacenter_live', '1 while the datacenter is live', ['dc'], (set) => {
    for (const { name, freshness } of system().datacenters) set({ dc: name }, Number(freshness.state === 'live'));
  });
  gauge('lictor_datacenter_last_contact_seconds', 'Age of the last proof of life', ['dc'], (set) => {
    for (const { name, freshness } of system().datacenters) {
      if (freshness.lastContactMs !== null) set({ dc: name }, freshness.lastContactMs / 1_000);
    }
  });
  gauge('lictor_watches', 'Waiting queries held', ['dc'], (set) => {
    for (const { name, watches } of system().datacenters) set({ dc: name }, watches);
  });
  const events = new Counter({
    name: 'lictor_events_published_total',
    help: 'Change events published, by kind of topic',
    labelNames: ['topic'],
    registers,
  });

  const plans = new Counter({
    name: 'lictor_plans_total',
    help: 'Plans that divide traffic, by mechanism and outcome',
    labelNames: ['mechanism', 'outcome'],
    registers,
  });
  const applied = new Histogram({
    name: 'lictor_plan_apply_seconds',
    help: 'From the call until all of a plan was written',
    labelNames: ['mechanism'],
    buckets: [0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30],
    registers,
  });

  consulGauges(gauge, system);
  alertGauges(gauge, alerts);

  function gauge(name: string, help: string, labelNames: string[], fill: (set: SetGauge) => void): void {
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect() {
        // A datacenter that is gone must not keep its last value.
        this.reset();
        fill((labels, value) => this.set(labels, value));
      },
    });
  }

  return {
    registry,
    published: ({ topic }) => events.inc({ topic: topic.split(':', 1)[0] ?? topic }),
    plan: (mechanism, outcome, ms) => {
      plans.inc({ mechanism, outcome });
      if (outcome === 'written') applied.observe({ mechanism }, ms / 1_000);
    },
  };
}

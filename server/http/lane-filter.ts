import { serviceFields } from '@/lib/filter/service-fields';
import { serviceKey } from '@/lib/fleet/keys';
import type { FleetBody, ServiceRecord } from '@/lib/fleet/model';
import { type ServiceRow, serviceRows } from '@/lib/fleet/service-row';
import type { StatusTally } from '@/lib/history/roll-up';
import { statusOfTally } from '@/lib/history/tally-steps';
import type { LaneFilter } from '@/server/history/queries/read-lanes';
import { requestedFilter } from './requested-filter';

/** A filter of services for lanes: by what each is now, and where it is no longer there by the little that the record's sums say of it. */
export function laneFilter(text: string, fleet: FleetBody, nowMs: number): LaneFilter {
  const passes = requestedFilter(text, serviceFields, nowMs);
  const rows = new Map(serviceRows(fleet, true).map((row) => [row.service.key, row]));
  return ({ dc, name, now }) => {
    return passes(rows.get(serviceKey(dc, name)) ?? goneRow(dc, name, now, nowMs));
  };
}

function goneRow(dc: string, name: string, now: StatusTally, nowMs: number): ServiceRow {
  const { passing, warning, critical, maintenance, unknown } = now;
  const service: ServiceRecord = {
    ...{ key: serviceKey(dc, name), name, status: statusOfTally(now) },
    ...{ passing, warning, critical, maintenance, instances: passing + warning + critical + maintenance + unknown },
    ...{ versions: {}, flapping: null, tags: [], worst: null, unconfirmed: 0 },
    ...{ since: new Date(nowMs).toISOString(), sinceAtLeast: true },
  };
  return { dc, service, freshness: 'live' };
}

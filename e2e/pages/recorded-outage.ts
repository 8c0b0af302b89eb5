import type { APIRequestContext } from '@playwright/test';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import type { TransitionItem, TransitionsBody } from '@/lib/history/transition-item';

export interface Outage {
  /** The record's own words for its beginning and its end. */
  readonly began: TransitionItem;
  readonly ended: TransitionItem;
  readonly beganMs: number;
  readonly endedMs: number;
}

/** Makes one instance of a service critical and passing again, and resolves when the record has its whole outage. */
export async function recordedOutage(
  world: World,
  request: APIRequestContext,
  service: string,
  dc: string,
): Promise<Outage> {
  const [instance] = world.instances(service, dc);
  if (!instance) throw new Error(`The shop has no ${service} in ${dc}.`);
  const sinceMs = Date.now();
  await world.flip(instance, 'critical', 'out of order');
  const began = await recorded(request, { dc, service, to: 'critical', sinceMs });
  await world.flip(instance, 'passing');
  const ended = await recorded(request, { dc, service, to: 'passing', sinceMs: Date.parse(began.observedAt) });
  return { began, ended, beganMs: Date.parse(began.observedAt), endedMs: Date.parse(ended.observedAt) };
}

interface Wanted {
  readonly dc: string;
  readonly service: string;
  readonly to: string;
  readonly sinceMs: number;
}

function recorded(request: APIRequestContext, { dc, service, to, sinceMs }: Wanted): Promise<TransitionItem> {
  return until(`the record to have ${service} ${to}`, async () => {
    const from = new Date(sinceMs).toISOString();
    const answer = await request.get(`/api/v1/transitions?dc=${dc}&service=${service}&from=${from}`);
    if (!answer.ok()) return undefined;
    const { items } = (await answer.json()) as TransitionsBody;
    return items.find((item) => item.subjectKind === 'service' && item.kind === 'status' && item.to === to);
  });
}

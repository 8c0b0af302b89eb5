import { z } from 'zod';
import type { SentAlert } from '@/server/alerts/outlet-parts';

/** What a webhook is told of an alert. */
export const webhookEvents = ['firing', 'acknowledged', 'silenced', 'resolved'] as const;
type WebhookEvent = (typeof webhookEvents)[number];

/** What a webhook was told last of an alert; times are ms since 1970. */
const toldEventSchema = z.object({
  event: z.enum(webhookEvents),
  firedAtMs: z.number(),
  atMs: z.number(),
});
type ToldEvent = z.infer<typeof toldEventSchema>;

/** All that one webhook was told, as it is kept for whoever leads next. */
export const toldSchema = z.object({
  /** What ended before this webhook was there is no news. */
  sinceMs: z.number(),
  /** Of the last delivery that is in it. */
  sequence: z.number().int(),
  alerts: z.record(z.string(), toldEventSchema),
});
export type Told = z.infer<typeof toldSchema>;

/** One alert of a delivery. */
export interface News {
  readonly event: WebhookEvent;
  readonly alert: SentAlert;
}

/** Longer than a resolved alert is told of; and of what is suppressed, or nobody tells of any more. */
const REMEMBERED_MS = { resolved: 25 * 3_600_000, untold: 7 * 24 * 3_600_000 } as const;

/** What a webhook has to be told, and what it was told then. Pure. */
export function newsFor(
  told: Told,
  alerts: readonly SentAlert[],
  nowMs: number,
): { news: readonly News[]; told: Told } {
  const next = new Map<string, ToldEvent>();
  const present = new Set(alerts.map(({ record }) => record.id));
  for (const [id, one] of Object.entries(told.alerts)) {
    // What is over may be told of once more after a restart.
    const rememberedMs = one.event === 'resolved' ? REMEMBERED_MS.resolved : REMEMBERED_MS.untold;
    if (present.has(id) || nowMs - one.atMs < rememberedMs) next.set(id, one);
  }
  const news: News[] = [];
  for (const alert of alerts) {
    const event = eventOf(alert);
    const before = next.get(alert.record.id);
    if (before?.firedAtMs === alert.firedAtMs && before.event === event) continue;
    if (before === undefined && event === 'resolved' && alert.firedAtMs < told.sinceMs) continue;
    news.push({ event, alert });
    next.set(alert.record.id, { event, firedAtMs: alert.firedAtMs, atMs: nowMs });
  }
  return { news, told: { ...told, alerts: Object.fromEntries(next) } };
}

function eventOf({ record, resolvedAtMs, silenced }: SentAlert): WebhookEvent {
  if (resolvedAtMs !== null) return 'resolved';
  if (silenced !== null) return 'silenced';
  return record.acknowledged === null ? 'firing' : 'acknowledged';
}

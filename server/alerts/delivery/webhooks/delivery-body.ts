import type { News } from './webhook-events';

/** More alerts go in several deliveries. */
export const MOST_ALERTS = 100;

/** The JSON that a webhook is sent. Public; it changes only by addition. */
export function deliveryBody(delivery: string, sentAt: string, news: readonly News[]): string {
  const alerts = news.map(({ event, alert: { record, url } }) => ({ event, ...record, url }));
  return JSON.stringify({ version: 1, delivery, sentAt, alerts });
}

import type { AlertmanagerSettings } from '@/server/config/alertmanager-settings';
import type { AlertsSettings } from '@/server/config/alerts-settings';

/** Where alerts go. */
export interface DeliverySettings extends Pick<AlertsSettings, 'webhooks' | 'webhookAllow' | 'alertmanager'> {
  /** Several that are one for high availability: each is told by itself. */
  readonly alertmanagers: readonly AlertmanagerSettings[];
}

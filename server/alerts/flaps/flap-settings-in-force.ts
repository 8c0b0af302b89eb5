import type { FlapSettings } from '@/lib/flapping/flap-settings';

/** What the rules say of flapping. */
export interface FlapSettingsInForce {
  /** By a service's name; null: of a node. */
  settingsOf(service: string | null): FlapSettings;
  /** Of all of them, ms. */
  readonly fastestSlotMs: number;
  readonly widestSlotMs: number;
}

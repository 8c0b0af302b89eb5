import type { DeliveryParts } from '@/server/alerts/delivery/delivery-parts';
import type { DeliverySettings } from '@/server/alerts/delivery/delivery-settings';
import type { Resolve } from '@/server/alerts/delivery/network/checked-addresses';
import { openOutlets } from '@/server/alerts/delivery/open-outlets';
import { MemoryDocuments } from '@/server/alerts/testing/memory-documents';
import { alertsSchema, alertsSettings } from '@/server/config/alerts-settings';
import { systemClock } from '@/server/consul/clock';
import { SwitchedLeadership } from './switched-leadership';

export interface StageWishes {
  readonly alertmanagers?: DeliverySettings['alertmanagers'];
  /** As in `LICTOR_CONFIG`. */
  readonly alerts?: unknown;
  readonly documents?: DeliveryParts['documents'];
  readonly leads?: boolean;
  readonly clock?: DeliveryParts['clock'];
  readonly random?: () => number;
  readonly resolve?: Resolve;
}

/** Delivery as a Lictor has it, with a leadership that a test switches; not started. */
export function deliveryStage(wishes: StageWishes) {
  const warnings: string[] = [];
  const leadership = new SwitchedLeadership(wishes.leads);
  const documents = wishes.documents ?? new MemoryDocuments();
  const settings: DeliverySettings = {
    ...alertsSettings(alertsSchema.parse(wishes.alerts ?? {}), 'lictor.json'),
    alertmanagers: wishes.alertmanagers ?? [],
  };
  const parts: DeliveryParts = {
    ...{ documents, leadership, clock: wishes.clock ?? systemClock, random: wishes.random ?? Math.random },
    log: { info: () => undefined, warn: (_, sentence) => warnings.push(sentence) },
  };
  return { delivery: openOutlets(settings, parts, wishes.resolve), leadership, documents, warnings };
}

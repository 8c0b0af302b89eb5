'use client';

import Link from 'next/link';
import { useAlerts } from '@/components/live/use-alerts';
import { alertsHref } from '@/components/ui/links';
import segmented from '@/components/ui/segmented.module.css';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { useDatacenterChoice } from '@/components/ui/use-datacenter-choice';
import type { AlertsBody } from '@/lib/alerts/alert-body';

export const alertsTabs = ['alerts', 'silences', 'rules', 'delivery'] as const;
export type AlertsTab = (typeof alertsTabs)[number];

const silenceCount = ({ silences }: AlertsBody) => silences.filter(({ state }) => state === 'active').length;
const hasRuleError = ({ rules }: AlertsBody) => rules.error !== null;
const hasDeliveryTrouble = ({ outlets }: AlertsBody) =>
  outlets.some(({ state, deadLetters }) => state === 'failing' || deadLetters > 0);

/** The views of alerts: what needs somebody bears a sign. */
export function AlertsTabs({ here }: { here: AlertsTab }) {
  const text = useText();
  const [dc] = useDatacenterChoice();
  const active = useAlerts(silenceCount) ?? 0;
  const inTrouble: Partial<Record<AlertsTab, boolean>> = {
    rules: useAlerts(hasRuleError) ?? false,
    delivery: useAlerts(hasDeliveryTrouble) ?? false,
  };
  return (
    <nav className={segmented.group} aria-label={text.alerts.views}>
      {alertsTabs.map((tab) => (
        <Link
          key={tab}
          prefetch={false}
          href={alertsHref(dc, null, tab)}
          aria-current={tab === here ? 'true' : undefined}
        >
          {inTrouble[tab] ? <StatusIcon status="warning" /> : null}
          {text.alerts.tab[tab]}
          {tab === 'silences' && active > 0 ? <span>{text.number(active)}</span> : null}
        </Link>
      ))}
    </nav>
  );
}

import { connection } from 'next/server';
import { AlertsPage } from '@/components/alerts/alerts-page';
import { DeliveryTab } from '@/components/alerts/dead-letters/delivery-tab';
import { RulesTab } from '@/components/alerts/rules/rules-tab';
import { SilencesTab } from '@/components/alerts/silences/silences-tab';
import { LiveSeed } from '@/components/live/seed';
import { firstData } from '@/lib/stream/first-data';

export default async function AlertsRoutePage() {
  await connection();
  const data = firstData();
  return (
    <>
      <LiveSeed initial={{ topics: { alerts: data.alerts() }, at: data.nowIso() }} />
      <AlertsPage silences={<SilencesTab />} rules={<RulesTab />} delivery={<DeliveryTab />} />
    </>
  );
}

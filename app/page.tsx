import { connection } from 'next/server';
import { OverviewAlerts } from '@/components/alerts/elsewhere/overview-alerts';
import { Overview } from '@/components/fleet/overview';
import { LiveSeed } from '@/components/live/seed';
import { Replayable } from '@/components/replay/replayable';
import { firstData } from '@/lib/stream/first-data';

export default async function OverviewPage() {
  await connection();
  const data = firstData();
  return (
    <>
      <LiveSeed initial={{ topics: { nodes: data.nodes(), alerts: data.alerts() }, at: data.nowIso() }} />
      <Replayable>
        <Overview alerts={<OverviewAlerts />} />
      </Replayable>
    </>
  );
}

import { connection } from 'next/server';
import { LiveSeed } from '@/components/live/seed';
import { ReplayLastHour } from '@/components/replay/replay-last-hour';
import { Replayable } from '@/components/replay/replayable';
import { FindAndHide } from '@/components/topology/bar/find-and-hide';
import { Legend } from '@/components/topology/bar/legend';
import { TopologyActions } from '@/components/topology/bar/topology-actions';
import { DrillPanel } from '@/components/topology/drill/drill-panel';
import { TopologyPanel } from '@/components/topology/panel/topology-panel';
import { TopologyTable } from '@/components/topology/table/topology-table';
import { TopologyPage } from '@/components/topology/topology-page';
import { firstData } from '@/lib/stream/first-data';

/** More edges than this are megabytes, which the stream brings as well and which no page's HTML has to wait for. */
const SEEDED_EDGES_AT_MOST = 1_000;

export default async function TopologyRoutePage() {
  await connection();
  const data = firstData();
  const topology = data.topology();
  const isSmall = topology.edges.length <= SEEDED_EDGES_AT_MOST && topology.nodes.length <= SEEDED_EDGES_AT_MOST;
  return (
    <>
      <LiveSeed initial={{ topics: isSmall ? { topology } : {}, at: data.nowIso() }} />
      <Replayable>
        <TopologyPage
          bar={<FindAndHide />}
          actions={<TopologyActions replay={<ReplayLastHour />} />}
          panel={<TopologyPanel traceUrl={data.traceUrl} />}
          drill={<DrillPanel />}
          table={<TopologyTable />}
          legend={<Legend />}
        />
      </Replayable>
    </>
  );
}

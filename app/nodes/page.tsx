import { connection } from 'next/server';
import { LiveSeed } from '@/components/live/seed';
import { Nodes } from '@/components/nodes/nodes';
import { firstData } from '@/lib/stream/first-data';

export default async function NodesPage() {
  await connection();
  const data = firstData();
  return (
    <>
      <LiveSeed initial={{ topics: { nodes: data.nodes() }, at: data.nowIso() }} />
      <Nodes />
    </>
  );
}

import { connection } from 'next/server';
import { TopologyPage } from '@/components/topology/topology-page';

export default async function TopologyRoutePage() {
  await connection();
  return <TopologyPage />;
}

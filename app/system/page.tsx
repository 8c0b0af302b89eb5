import { connection } from 'next/server';
import { LiveSeed } from '@/components/live/seed';
import { SystemPage } from '@/components/system/system-page';
import { firstData } from '@/lib/stream/first-data';

export default async function SystemRoutePage() {
  await connection();
  const data = firstData();
  return (
    <>
      <LiveSeed initial={{ topics: { system: data.system() }, at: data.nowIso() }} />
      <SystemPage />
    </>
  );
}

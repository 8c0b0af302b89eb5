import { connection } from 'next/server';
import { Services } from '@/components/fleet/services';
import { Replayable } from '@/components/replay/replayable';

export default async function ServicesPage() {
  await connection();
  return (
    <Replayable>
      <Services />
    </Replayable>
  );
}

import { connection } from 'next/server';
import { Replayed } from '@/components/replay/replayed';
import { TimelinePage } from '@/components/timeline/timeline-page';

export default async function TimelineRoutePage() {
  await connection();
  return (
    <TimelinePage>
      <Replayed />
    </TimelinePage>
  );
}

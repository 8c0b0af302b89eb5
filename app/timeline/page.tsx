import { connection } from 'next/server';
import { TimelinePage } from '@/components/timeline/timeline-page';

export default async function TimelineRoutePage() {
  await connection();
  return <TimelinePage>{null}</TimelinePage>;
}

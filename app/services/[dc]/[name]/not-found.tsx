import { connection } from 'next/server';
import { MissingService } from '@/components/fleet/missing-service';

export default async function ServiceNotFound() {
  await connection();
  return <MissingService />;
}

import { connection } from 'next/server';
import { Services } from '@/components/fleet/services';

export default async function ServicesPage() {
  await connection();
  return <Services />;
}

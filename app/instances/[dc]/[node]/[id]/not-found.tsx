import { connection } from 'next/server';
import { MissingInstance } from '@/components/instances/missing-instance';

export default async function InstanceNotFound() {
  await connection();
  return <MissingInstance />;
}

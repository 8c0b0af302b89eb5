import { connection } from 'next/server';
import { MissingNode } from '@/components/nodes/missing-node';

export default async function NodeNotFound() {
  await connection();
  return <MissingNode />;
}

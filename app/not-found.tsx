import { connection } from 'next/server';
import { PageMissing } from '@/components/shell/page-missing';

export default async function NotFound() {
  // Without it this page would be static, and lose its scripts under the nonce policy.
  await connection();
  return <PageMissing />;
}

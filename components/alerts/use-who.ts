'use client';

import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';

/** Until people sign in the server knows nobody by name. */
const NOBODY = 'anonymous';

/** Who did something, as it is said. */
export function useWho(): (by: string) => string {
  const { someone } = useText().alerts;
  return (by) => (by === NOBODY || by === '' ? someone : visibleLine(by));
}

'use client';

import { nodesHref } from '@/components/ui/links';
import { useText } from '@/components/ui/text-provider';

/** The pages that a node of this datacenter is a part of. */
export function useNodeSteps(dc: string): { href: string; name: string }[] {
  const text = useText();
  return [
    { href: nodesHref(null), name: text.pages.nodes },
    { href: nodesHref(dc), name: dc },
  ];
}

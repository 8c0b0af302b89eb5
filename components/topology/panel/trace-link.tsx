'use client';

import { ExternalLink } from 'lucide-react';
import buttons from '@/components/ui/button.module.css';
import { useText } from '@/components/ui/text-provider';
import type { Traced } from '@/lib/topology/around/trace-href';
import { useTraceHref } from './trace-context';

/** To where traces of it are kept, if that is set. */
export function TraceLink(traced: Traced) {
  const words = useText().topology.panel;
  const href = useTraceHref(traced);
  if (href === null) return null;
  return (
    <a className={buttons.quiet} href={href} target="_blank" rel="noopener noreferrer" title={words.traceWhy}>
      <ExternalLink size={14} aria-hidden="true" />
      {words.trace}
    </a>
  );
}

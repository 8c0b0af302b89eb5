'use client';

import { useState } from 'react';
import { useSpanChoice } from '@/components/observed/use-span-choice';
import type { Span } from '@/lib/timeline/span';

/** What the scrubber reaches over: the span that the reader looks at, or one of that length around a moment outside of it. It stands still while the moment moves within it. */
export function useReplaySpan(atMs: number | null): { span: Span; moving: boolean } {
  const { span, moving } = useSpanChoice();
  const [around, setAround] = useState<Span | null>(null);
  if (atMs === null || holds(span, atMs)) {
    if (around !== null) setAround(null);
    return { span, moving };
  }
  if (around && holds(around, atMs)) return { span: around, moving: false };
  const halfMs = (span.toMs - span.fromMs) / 2;
  const made = { fromMs: atMs - halfMs, toMs: atMs + halfMs };
  setAround(made);
  return { span: made, moving: false };
}

const holds = (span: Span, atMs: number): boolean => span.fromMs <= atMs && atMs <= span.toMs;

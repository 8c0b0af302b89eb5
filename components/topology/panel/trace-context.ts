'use client';

import { createContext, useContext } from 'react';
import { type Traced, traceHref } from '@/lib/topology/around/trace-href';

/** The template of links to where traces are kept; null: it is not set. */
export const TraceContext = createContext<string | null>(null);

/** Null: no such place is known. */
export function useTraceHref(traced: Traced): string | null {
  const template = useContext(TraceContext);
  return template === null ? null : traceHref(template, traced);
}

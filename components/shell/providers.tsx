'use client';

import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useMemo } from 'react';
import { type InitialData, LiveProvider } from '@/components/live/provider';
import { TextProvider } from '@/components/ui/text-provider';
import type { Language } from '@/lib/text/language';

interface ProvidersProps {
  readonly basePath: string;
  /** An `InitialData` as one text: React would write and read a fleet value by value, a quarter of the server's time for a page of 1,000 services. */
  readonly initialJson: string;
  readonly language: Language;
  readonly children: ReactNode;
}

/** All that every component may ask for: the live fleet, the words, the state in the URL. */
export function Providers({ basePath, initialJson, language, children }: ProvidersProps) {
  const initial = useMemo(() => JSON.parse(initialJson) as InitialData, [initialJson]);
  return (
    <TextProvider initial={language}>
      <LiveProvider basePath={basePath} initial={initial}>
        <NuqsAdapter>{children}</NuqsAdapter>
      </LiveProvider>
    </TextProvider>
  );
}

'use client';

import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { type InitialData, LiveProvider } from '@/components/live/provider';
import { TextProvider } from '@/components/ui/text-provider';
import type { Language } from '@/lib/text/language';

interface ProvidersProps {
  readonly basePath: string;
  readonly initial: InitialData;
  readonly language: Language;
  readonly children: ReactNode;
}

/** All that every component may ask for: the live fleet, the words, the state in the URL. */
export function Providers({ basePath, initial, language, children }: ProvidersProps) {
  return (
    <TextProvider initial={language}>
      <LiveProvider basePath={basePath} initial={initial}>
        <NuqsAdapter>{children}</NuqsAdapter>
      </LiveProvider>
    </TextProvider>
  );
}

'use client';

import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useMemo } from 'react';
import { type InitialData, LiveProvider } from '@/components/live/provider';
import { TextProvider } from '@/components/ui/text-provider';
import { type PackedFleet, unpackFleet } from '@/lib/stream/packed-fleet';
import type { Language } from '@/lib/text/language';

/** The fleet that every page brings, and the server's time when it was read. */
export interface InitialFleet {
  readonly fleet: PackedFleet;
  readonly at: string;
}

interface ProvidersProps {
  readonly basePath: string;
  /** An `InitialFleet` as one text: React would write and read a fleet value by value, a quarter of the server's time for a page of 1,000 services. */
  readonly initialJson: string;
  readonly language: Language;
  readonly children: ReactNode;
}

/** All that every component may ask for: the live fleet, the words, the state in the URL. */
export function Providers({ basePath, initialJson, language, children }: ProvidersProps) {
  const initial = useMemo((): InitialData => {
    const { fleet, at } = JSON.parse(initialJson) as InitialFleet;
    return { topics: { fleet: unpackFleet(fleet) }, at };
  }, [initialJson]);
  return (
    <TextProvider initial={language}>
      <LiveProvider basePath={basePath} initial={initial}>
        <NuqsAdapter>{children}</NuqsAdapter>
      </LiveProvider>
    </TextProvider>
  );
}

'use client';

import { Hourglass } from 'lucide-react';
import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';
import { Notice } from './notice';

/** A plan was begun and is not over. */
export function UnfinishedNotice({ sentence }: { sentence: string }) {
  const { release } = useText();
  return (
    <Notice tone="warning" icon={<Hourglass size={16} aria-hidden="true" />} title={release.unfinished}>
      <p>{visibleLine(sentence)}</p>
    </Notice>
  );
}

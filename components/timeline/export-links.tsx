'use client';

import { Download } from 'lucide-react';
import { useLive } from '@/components/live/context';
import { useText } from '@/components/ui/text-provider';
import type { TimelineSubject } from '@/lib/timeline/history-path';
import type { Span } from '@/lib/timeline/span';
import styles from './panel.module.css';
import { transitionsPath } from './use-transitions';

interface ExportLinksProps {
  readonly subject: TimelineSubject;
  readonly span: Span;
  readonly filter: string;
}

/** The same transitions, all of them, as files. */
export function ExportLinks({ subject, span, filter }: ExportLinksProps) {
  const text = useText();
  const { reader } = useLive();
  const href = (format: string) => `${reader.basePath}${transitionsPath({ subject, span, filter }, { format })}`;
  return (
    <span className={styles.export}>
      <Download size={13} aria-hidden="true" />
      {text.timeline.panel.export}
      <a href={href('csv')} download>
        {text.timeline.panel.csv}
      </a>
      <a href={href('jsonl')} download>
        {text.timeline.panel.lines}
      </a>
    </span>
  );
}

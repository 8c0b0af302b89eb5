'use client';

import { CircleCheck } from 'lucide-react';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import { Notice } from './notice';
import { sharesText } from './shares-text';
import type { Written } from './use-plan';

interface WrittenNoticeProps {
  readonly written: Written;
  readonly order: readonly string[];
  readonly dismiss: () => void;
}

/** What was written, and when the server said so. */
export function WrittenNotice({ written, order, dismiss }: WrittenNoticeProps) {
  const { release } = useText();
  const clock = useClockText();
  const { kind, split } = written;
  const time = clock.timeOfDay(Date.parse(split.at));
  const words = split.declared
    ? release.written(sharesText(release.shares, split.declared, order), time)
    : release.writtenOther(time);
  return (
    <Notice
      tone="passing"
      icon={<CircleCheck size={16} aria-hidden="true" />}
      title={kind === 'adopt' ? release.adopted : words}
      brought
      dismiss={dismiss}
    />
  );
}

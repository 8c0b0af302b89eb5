'use client';

import type { ReactNode } from 'react';
import { Tabs } from '@/components/ui/tabs';
import { useText } from '@/components/ui/text-provider';

interface SubjectTabsProps {
  readonly timeline?: ReactNode;
  /** What it has to do with others. */
  readonly dependencies?: ReactNode;
  /** What is so now. */
  readonly children: ReactNode;
}

/** What is so now of one thing, and what was so before. */
export function SubjectTabs({ timeline, dependencies, children }: SubjectTabsProps) {
  const text = useText();
  const now = { id: 'now', name: text.subject.now, content: children };
  const rest = [
    ...(dependencies ? [{ id: 'dependencies', name: text.topology.dependencies.tab, content: dependencies }] : []),
    ...(timeline ? [{ id: 'timeline', name: text.subject.timeline, content: timeline }] : []),
  ];
  return <Tabs label={text.subject.views} tabs={[now, ...rest]} />;
}

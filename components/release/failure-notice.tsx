'use client';

import { GitCompareArrows, OctagonX } from 'lucide-react';
import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';
import { Notice } from './notice';
import { sharesText } from './shares-text';
import type { Failure } from './use-plan';

interface FailureNoticeProps {
  readonly failure: Failure;
  readonly order: readonly string[];
  readonly dismiss: () => void;
}

const PRECONDITION_FAILED = 412;

/** Why it was not previewed or not written, as the server says it, and what was not lost. */
export function FailureNotice({ failure, order, dismiss }: FailureNoticeProps) {
  const { release } = useText();
  const { during, problem } = failure;
  if (problem.status === PRECONDITION_FAILED) {
    const stands = problem.present?.declared;
    return (
      <Notice
        tone="warning"
        calm={false}
        icon={<GitCompareArrows size={16} aria-hidden="true" />}
        title={release.stale}
        brought
        dismiss={dismiss}
      >
        <p>{release.staleHint(stands ? sharesText(release.shares, stands, order) : release.driftNothing)}</p>
        <p>{visibleLine(problem.message)}</p>
      </Notice>
    );
  }
  // Nobody's answer, or that of a server in trouble, leaves open what became of it; a refusal does not.
  const isOpen = during === 'write' && (problem.status === 0 || problem.status >= 500);
  return (
    <Notice
      tone="critical"
      calm={false}
      icon={<OctagonX size={16} aria-hidden="true" />}
      title={during === 'preview' ? release.previewFailed : release.failed}
      brought
      dismiss={dismiss}
    >
      <p>{problem.status === 0 ? release.unreachable : visibleLine(problem.message)}</p>
      <p>{isOpen ? release.perhaps : release.notLost}</p>
    </Notice>
  );
}

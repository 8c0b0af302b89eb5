'use client';

import { type Answer, useAnswer } from '@/components/live/use-answer';
import type { TimelineBody } from '@/lib/history/bodies';
import { isTimelineBody } from '@/lib/history/body-frames';
import { historyPath, spanParameters, subjectParameters, type TimelineSubject } from '@/lib/timeline/history-path';
import { refreshOf, type Span, stepOf } from '@/lib/timeline/span';

interface TimelineOptions {
  /** The span ends now, so that what changes is to be seen. */
  readonly moving: boolean;
  /** Width of a bucket in ms; as fine as a large picture can show by default. */
  readonly stepMs?: number;
  /** How often at most it is read anew, in ms. */
  readonly paceMs?: number;
}

/** The timeline of a subject over a span. */
export function useTimeline(subject: TimelineSubject, span: Span, options: TimelineOptions): Answer<TimelineBody> {
  const lengthMs = span.toMs - span.fromMs;
  const { moving, stepMs = stepOf(lengthMs), paceMs = refreshOf(lengthMs) } = options;
  const path = historyPath('timeline', { ...subjectParameters(subject), ...spanParameters(span), step: stepMs });
  return useAnswer(path, isTimelineBody, {
    about: JSON.stringify(subject),
    paceMs: moving ? paceMs : null,
  });
}

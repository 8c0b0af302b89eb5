'use client';

import { type Answer, useAnswer } from '@/components/live/use-answer';
import { type TimelineBody, timelineBodySchema } from '@/lib/history/bodies';
import { historyPath, spanParameters, subjectParameters, type TimelineSubject } from '@/lib/timeline/history-path';
import { refreshOf, type Span, stepOf } from '@/lib/timeline/span';

/** The timeline of a subject over a span. `moving`: the span ends now, so that what changes is to be seen. */
export function useTimeline(subject: TimelineSubject, span: Span, moving: boolean): Answer<TimelineBody> {
  const lengthMs = span.toMs - span.fromMs;
  const path = historyPath('timeline', {
    ...subjectParameters(subject),
    ...spanParameters(span),
    step: stepOf(lengthMs),
  });
  return useAnswer(path, timelineBodySchema, {
    about: JSON.stringify(subject),
    paceMs: moving ? refreshOf(lengthMs) : null,
  });
}

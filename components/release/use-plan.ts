'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLive } from '@/components/live/context';
import type { SplitBody, SplitPreview, SplitRecord, SplitWish } from '@/lib/release/split-body';
import { askSplit, type SplitProblem } from './split-request';

/** What is planned: a wish, the way back before the last write, or what was written here over what others wrote. */
export type PlanKind = 'wish' | 'undo' | 'put-back';

export interface Plan {
  readonly kind: PlanKind;
  /** Null but for a wish. */
  readonly wish: SplitWish | null;
  readonly preview: SplitPreview;
  /** The ETag that was shown when the preview came: once another is shown that is not the preview's, something moved. */
  readonly shownEtag: string;
}

export interface Failure {
  readonly during: 'preview' | 'write';
  readonly problem: SplitProblem;
}

export interface Written {
  readonly kind: PlanKind | 'adopt';
  readonly split: SplitBody;
}

/** Whether what stands has changed since the plan was previewed. */
export const hasMoved = (plan: Plan, split: SplitRecord): boolean =>
  split.etag !== plan.preview.etag && split.etag !== plan.shownEtag;

interface PlanListener {
  /** `over`: the ETag of what stood before. */
  readonly onWritten: (written: Written, over: string) => void;
  /** It was refused, for this stands now. */
  readonly onStale: (present: SplitBody, over: string) => void;
  readonly onAsked: () => void;
}

/** Preview, then write, and what became of it. Nothing is written that was not previewed. */
export function usePlan(split: SplitRecord, { onWritten, onStale, onAsked }: PlanListener) {
  const { reader } = useLive();
  const [plan, setPlan] = useState<Plan | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const asked = () => {
    setFailure(null);
    onAsked();
  };
  const failed = (during: Failure['during'], problem: SplitProblem, over: string) => {
    if (problem.present) onStale(problem.present, over);
    setPlan(null);
    setFailure({ during, problem });
  };

  const previewing = useMutation<SplitPreview, SplitProblem, { kind: PlanKind; wish: SplitWish | null }>({
    networkMode: 'always',
    mutationFn: ({ kind, wish }) =>
      askSplit(reader, { key: split.key, verb: 'preview', body: wish ?? previewBody[kind], etag: null }),
    onMutate: asked,
    onSuccess: (preview, { kind, wish }) => setPlan({ kind, wish, preview, shownEtag: split.etag }),
    onError: (problem) => failed('preview', problem, split.etag),
  });
  const writing = useMutation<SplitBody, SplitProblem, Plan>({
    networkMode: 'always',
    mutationFn: ({ kind, wish, preview }) =>
      askSplit(reader, { key: split.key, verb: writeVerb[kind], body: wish ?? {}, etag: preview.etag }),
    onMutate: asked,
    onSuccess: (body, { kind, preview }) => {
      setPlan(null);
      onWritten({ kind, split: body }, preview.etag);
    },
    onError: (problem, { preview }) => failed('write', problem, preview.etag),
  });
  const adopting = useMutation<SplitBody, SplitProblem, void>({
    networkMode: 'always',
    mutationFn: () => askSplit(reader, { key: split.key, verb: 'adopt', body: {}, etag: split.etag }),
    onMutate: asked,
    onSuccess: (body) => onWritten({ kind: 'adopt', split: body }, split.etag),
    onError: (problem) => failed('write', problem, split.etag),
  });

  return {
    plan,
    failure,
    isPreviewing: previewing.isPending,
    isWriting: writing.isPending || adopting.isPending,
    preview: (kind: PlanKind, wish: SplitWish | null = null) => previewing.mutate({ kind, wish }),
    write: (planned: Plan) => writing.mutate(planned),
    adopt: () => adopting.mutate(),
    close: () => setPlan(null),
    dismiss: () => setFailure(null),
  };
}

export type Planning = ReturnType<typeof usePlan>;

const previewBody: Record<PlanKind, unknown> = { wish: {}, undo: { undo: true }, 'put-back': { putBack: true } };
const writeVerb: Record<PlanKind, string | null> = { wish: null, undo: 'undo', 'put-back': 'put-back' };

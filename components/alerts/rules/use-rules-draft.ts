'use client';

import { useState } from 'react';
import { useLive } from '@/components/live/context';
import type { AlertRulesBody } from '@/lib/alerts/alert-body';

const KEY = ['alert-rules-draft'];

/** What a person wrote, and over what. */
export interface RulesDraft {
  readonly text: string;
  /** What stood when the first letter was changed: what a save must find. */
  readonly base: Pick<AlertRulesBody, 'text' | 'etag'>;
}

/** Rules that are being written. They outlive a look at another page: writing them takes long, and losing them a moment. Null: nothing was changed. */
export function useRulesDraft(body: AlertRulesBody | undefined) {
  const { queryClient } = useLive();
  // The cache tells a moment later, and an input that is told later loses its caret.
  const [draft, show] = useState<RulesDraft | null>(() => queryClient.getQueryData(KEY) ?? null);
  const keep = (next: RulesDraft | null) => {
    show(next);
    queryClient.setQueryData(KEY, next);
  };
  return {
    draft,
    /** Somebody else saved other rules since it was begun. */
    isOvertaken: draft !== null && body !== undefined && draft.base.etag !== body.etag,
    write: (text: string) => {
      const base = draft?.base ?? (body && { text: body.text, etag: body.etag });
      if (base) keep(text === base.text ? null : { text, base });
    },
    /** It is to be saved over what stands now. */
    rebase: ({ text, etag }: AlertRulesBody) => draft && keep({ text: draft.text, base: { text, etag } }),
    discard: () => keep(null),
  };
}

export type RulesDrafting = ReturnType<typeof useRulesDraft>;

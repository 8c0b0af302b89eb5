'use client';

import { useMutation } from '@tanstack/react-query';
import { useLive } from '@/components/live/context';
import { askServer, type ServerProblem } from '@/components/live/server-request';
import type { AlertRulesBody, RulesTrial } from '@/lib/alerts/alert-body';

export interface Tried {
  /** What was tried. */
  readonly text: string;
  readonly trial: RulesTrial;
}

interface SaveWish {
  readonly text: string;
  readonly etag: string;
}

/** Tries rules over the record, and saves them. `onSaved` takes what is in force then. */
export function useRulesMoves(onSaved: (body: AlertRulesBody) => void) {
  const { reader } = useLive();
  const trying = useMutation<Tried, ServerProblem, string>({
    networkMode: 'always',
    mutationFn: async (text) => ({
      text,
      trial: await askServer<RulesTrial>(reader, { method: 'POST', path: '/api/v1/alert-rules/try', body: { text } }),
    }),
  });
  const saving = useMutation<AlertRulesBody, ServerProblem, SaveWish>({
    networkMode: 'always',
    mutationFn: ({ text, etag }) =>
      askServer<AlertRulesBody>(reader, { method: 'PUT', path: '/api/v1/alert-rules', body: { text }, etag }),
    onSuccess: onSaved,
  });
  return {
    tried: trying.data ?? null,
    /** Why the text was not tried, and which text. */
    untried: trying.error && trying.variables !== undefined ? { problem: trying.error, text: trying.variables } : null,
    unsaved: saving.error && saving.variables ? { problem: saving.error, text: saving.variables.text } : null,
    isTrying: trying.isPending,
    isSaving: saving.isPending,
    isSaved: saving.isSuccess,
    tryIt: (text: string) => {
      saving.reset();
      trying.mutate(text);
    },
    save: (wish: SaveWish) => saving.mutate(wish),
    forget: () => {
      trying.reset();
      saving.reset();
    },
  };
}

export type RulesMoves = ReturnType<typeof useRulesMoves>;

import type { Transition } from '@/lib/history/transition';

export const storyClasses = ['steady', 'outage', 'deployments', 'restarts', 'noise', 'flap'] as const;
export type StoryClass = (typeof storyClasses)[number];

/** What a status was from a moment on, ms since the story's beginning. */
export interface Step {
  readonly atMs: number;
  readonly status: 'passing' | 'warning' | 'critical';
}

/** One story as Consul would have shown it, with what was really told. Times are ms since 1970. */
export interface LabelledHistory {
  readonly story: StoryClass;
  /** What was told, for a person who reads a failure. */
  readonly told: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** When it really flapped; null: it never did. */
  readonly flap: { readonly fromMs: number; readonly toMs: number; readonly periodMs: number } | null;
  /** As Lictor's record has it, in order. */
  readonly transitions: readonly Transition[];
  /** What a check that is executed every `intervalMs` found: the status of the one thing that the story is about, in order. */
  readonly found: readonly Step[];
  readonly intervalMs: number;
}

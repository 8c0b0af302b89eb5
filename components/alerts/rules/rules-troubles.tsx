'use client';

import type { ServerProblem } from '@/components/live/server-request';
import buttons from '@/components/ui/button.module.css';
import { useText } from '@/components/ui/text-provider';
import type { AlertRulesBody } from '@/lib/alerts/alert-body';
import type { Text } from '@/lib/text/en';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './rules-tab.module.css';
import { lineOf } from './trouble-line';
import type { RulesDrafting } from './use-rules-draft';
import type { RulesMoves } from './use-rules-moves';

interface RulesTroublesProps {
  readonly body: AlertRulesBody;
  readonly written: string;
  readonly drafting: RulesDrafting;
  readonly moves: RulesMoves;
}

/** What is wrong with the text, or with what was to be done with it, and that it is not lost. Always there, so that a change is read out. */
export function RulesTroubles({ body, written, drafting, moves }: RulesTroublesProps) {
  const text = useText();
  const { untried, unsaved } = moves;
  const trouble = [
    unsaved?.text === written ? { problem: unsaved.problem, lead: text.alertRules.saveFailed } : null,
    untried?.text === written ? { problem: untried.problem, lead: text.alertRules.tryFailed } : null,
  ].find((one) => one !== null);
  return (
    <div id="rules-troubles" role="status">
      {drafting.isOvertaken ? (
        <div className={styles.trouble} data-tone="warning">
          <p>
            <b>{text.alertRules.conflict}</b>
          </p>
          <p className={styles.choices}>
            <button
              type="button"
              className={buttons.quiet}
              onClick={() => {
                drafting.discard();
                moves.forget();
              }}
            >
              {text.alertRules.takeTheirs}
            </button>
            <button type="button" className={buttons.quiet} onClick={() => drafting.rebase(body)}>
              {text.alertRules.keepMine}
            </button>
          </p>
        </div>
      ) : null}
      {trouble && !drafting.isOvertaken ? (
        <div className={styles.trouble} data-tone="critical">
          <p>{sentenceOf(trouble.problem, trouble.lead, text.alertRules)}</p>
          <p>{trouble.problem.status === 0 ? null : text.alertRules.kept}</p>
        </div>
      ) : null}
    </div>
  );
}

function sentenceOf(problem: ServerProblem, lead: string, words: Text['alertRules']): string {
  if (problem.isClosed) return words.closed;
  if (problem.status === 0) return words.perhaps;
  if (problem.code !== 'invalid-rules') return `${lead}: ${visibleLine(problem.message)}`;
  const line = lineOf(problem);
  const reason = typeof problem.members.reason === 'string' ? problem.members.reason : problem.message;
  return `${line === null ? visibleLine(reason) : words.atLine(line, visibleLine(reason))} ${words.invalid}`;
}

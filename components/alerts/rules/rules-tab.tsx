'use client';

import { useState } from 'react';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';
import { RulesActions } from './rules-actions';
import { RulesEditor } from './rules-editor';
import { RulesInForce } from './rules-in-force';
import styles from './rules-tab.module.css';
import { RulesTroubles } from './rules-troubles';
import { TrialCard } from './trial-card';
import { troubleLine } from './trouble-line';
import { useAlertRules } from './use-alert-rules';
import { useRulesDraft } from './use-rules-draft';
import { useRulesMoves } from './use-rules-moves';

/** The rules in force, others in their place as they are written, and what those would have done on the record before they are saved. */
export function RulesTab() {
  const text = useText();
  const { body, error, take } = useAlertRules();
  const drafting = useRulesDraft(body);
  const [editor, setEditor] = useState<HTMLTextAreaElement | null>(null);
  const moves = useRulesMoves((saved) => {
    take(saved);
    drafting.discard();
  });
  if (!body) {
    return (
      <Card aria-busy={error === null}>
        <EmptyState title={text.alertRules.loading} {...(error === null ? {} : { hint: visibleLine(error) })} />
      </Card>
    );
  }
  const written = drafting.draft?.text ?? body.text;
  return (
    <div className={styles.columns} data-tried={moves.tried !== null || undefined}>
      <Card className={styles.rules} aria-labelledby="rules">
        <RulesInForce state={body.state} error={error} />
        <RulesEditor
          written={written}
          wrongLine={troubleLine(moves, written)}
          write={(next) => {
            drafting.write(next);
            if (moves.isSaved) moves.forget();
          }}
          take={setEditor}
        />
        <RulesTroubles body={body} written={written} drafting={drafting} moves={moves} />
        <RulesActions body={body} written={written} drafting={drafting} moves={moves} editor={editor} />
      </Card>
      {moves.tried ? <TrialCard tried={moves.tried} written={written} /> : null}
    </div>
  );
}

'use client';

import { Check, Copy, FlaskConical } from 'lucide-react';
import { useState } from 'react';
import buttons from '@/components/ui/button.module.css';
import { useText } from '@/components/ui/text-provider';
import type { AlertRulesBody } from '@/lib/alerts/alert-body';
import { visibleLine } from '@/lib/text/visible-text';
import { changedLines } from './changed-lines';
import styles from './rules-tab.module.css';
import type { RulesDrafting } from './use-rules-draft';
import type { RulesMoves } from './use-rules-moves';

interface RulesActionsProps {
  readonly body: AlertRulesBody;
  readonly written: string;
  readonly drafting: RulesDrafting;
  readonly moves: RulesMoves;
  readonly editor: HTMLTextAreaElement | null;
}

/** Tries what is written, and then saves it; where it cannot be saved here, says where it is, and copies it. */
export function RulesActions({ body, written, drafting, moves, editor }: RulesActionsProps) {
  const text = useText();
  const { draft } = drafting;
  const isTried = moves.tried?.text === written;
  const problem = moves.untried?.text === written ? moves.untried.problem : null;
  // Where the record cannot be read, rules that are wrong must still be mended.
  const isUntriable = problem !== null && !problem.isClosed && problem.code !== 'invalid-rules';
  const canSave = draft !== null && (isTried || isUntriable) && !drafting.isOvertaken && !moves.isSaving;
  return (
    <div className={styles.actions}>
      <p role="status">
        {moves.isSaved && draft === null
          ? text.alertRules.saved
          : draft === null
            ? text.alertRules.unchanged
            : text.alertRules.changed(changedLines(draft.base.text, written))}
        {draft && body.saveRefusal === null && !canSave && !moves.isSaving && !problem ? (
          <span>{text.alertRules.tryFirst}</span>
        ) : null}
        {isUntriable ? <span>{text.alertRules.untriable}</span> : null}
        {body.saveRefusal === null ? null : <span>{visibleLine(body.saveRefusal)}</span>}
      </p>
      {draft ? (
        <button
          type="button"
          className={buttons.plain}
          onClick={() => {
            drafting.discard();
            moves.forget();
          }}
        >
          {text.alertRules.discard}
        </button>
      ) : null}
      <button
        type="button"
        className={isTried ? buttons.quiet : buttons.primary}
        disabled={moves.isTrying || isTried}
        onClick={() => moves.tryIt(written)}
      >
        {isTried ? <Check size={15} aria-hidden="true" /> : <FlaskConical size={15} aria-hidden="true" />}
        {moves.isTrying ? text.alertRules.trying : isTried ? text.alertRules.tried : text.alertRules.tryIt}
      </button>
      {body.saveRefusal === null ? (
        <button
          type="button"
          className={isTried ? buttons.primary : buttons.quiet}
          disabled={!canSave}
          onClick={() => draft && moves.save({ text: written, etag: draft.base.etag })}
        >
          {moves.isSaving ? text.alertRules.saving : text.alertRules.save}
        </button>
      ) : (
        <CopyText written={written} editor={editor} />
      )}
    </div>
  );
}

function CopyText({ written, editor }: { written: string; editor: HTMLTextAreaElement | null }) {
  const text = useText();
  const [said, say] = useState<{ text: string; copied: boolean } | null>(null);
  const isSaid = said?.text === written;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(written);
      say({ text: written, copied: true });
    } catch {
      // No clipboard outside of HTTPS and the own machine, or not allowed.
      editor?.select();
      say({ text: written, copied: false });
    }
  };
  return (
    <>
      <button type="button" className={buttons.quiet} onClick={copy}>
        <Copy size={15} aria-hidden="true" />
        {isSaid && said.copied ? text.alertRules.copied : text.alertRules.copy}
      </button>
      <p role="status" className={styles.said}>
        {isSaid && !said.copied ? text.alertRules.notCopied : null}
      </p>
    </>
  );
}

'use client';

import { type CSSProperties, useId } from 'react';
import { useText } from '@/components/ui/text-provider';
import styles from './rules-editor.module.css';

interface RulesEditorProps {
  readonly written: string;
  /** Counted from 1; null: none. */
  readonly wrongLine: number | null;
  readonly write: (text: string) => void;
  readonly take: (editor: HTMLTextAreaElement | null) => void;
}

/** A text with the numbers of its lines. It is as tall as its text, so that both scroll together; the line that is wrong is marked in both. */
export function RulesEditor({ written, wrongLine, write, take }: RulesEditorProps) {
  const text = useText();
  const id = useId();
  const lines = written.split('\n').length;
  return (
    <div className={styles.editor} style={{ '--lines': lines } as CSSProperties}>
      <ol className={styles.numbers} aria-hidden="true">
        {Array.from({ length: lines }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number.
          <li key={index} data-wrong={index + 1 === wrongLine || undefined}>
            {index + 1}
          </li>
        ))}
      </ol>
      <div className={styles.paper}>
        {wrongLine !== null && wrongLine <= lines ? (
          <span className={styles.wrong} style={{ '--line-number': wrongLine - 1 } as CSSProperties} />
        ) : null}
        <textarea
          ref={take}
          id={id}
          className={styles.text}
          value={written}
          rows={lines}
          wrap="off"
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
          aria-label={text.alertRules.editor}
          aria-invalid={wrongLine !== null}
          aria-describedby="rules-troubles"
          onChange={(event) => write(event.target.value)}
        />
      </div>
    </div>
  );
}

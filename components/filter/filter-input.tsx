'use client';

import { ListFilter, X } from 'lucide-react';
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { useText } from '@/components/ui/text-provider';
import type { Candidate } from '@/lib/filter/candidate';
import { type FilterError, isDraft } from '@/lib/filter/filter-error';
import type { KnownValues } from '@/lib/filter/known-values';
import type { FilterSchema } from '@/lib/filter/schema';
import { CandidateList } from './candidate-list';
import styles from './filter-input.module.css';
import { FilterTrouble } from './filter-trouble';
import { PaintedFilter } from './painted-filter';
import { useCandidates } from './use-candidates';
import { useFocusOnSlash } from './use-focus-on-slash';

export interface FilterInputProps<T> {
  readonly schema: FilterSchema<T>;
  /** What is offered as values: `knownValues(schema, records)`, the same function for as long as the records are the same. */
  readonly values: KnownValues;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Of `useFilter`: what is wrong with `value`, and what is applied in its place; null: nothing ever is. */
  readonly error: FilterError | null;
  readonly applied: string | null;
  /** Of `useFilter`, where it holds back words on their way to a field. */
  readonly held?: boolean;
  readonly onTyping?: (typing: boolean) => void;
  /** What this filters, for who does not see it. */
  readonly label: string;
  /** `/` leads here from anywhere on the page: to one input of a page alone. */
  readonly bySlash?: boolean;
}

/**
 * Where a filter is typed. What is wrong is marked where it stands and said below; what could stand at the caret is listed.
 * Escape closes the list, clears the text, then leaves.
 */
export function FilterInput<T>({
  schema,
  values,
  value,
  onChange,
  error,
  applied,
  held = false,
  onTyping,
  label,
  bySlash = true,
}: FilterInputProps<T>) {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  const caretAfter = useRef<number | null>(null);
  const [focused, setFocused] = useState(false);
  const [scrollPx, setScrollPx] = useState(0);
  const candidates = useCandidates(value, schema, values);
  const listId = useId();
  const troubleId = useId();
  const optionId = (index: number) => `${listId}-${index}`;
  useFocusOnSlash(input, bySlash);

  // The caret is put behind what was taken only once the input has the new text.
  useLayoutEffect(() => {
    if (caretAfter.current !== null) input.current?.setSelectionRange(caretAfter.current, caretAfter.current);
    caretAfter.current = null;
    setScrollPx(input.current?.scrollLeft ?? 0);
  });

  const unfinished = error !== null && focused && isDraft(error, value);
  const draft = unfinished || held;
  const wrong = unfinished ? null : error;
  const { listed, active } = candidates;
  const caret = () => input.current?.selectionStart ?? value.length;

  const take = ({ insert, kind, start, end }: Candidate) => {
    const space = kind === 'value' && end === value.length ? ' ' : '';
    const next = start + insert.length + space.length;
    const taken = value.slice(0, start) + insert + space + value.slice(end);
    onChange(taken);
    caretAfter.current = next;
    input.current?.focus();
    if (kind === 'value') candidates.close();
    else candidates.open(next, taken);
  };
  const clearOrLeave = () => {
    if (listed.length > 0) candidates.close();
    else if (value !== '') onChange('');
    else input.current?.blur();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const chosen = listed[active];
    if (event.key === 'Escape') clearOrLeave();
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (listed.length === 0) candidates.open(caret(), value);
      else candidates.move(event.key === 'ArrowDown' ? 1 : -1);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) {
      event.preventDefault();
      take(chosen);
    } else if (event.key === 'Enter') {
      candidates.close();
      onTyping?.(false);
    }
  };

  return (
    <search className={styles.filter} data-wrong={wrong !== null || undefined}>
      <div className={styles.box}>
        <ListFilter size={15} aria-hidden="true" />
        <div className={styles.line}>
          <PaintedFilter text={value} wrong={wrong} scrollPx={scrollPx} />
          <input
            ref={input}
            type="text"
            role="combobox"
            value={value}
            onChange={(event) => {
              const { value: typed, selectionStart } = event.target;
              onChange(typed);
              onTyping?.(selectionStart === typed.length);
              candidates.open(selectionStart ?? typed.length, typed);
            }}
            onKeyDown={onKeyDown}
            onScroll={(event) => setScrollPx(event.currentTarget.scrollLeft)}
            onFocus={() => setFocused(true)}
            onBlur={() => {
              setFocused(false);
              onTyping?.(false);
              candidates.close();
            }}
            placeholder={text.filter.placeholder(schema.subject)}
            aria-label={label}
            aria-autocomplete="list"
            aria-expanded={listed.length > 0}
            aria-controls={listId}
            aria-activedescendant={active >= 0 ? optionId(active) : undefined}
            aria-invalid={wrong !== null}
            aria-describedby={troubleId}
            aria-keyshortcuts={bySlash ? '/' : undefined}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        </div>
        {draft ? <span className={styles.draft}>{text.filter.draft}</span> : null}
        {value === '' ? (
          bySlash ? (
            <kbd>/</kbd>
          ) : null
        ) : (
          <button type="button" onClick={() => onChange('')} aria-label={text.filter.clear} title={text.filter.clear}>
            <X size={15} aria-hidden="true" />
          </button>
        )}
      </div>
      <CandidateList id={listId} optionId={optionId} candidates={candidates} take={take} />
      <FilterTrouble id={troubleId} error={wrong} applied={applied} />
    </search>
  );
}
